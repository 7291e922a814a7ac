/** Three pools that a plan changes, two of them in one account, and a folder with the files of who changes them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { Target } from '../attack/kinds/kind.ts';
import type { Ended } from '../end-to-end/in-process.ts';
import { fleetOf, journalEntries, memberId, poolId, region, writeFiles } from '../remediate/organization.ts';
import { temporaryFolder } from '../temporary.ts';
import { ran } from './ran.ts';
import type { Changes } from './row.ts';

export const pools = [
  { id: 'One', accountId: memberId },
  { id: 'Two', accountId: memberId },
  { id: 'Three', accountId: '111122220002' },
] as const;

export const everyPool: readonly string[] = pools.map(({ id }) => poolId(id));

/** The pool that this seed strikes: each in its turn. */
export function struckPool(seed: number): Target {
  const { id, accountId } = pools[seed % pools.length] ?? pools[0];
  return { accountId, region, poolId: poolId(id) };
}

export interface Workplace {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly journal: string;
  /** Of `apply`, with the plan, the journal and `--report json` to standard output. */
  readonly apply: readonly string[];
  /** Runs a program with the files of the folder. */
  readonly run: (args: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly filesIn: readonly string[];
}

/** With a plan in it that changes every pool. It ends with `close` of its sandbox. */
export async function workplace(signal: AbortSignal, options: Partial<SandboxOptions> = {}): Promise<Workplace> {
  const folder = await temporaryFolder();
  await writeFiles(folder, {});
  const [planFile, journal] = [join(folder, 'plan.json'), join(folder, 'journal.ndjson')];
  await writeFile(planFile, await planned(signal));
  const sandbox = await startSandbox({ fleet: fleetOf(pools), recordCalls: true, ...options });
  const filesIn = filesOf(folder);
  const apply = ['apply', planFile, '--journal', journal, '--yes', '--report', 'json', ...filesIn];
  return {
    folder,
    sandbox,
    journal,
    apply,
    filesIn,
    run: (args, environment = sandbox.environment) => ran(args, environment, { signal }),
  };
}

let plan: Promise<string> | null = null;

/** The plan that all meet: each pool from OFF to OPTIONAL, with an authenticator app. */
function planned(signal: AbortSignal): Promise<string> {
  plan ??= makePlan(signal);
  return plan;
}

async function makePlan(signal: AbortSignal): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, {});
  const sandbox = await startSandbox({ fleet: fleetOf(pools) });
  const out = join(folder, 'plan.json');
  const flags = ['--out', out, '--run-dir', join(folder, 'run'), '--quiet'];
  await ran(['plan', ...flags, ...filesOf(folder)], sandbox.environment, { signal });
  await sandbox.close();
  return readFile(out, 'utf8');
}

function filesOf(folder: string): readonly string[] {
  return ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies'), '--log-level', 'error'];
}

/** What became of the pools, and what the last program and the journals, by their texts, say of them. */
export function changesIn({ sandbox }: Workplace, stdout: string, journals: readonly string[]): Changes {
  return {
    pools: pools.map(({ id, accountId }) => ({ poolId: poolId(id), isChanged: isChanged(sandbox, accountId, id) })),
    outcomes: stdout === '' ? null : (JSON.parse(stdout) as { outcomes: Changes['outcomes'] }).outcomes,
    journal: journals.flatMap((text) => journalEntries(text, 'torn')),
    calls: sandbox.calls.entries.filter(({ operation }) => operation === 'SetUserPoolMfaConfig'),
  };
}

/** Empty where there is none. */
export async function journalText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function isChanged(sandbox: Sandbox, accountId: string, id: string): boolean {
  return sandbox.pool(accountId, region, poolId(id))?.mfaConfig['MfaConfiguration'] === 'OPTIONAL';
}
