/** One kind of attack against everything that it can meet, under the commands that are neither audit nor apply. */
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { isTarget } from '../faults/attacked-audit.ts';
import { ran } from '../faults/ran.ts';
import type { Operation } from './answers.ts';
import type { Kind, Target } from './kinds/kind.ts';
import { attackedFleet, attackedWriting, targetOf } from './organization.ts';
import { startProxy } from './proxy.ts';

export const commands = ['doctor', 'plan', 'show', 'policy init'] as const;
type Command = (typeof commands)[number];

/** A complaint about a crash, or about an exit code that the contract does not have; `null` for none. */
export async function attackCommand(
  kind: Kind,
  command: Command,
  operation: Operation,
  seed: number,
): Promise<string | null> {
  const fleet = attackedFleet(seed);
  const target = targetOf(operation, seed);
  const workspace = await writeWorkspace(attackedWriting('listed'));
  const sandbox = await startSandbox({ fleet });
  const proxy = await startProxy(sandbox.url, fleet.caller.accountId, {
    strikes: (call) => isTarget(call, operation, target),
    change: (answer, call) => kind.change(answer, call, target),
    isInstead: kind.isInstead ?? false,
  });
  try {
    const environment = { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url };
    const { signal } = new AbortController();
    const { exitCode, stderr } = await ran(argumentsOf(command, workspace, target), environment, { signal });
    if (stderr.includes('This is a bug')) return `a crash: ${stderr}`;
    return [0, 1, 2, 3].includes(exitCode) ? null : `exit ${exitCode}`;
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

function argumentsOf(command: Command, workspace: string, target: Target): readonly string[] {
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
