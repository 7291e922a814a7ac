/** The comparison of product and oracle means something only if the generated organizations hold everything. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { generatedScene } from './generate.ts';

const today = '2026-11-22';

test('three hundred generated organizations hold every status, gap and skip', () => {
  const seen = new Set<string>();
  for (const { fleet, writing } of fc.sample(generatedScene(today), { numRuns: 300, seed: 7 })) {
    const verdicts = evaluate(fleet, writing, today);
    seen.add(`exit ${verdicts?.exitCode ?? 1}`);
    for (const { status } of verdicts?.pools ?? []) seen.add(status);
    for (const skip of verdicts?.skipped ?? []) seen.add(skip.split(' ')[1]!);
    for (const gap of verdicts?.gaps ?? []) {
      const [scope, , code, accepted] = gap.split(' ');
      seen.add(`${scope} ${code}`).add(accepted!);
    }
  }
  const statuses = ['unreadable', 'drifted', 'uncovered', 'excepted', 'compliant'];
  const skips = [
    'suspended',
    'pending-closure',
    'closed',
    'pending-activation',
    'region-not-enabled',
    'left-out',
    'pool-deleted',
  ];
  const accountGaps = [
    'account AccessDenied',
    'account malformed',
    'account selector-unreadable',
    'region AccessDenied',
  ];
  const poolGaps = ['AccessDenied', 'malformed', 'selector-unreadable', 'expectation-unreadable'].map(
    (code) => `pool ${code}`,
  );
  const exits = ['exit 0', 'exit 1', 'exit 2', 'exit 3'];
  expect([...seen]).toEqual(
    expect.arrayContaining([...statuses, ...skips, ...accountGaps, ...poolGaps, ...exits, 'open', 'accepted']),
  );
});
