/** One kind of attack against everything that it can meet, under the commands that are neither audit nor apply. */
import { join } from 'node:path';
import { UserError } from '../../src/errors.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import type { Operation } from './answers.ts';
import { isTarget } from './audit.ts';
import type { Kind } from './kinds/kind.ts';
import { attackedFleet, attackedWriting, target } from './organization.ts';
import { startProxy } from './proxy.ts';

export const commands = ['doctor', 'plan', 'show', 'policy init'] as const;
type Command = (typeof commands)[number];

/** A complaint about a crash, or about an exit code that the contract does not have; `null` for none. */
export async function attackCommand(kind: Kind, command: Command, operation: Operation): Promise<string | null> {
  const fleet = attackedFleet();
  const workspace = await writeWorkspace(attackedWriting('listed'));
  const sandbox = await startSandbox({ fleet });
  const proxy = await startProxy(sandbox.url, fleet.caller.accountId, {
    strikes: (call) => isTarget(call, operation),
    change: (answer, call) => kind.change(answer, call),
    isInstead: kind.isInstead ?? false,
  });
  try {
    const { exitCode } = await run(argumentsOf(command, workspace), {
      ...sandbox.environment,
      AWS_ENDPOINT_URL: proxy.url,
    });
    return [0, 1, 2, 3].includes(exitCode) ? null : `exit ${exitCode}`;
  } catch (error) {
    if (error instanceof UserError) return null;
    return `a crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

function argumentsOf(command: Command, workspace: string): readonly string[] {
  const config = ['--config', join(workspace, 'mfa-drift.yaml')];
  const policies = ['--policies', join(workspace, 'policies')];
  const pool = [target.poolId, '--account', target.accountId, '--region', target.region];
  switch (command) {
    case 'doctor':
      return ['doctor', ...config, '--log-level', 'error'];
    case 'plan':
      return [
        'plan',
        ...config,
        ...policies,
        '--out',
        join(workspace, 'plan.json'),
        '--run-dir',
        join(workspace, 'run'),
        '--quiet',
      ];
    case 'show':
      return ['show', ...pool, ...config, ...policies];
    case 'policy init':
      return ['policy', 'init', ...pool, ...config];
  }
}
