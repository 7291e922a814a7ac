import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadFaults } from '../../src/sandbox/faults/load-faults.ts';
import { faultKinds } from '../../src/sandbox/faults/schema.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const page = readFileSync('docs/sandbox.md', 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');

describe('docs/sandbox.md', () => {
  it('shows fleets and faults that can be started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mfa-drift-docs-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const files = examples.map((text, index) => {
      const file = join(folder, `${index}.yaml`);
      writeFileSync(file, text);
      return { file, isFleet: text.includes('kind: Fleet') };
    });
    const fleets = files.filter(({ isFleet }) => isFleet).map(({ file }) => loadFleet(file));
    const faults = files.filter(({ isFleet }) => !isFleet).map(({ file }) => loadFaults(file));
    expect([fleets.length, faults.length]).toEqual([2, 1]);
    for (const fleet of fleets) {
      const sandbox = await startSandbox({ fleet, ...(faults[0] === undefined ? {} : { faults: faults[0] }) });
      await sandbox.close();
    }
  });

  it('names every fault', () => {
    for (const kind of faultKinds) expect(page).toContain(`\`${kind}\``);
  });
});
