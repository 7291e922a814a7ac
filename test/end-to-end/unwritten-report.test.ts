/** A report that can't be written after everything was read: the run is kept, the error says so, and that is true. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Output } from '../../src/commands/output/shell.ts';
import { UserError } from '../../src/errors.ts';
import { organization } from '../remediate/organization.ts';
import { run } from './in-process.ts';

/** `> /dev/full` */
function full(name: 'stdout' | 'stderr', output: Output): Output {
  if (name === 'stderr') return output;
  const write = () => Promise.reject(new UserError('Standard output could not be written: no space is left.'));
  return { isTerminal: output.isTerminal, columns: output.columns, write };
}

test.each([
  ['an audit', ['audit']],
  ['a plan', ['plan']],
] as const)('%s says that --resume goes on, and it reads nothing again', async (_what, command) => {
  const org = await organization([{ id: 'One' }, { id: 'Two' }]);
  const runDir = join(org.folder, 'run');
  const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
  const out = command[0] === 'plan' ? ['--out', org.plan] : [];
  const args = [...command, ...files, ...out, '--run-dir', runDir, '--log-level', 'error'];
  await expect(run(args, org.sandbox.environment, { spoil: full })).rejects.toThrow(
    `Standard output could not be written: no space is left. What was read is kept in ${runDir}: the same command with --resume goes on with it.`,
  );
  const listed = org.sandbox.calls.count('ListUserPools');
  expect(listed).toBeGreaterThan(0);
  const again = await run([...args, '--resume'], org.sandbox.environment);
  expect(again.exitCode).toBe(2);
  expect(again.stdout).toContain(command[0] === 'plan' ? '2 pools change' : '2 pools');
  expect(org.sandbox.calls.count('ListUserPools')).toBe(listed);
});

test('a plan whose file cannot be written says it as well', async () => {
  const org = await organization([{ id: 'One' }]);
  await expect(org.cli('plan', '--out', org.folder, '--run-dir', join(org.folder, 'run'))).rejects.toThrow(
    /could not be written: .*\. What was read is kept in .*run: the same command with --resume goes on with it\.$/,
  );
});

test('who changed the pools may be asked of a run that was read without asking it', async () => {
  const org = await organization([{ id: 'One' }]);
  const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
  const args = ['audit', ...files, '--run-dir', join(org.folder, 'run'), '--log-level', 'error'];
  await expect(run(args, org.sandbox.environment, { spoil: full })).rejects.toThrow('--resume goes on with it');
  const again = await run([...args, '--resume', '--blame'], org.sandbox.environment);
  expect(again.stdout).toContain('last change: ');
});
