/** One kind of attack against one operation, under `apply`: what came out that should not. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../src/errors.ts';
import type { JournalEntry } from '../../src/remediate/journal/format.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { fleetOf, journalEntries, managementId, memberId, writeFiles, poolId } from '../remediate/organization.ts';
import { temporaryFolder } from '../temporary.ts';
import type { Call, Operation } from './answers.ts';
import { meaningOf, type Kind, type Meaning } from './kinds/kind.ts';
import { startProxy } from './proxy.ts';

/** When in a run the operation is struck. */
export const moments = {
  'GetCallerIdentity, for the caller': 'GetCallerIdentity',
  'GetCallerIdentity, for whoever writes': 'GetCallerIdentity',
  AssumeRole: 'AssumeRole',
  DescribeOrganization: 'DescribeOrganization',
  ListAccounts: 'ListAccounts',
  'GetUserPoolMfaConfig, before the write': 'GetUserPoolMfaConfig',
  'GetUserPoolMfaConfig, after the write': 'GetUserPoolMfaConfig',
  DescribeUserPool: 'DescribeUserPool',
  SetUserPoolMfaConfig: 'SetUserPoolMfaConfig',
} as const satisfies Readonly<Record<string, Operation>>;
export type Moment = keyof typeof moments;

const otherId = '111122220002';
const region = 'eu-west-1';
/** The first of them is struck; the second is in its account. */
const pools = [
  { id: 'One', accountId: memberId },
  { id: 'Two', accountId: memberId },
  { id: 'Three', accountId: otherId },
] as const;
type PoolName = (typeof pools)[number]['id'];
const [struckPool] = pools;
const mostRequests = 1000;

interface Expected {
  readonly exitCode: number;
  /** What reads as planned afterwards; the rest reads as before. */
  readonly changed: readonly PoolName[];
}

const everything: Expected = { exitCode: 0, changed: ['One', 'Two', 'Three'] };
const nothing: Expected = { exitCode: 1, changed: [] };
const allButTheAccount: Expected = { exitCode: 4, changed: ['Three'] };
const allButThePool: Expected = { exitCode: 4, changed: ['Two', 'Three'] };

/** `null`: what nobody can tell from the truth is judged as it stands, and only has to fit together. */
function expectedOf(kind: Kind, moment: Moment): Expected | null {
  const meaning: Meaning = meaningOf(kind, moments[moment]);
  if (meaning === 'same') return everything;
  if ('world' in meaning) return null;
  if (meaning.what === 'State') return allButTheAccount;
  switch (moment) {
    case 'GetCallerIdentity, for the caller':
    case 'DescribeOrganization':
    case 'ListAccounts':
      return nothing;
    case 'GetCallerIdentity, for whoever writes':
    case 'AssumeRole':
      return allButTheAccount;
    case 'GetUserPoolMfaConfig, before the write':
    case 'DescribeUserPool':
      return allButThePool;
    case 'GetUserPoolMfaConfig, after the write':
      return { ...everything, exitCode: 4 };
    case 'SetUserPoolMfaConfig':
      // Where the service has seen the call, the pool says that it was carried out.
      return kind.isInstead === true ? allButThePool : everything;
  }
}

/** Complaints; none where all is as it should be. */
export async function attackApply(kind: Kind, moment: Moment, plan: string): Promise<readonly string[]> {
  const folder = await temporaryFolder();
  await writeFiles(folder, {});
  await writeFile(join(folder, 'plan.json'), plan);
  const sandbox = await startSandbox({ fleet: fleetOf(pools) });
  const writes = { seen: 0 };
  const proxy = await startProxy(sandbox.url, managementId, {
    strikes(call) {
      if (call.operation === 'SetUserPoolMfaConfig' && isOfPool(call)) writes.seen += 1;
      return isTarget(call, moment, writes.seen) && call.struck < (kind.times ?? Infinity);
    },
    change: (answer, call) => kind.change(answer, call),
    isInstead: kind.isInstead ?? false,
  });
  try {
    const ended = await applied(folder, { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url }, kind);
    return [
      ...(proxy.struck() === 0 ? ['the operation was never met'] : []),
      ...(proxy.seen() > mostRequests ? [`${proxy.seen()} requests`] : []),
      ...(ended.crash === null ? [] : [`a crash: ${ended.crash}`]),
      ...unlikeExpected(ended, sandbox, expectedOf(kind, moment)),
      ...untrue(ended, sandbox),
    ];
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

/** The plan that all attacks meet: each pool from OFF to OPTIONAL, with an authenticator app. */
export async function planOfAttacked(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFiles(folder, {});
  const sandbox = await startSandbox({ fleet: fleetOf(pools) });
  const out = join(folder, 'plan.json');
  await run(
    ['plan', '--out', out, '--run-dir', join(folder, 'run'), '--quiet', ...filesIn(folder)],
    sandbox.environment,
  );
  await sandbox.close();
  return readFile(out, 'utf8');
}

function filesIn(folder: string): readonly string[] {
  return ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies'), '--log-level', 'error'];
}

function isOfPool({ accountId, poolId: id }: Call): boolean {
  return accountId === struckPool.accountId && id === poolId(struckPool.id);
}

function isTarget(call: Call, moment: Moment, writesSeen: number): boolean {
  if (call.operation !== moments[moment]) return false;
  switch (moment) {
    case 'GetCallerIdentity, for the caller':
      return call.accountId === managementId;
    case 'GetCallerIdentity, for whoever writes':
    case 'AssumeRole':
      return call.accountId === memberId;
    case 'GetUserPoolMfaConfig, before the write':
      return isOfPool(call) && writesSeen === 0;
    case 'GetUserPoolMfaConfig, after the write':
      return isOfPool(call) && writesSeen > 0;
    case 'DescribeUserPool':
    case 'SetUserPoolMfaConfig':
      return isOfPool(call);
    case 'DescribeOrganization':
    case 'ListAccounts':
      return true;
  }
}

interface Applied {
  readonly exitCode: number;
  readonly outcomes: readonly { readonly poolId: string; readonly outcome: string }[];
  readonly journal: readonly JournalEntry[];
  readonly said: string;
  /** What was thrown that is no error of the user's. */
  readonly crash: string | null;
}

async function applied(folder: string, environment: Readonly<Record<string, string>>, kind: Kind): Promise<Applied> {
  const journal = join(folder, 'journal.ndjson');
  const args = [
    'apply',
    join(folder, 'plan.json'),
    '--journal',
    journal,
    '--yes',
    '--report',
    'json',
    ...filesIn(folder),
  ];
  try {
    const timeout = ['--cli-read-timeout', kind.hangs === true ? '0.4' : '10'];
    const { exitCode, stdout, stderr } = await run([...args, ...timeout], environment);
    const { outcomes } = JSON.parse(stdout) as Pick<Applied, 'outcomes'>;
    return { exitCode, outcomes, journal: journalEntries(await readFile(journal, 'utf8')), said: stderr, crash: null };
  } catch (error) {
    const isUserError = error instanceof UserError;
    const crash = isUserError ? null : error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { exitCode: isUserError ? error.exitCode : 1, outcomes: [], journal: [], said: String(error), crash };
  }
}

function isChanged(sandbox: Sandbox, { id, accountId }: (typeof pools)[number]): boolean {
  return sandbox.pool(accountId, region, poolId(id))?.mfaConfig['MfaConfiguration'] === 'OPTIONAL';
}

function unlikeExpected({ exitCode, said }: Applied, sandbox: Sandbox, expected: Expected | null): readonly string[] {
  if (expected === null) return exitCode === 0 || exitCode === 4 ? [] : [`exit ${exitCode}: ${said}`];
  const changed = pools
    .filter((pool) => isChanged(sandbox, pool))
    .map(({ id }) => id)
    .join(', ');
  const wanted = expected.changed.join(', ');
  return [
    ...(exitCode === expected.exitCode ? [] : [`exit ${exitCode}, and it should be ${expected.exitCode}: ${said}`]),
    ...(changed === wanted ? [] : [`changed ${changed}, and it should be ${wanted}`]),
  ];
}

/** What is said of a pool, and what stands in the journal, against how the pool reads. */
function untrue({ outcomes, journal }: Applied, sandbox: Sandbox): readonly string[] {
  return pools.flatMap((pool) => {
    const changed = isChanged(sandbox, pool);
    const outcome = outcomes.find((each) => each.poolId === poolId(pool.id))?.outcome ?? 'nothing';
    const isTrue = outcome === 'unknown' || (outcome === 'applied') === changed;
    const isIntended = journal.some(({ event, poolId: id }) => event === 'intent' && id === poolId(pool.id));
    return [
      ...(isTrue ? [] : [`${pool.id} is ${changed ? 'changed' : 'unchanged'}, and ${outcome} is said of it`]),
      ...(changed && !isIntended ? [`${pool.id} is changed, and the journal has no intent`] : []),
    ];
  });
}
