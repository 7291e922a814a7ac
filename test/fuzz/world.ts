/** What the program writes itself, of one small organization: the inputs that damage begins with. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { configurationFile, policiesFolder } from './readers/reader.ts';

const fleetFile = 'test/fuzz/world/fleet.yaml';

/** Fills the folder: results, an evidence pack, a history, a plan, its journal, and a run that did not finish. */
export async function makeWorld(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sandbox = await startSandbox({ fleet: loadFleet(fleetFile) });
  const at = (name: string): string => join(folder, name);
  const files = ['--config', configurationFile, '--policies', policiesFolder, '--log-level', 'error', '--quiet'];
  const cli = (...args: readonly string[]) => run([...args, ...files], sandbox.environment);
  try {
    const reports = ['--report', `json=${at('result.json')}`, '--report', `ndjson=${at('result.ndjson')}`];
    const kept = ['--evidence', at('pack'), '--history', at('history')];
    await cli('audit', '--run-dir', at('run'), ...reports, ...kept);
    await cli('audit', '--run-dir', at('left'), '--report', 'json=/dev/full').catch(() => undefined);
    await cli('plan', '--run-dir', at('planning'), '--out', at('plan.json'));
    await cli('apply', at('plan.json'), '--journal', at('journal.ndjson'), '--yes');
  } finally {
    await sandbox.close();
  }
  const result: unknown = JSON.parse(await readFile(at('result.json'), 'utf8'));
  await writeFile(at('indented.json'), JSON.stringify(result, null, 2));
}
