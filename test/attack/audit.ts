/** One kind of attack against one operation, under `audit`: what came out that should not. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../src/errors.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import type { Lost, World } from '../oracle/answers.ts';
import { evaluate } from '../oracle/evaluate.ts';
import type { Verdicts } from '../oracle/expected.ts';
import { verdictsOf } from '../oracle/result-verdicts.ts';
import type { Call, Operation } from './answers.ts';
import { meaningOf, type Kind } from './kinds/kind.ts';
import { attackedFleet, attackedWriting, target } from './organization.ts';
import { startProxy } from './proxy.ts';

const today = new Date().toISOString().slice(0, 10);
/** Only accounts that are named are asked for one by one. */
const aboutOneAccount: readonly Operation[] = ['ListParents', 'DescribeAccount'];
/** More requests than any audit of so few pools may send, whatever it is answered. */
const mostRequests = 1000;

/** Complaints; none where all is as it should be. */
export async function attackAudit(kind: Kind, operation: Operation): Promise<readonly string[]> {
  const fleet = attackedFleet();
  const writing = attackedWriting(aboutOneAccount.includes(operation) ? 'byId' : 'listed');
  const expected = evaluate(worldOf(fleet, kind, operation), writing, today);
  const workspace = await writeWorkspace(writing);
  const sandbox = await startSandbox({ fleet });
  const proxy = await startProxy(sandbox.url, fleet.caller.accountId, {
    strikes: (call) => isTarget(call, operation) && call.struck < (kind.times ?? Infinity),
    change: (answer, call) => kind.change(answer, call),
    isInstead: kind.isInstead ?? false,
  });
  try {
    const ended = await audited(workspace, { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url }, kind);
    return [
      ...(proxy.struck() === 0 ? ['the operation was never met'] : []),
      ...(proxy.seen() > mostRequests ? [`${proxy.seen()} requests`] : []),
      ...differences(ended, expected),
    ];
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

export function isTarget(call: Call, operation: Operation): boolean {
  if (call.operation !== operation) return false;
  switch (operation) {
    case 'AssumeRole':
    case 'ListRegions':
      return call.accountId === target.accountId;
    case 'ListUserPools':
      return call.accountId === target.accountId && call.region === target.region;
    case 'GetUserPoolMfaConfig':
    case 'DescribeUserPool':
    case 'SetUserPoolMfaConfig':
      return call.accountId === target.accountId && call.region === target.region && call.poolId === target.poolId;
    default:
      return true;
  }
}

/** What there is to know where the kind strikes. */
function worldOf(fleet: World, kind: Kind, operation: Operation): World {
  const meaning = meaningOf(kind, operation);
  if (meaning === 'same') return fleet;
  if ('world' in meaning) return meaning.world(fleet, target);
  return { ...fleet, lost: lostAt(meaning.what ?? operation, meaning.lost) };
}

function lostAt(what: Lost['what'], code: string): Lost {
  const { accountId, region, poolId } = target;
  const nowhere = { what, code, accountId: null, region: null, poolId: null };
  if (['AssumeRole', 'ListRegions', 'State'].includes(what)) return { ...nowhere, accountId };
  if (what === 'ListUserPools') return { ...nowhere, accountId, region };
  return what === 'GetUserPoolMfaConfig' || what === 'DescribeUserPool'
    ? { what, code, accountId, region, poolId }
    : nowhere;
}

interface Audited extends Ended {
  readonly verdicts: Verdicts | null;
  /** What was thrown that is no error of the user's. */
  readonly crash: string | null;
}

async function audited(workspace: string, environment: Readonly<Record<string, string>>, kind: Kind): Promise<Audited> {
  const file = join(workspace, 'result.json');
  const paths = ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
  const output = ['--run-dir', join(workspace, 'run'), '--report', `json=${file}`, '--quiet', '--log-level', 'error'];
  const args = ['audit', ...paths, ...output, '--cli-read-timeout', kind.hangs === true ? '0.4' : '10'];
  try {
    const ended = await run(args, environment);
    return { ...ended, verdicts: verdictsOf(JSON.parse(await readFile(file, 'utf8'))), crash: null };
  } catch (error) {
    const isUserError = error instanceof UserError;
    const crash = isUserError ? null : error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { exitCode: isUserError ? error.exitCode : 1, stdout: '', stderr: String(error), verdicts: null, crash };
  }
}

function differences({ exitCode, stderr, verdicts, crash }: Audited, expected: Verdicts | null): readonly string[] {
  if (crash !== null) return [`a crash: ${crash}`];
  if (expected === null || verdicts === null) {
    const isRight = expected === null && verdicts === null && exitCode === 1;
    return isRight
      ? []
      : [`exit ${exitCode}, ${expected === null ? 'which should be 1' : 'without a result'}: ${stderr}`];
  }
  const parts = Object.keys(expected) as (keyof Verdicts)[];
  return [
    ...(exitCode === expected.exitCode ? [] : [`exit ${exitCode}, and it should be ${expected.exitCode}`]),
    ...parts.flatMap((part) =>
      isDeepStrictEqual(verdicts[part], expected[part]) ? [] : [differs(part, verdicts, expected)],
    ),
  ];
}

function differs(part: keyof Verdicts, verdicts: Verdicts, expected: Verdicts): string {
  const [is, should] = [listed(verdicts[part]), listed(expected[part])];
  const extra = is.filter((each) => !should.includes(each));
  const missing = should.filter((each) => !is.includes(each));
  return `${part}: has ${extra.join('; ') || 'nothing'} instead of ${missing.join('; ') || 'nothing'}`;
}

function listed(value: Verdicts[keyof Verdicts]): readonly string[] {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(each));
  return typeof value === 'object' ? Object.entries(value).map((each) => JSON.stringify(each)) : [String(value)];
}
