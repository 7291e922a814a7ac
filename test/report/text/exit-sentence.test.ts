import { expect, test } from 'vitest';
import type { RemediationSummary, RunInfo } from '../../../src/domain/result/result.ts';
import { exitSentence } from '../../../src/report/text/exit-sentence.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResolved, aResult, type Records } from '../a-result.ts';

const drifting = aPool({ status: 'drifted', findings: [aFinding()] });
const minor = aPool({ status: 'drifted', findings: [aFinding({ severity: 'info' })] });
const uncovered = aPool({ status: 'uncovered', findings: [aFinding({ policy: null })] });

function remediated(
  outcomes: Partial<RemediationSummary['outcomes']>,
  stop: RemediationSummary['stop'] = null,
): RemediationSummary {
  const none = { applied: 0, unchanged: 0, refused: 0, stale: 0, failed: 0, unknown: 0, 'not-started': 0 };
  return { outcomes: { ...none, ...outcomes }, journal: null, stop };
}

function sentence(records: Records, run: Partial<RunInfo> = {}): string {
  return exitSentence(aResult({ accounts: [anAccount()], ...records, run }).head);
}

test.each<[Records, Partial<RunInfo>, string]>([
  [{ pools: [aPool()] }, {}, 'exit 0: everything in scope was read; nothing drifts'],
  [{}, {}, 'exit 0: everything in scope was read; there is no user pool'],
  [{ pools: [drifting, drifting] }, {}, 'exit 2: 2 of 2 pools drift'],
  [{ pools: [drifting, uncovered] }, {}, 'exit 2: 2 of 2 pools drift; 1 of 2 pools matched by no policy'],
  [{ pools: [drifting], gaps: [aGap()] }, {}, 'exit 3: not everything could be read (1 place); 1 of 1 pool drifts'],
  [
    { pools: [drifting], gaps: [aGap()], remediation: remediated({ applied: 5, failed: 1, unknown: 1 }) },
    { exitCode: 4 },
    'exit 4: 5 of 7 changes made and verified, 1 failed, 1 with an unknown outcome; not everything could be read (1 place); 1 of 1 pool drifts',
  ],
  [
    {
      pools: [drifting],
      remediation: remediated(
        { refused: 30 },
        { reason: 'limit', message: '30 changes, over maxChanges 5: none was made' },
      ),
    },
    { exitCode: 4 },
    'exit 4: 30 changes, over maxChanges 5: none was made; 1 of 1 pool drifts',
  ],
  [
    { pools: [drifting], remediation: remediated({ applied: 2, refused: 3 }) },
    {},
    'exit 2: 2 of 2 changes made and verified; 3 changes refused; 1 of 1 pool drifts',
  ],
  [
    {
      pools: [drifting],
      remediation: remediated(
        { applied: 2, failed: 3, 'not-started': 4 },
        { reason: 'failures', message: 'stopped after too many failures in a row' },
      ),
    },
    { exitCode: 4 },
    'exit 4: 2 of 9 changes made and verified, 3 failed, 4 not started; stopped after too many failures in a row; 1 of 1 pool drifts',
  ],
  [{ pools: [aPool()], remediation: remediated({}) }, {}, 'exit 0: everything in scope was read; nothing drifts'],
  [
    { pools: [aPool()] },
    { exitCode: 130, interrupted: true },
    'exit 130: interrupted: what was read until then is saved',
  ],
  [
    { pools: [aPool({ status: 'drifted', findings: [aFinding({ change: 'new' })] })], resolved: [aResolved()] },
    {},
    'exit 2: 1 of 1 pool drifts; 1 finding is new, 1 is resolved',
  ],
  [
    { pools: [aPool({ status: 'drifted', findings: [aFinding({ change: 'persisting' })] })] },
    { exitCode: 0, failOnNew: true },
    'exit 0: 1 of 1 pool drifts as before or below low; no finding is new',
  ],
  [
    { pools: [drifting] },
    { exitCode: 0 },
    'exit 0: 1 of 1 pool drifts; none of it counts as this run was asked to count',
  ],
  [
    { pools: [aPool()], gaps: [aGap({ accepted: anException })] },
    {},
    'exit 0: everything was read that no exception covers; nothing drifts; 1 gap is accepted by exceptions',
  ],
  [
    { pools: [aPool({ status: 'unreadable', findings: [aFinding()] })], gaps: [aGap()] },
    {},
    'exit 3: not everything could be read (1 place); 1 of 1 pool drifts',
  ],
  [{ pools: [drifting, minor, minor] }, {}, 'exit 2: 1 of 3 pools drifts, and 2 below low only'],
  [{ pools: [minor, aPool()] }, {}, 'exit 0: 1 of 2 pools drifts below low only'],
  [{ pools: [drifting, aPool()] }, { failOn: 'critical' }, 'exit 0: 1 of 2 pools drifts below critical only'],
  [
    { pools: [minor], gaps: [aGap()] },
    {},
    'exit 3: not everything could be read (1 place); 1 of 1 pool drifts below low only',
  ],
  [
    {
      pools: [
        aPool({ status: 'drifted', findings: [aFinding({ change: 'new' })] }),
        aPool({ status: 'drifted', findings: [aFinding({ change: 'persisting' })] }),
      ],
    },
    { failOnNew: true },
    'exit 2: 1 of 2 pools drifts, and 1 as before or below low; 1 finding is new',
  ],
])('case %#', (records, run, expected) => {
  expect(sentence(records, run)).toBe(expected);
});
