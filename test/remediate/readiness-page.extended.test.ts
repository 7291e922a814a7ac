/** What docs/readiness.md shows is what its commands print, but for what chance drew and when that was. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { hastyClock } from '../reading/virtual-clock.ts';
import { temporaryFolder } from '../temporary.ts';

const file = 'docs/readiness.md';
const block = /(?<=```console\n)\$ mfa-drift (?<command>[^\n]+)\n(?<output>[^`]*)(?=```)/g;

/** Without numbers, bars, ids and where lines end: the words that stand whatever was drawn. */
function constant(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[├─●┤┃·]{20,}/g, 'BAR')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/(\d+m )?[\d.]+s · /g, 'TIME · ')
    .replaceAll(/policy set [0-9a-f]{4}…/g, 'SET')
    .replaceAll(/\d[\d.,:m-]*s?/g, '0')
    .replaceAll(/0 % \(0 %: 0 % to 0 %\)|0 %/g, 'SHARE')
    .trim();
}

test('each command of the page prints what stands there', async () => {
  const sandbox = await startSandbox({ fleet: loadFleet('docs/examples/readiness/fleet.yaml'), quotas: 'off' });
  onTestFinished(() => sandbox.close());
  const folder = await temporaryFolder();
  await cp('docs/examples/readiness', folder, { recursive: true });
  const page = await readFile(file, 'utf8');
  let played = page;
  for (const { 0: whole, groups } of page.matchAll(block)) {
    const { command = '', output = '' } = groups ?? {};
    const words = command.replace('last.json', join(folder, 'last.json')).split(' ');
    const settled = ['--config', join(folder, 'mfa-drift.yaml')];
    if (words[0] !== 'readiness') settled.push('--policies', join(folder, 'policies'));
    if (words[0] === 'audit') settled.push('--run-dir', join(folder, 'run'));
    const ended = await run([...words, ...settled], sandbox.environment, { clock: hastyClock });
    const printed = ended.stdout
      .replaceAll(` --config ${join(folder, 'mfa-drift.yaml')}`, '')
      .replaceAll(` --policies ${join(folder, 'policies')}`, '')
      .replaceAll(`${folder}/`, '')
      .replace('the endpoint was overridden: these answers may not be from AWS\n', '');
    if (constant(printed) !== constant(output))
      played = played.replace(whole, () => `$ mfa-drift ${command}\n${printed}`);
  }
  await expect(played).toMatchFileSnapshot(join(import.meta.dirname, '../..', file));
});
