/** One kind of changed answer in the place of one operation's, under `audit`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Call, Operation } from '../attack/answers.ts';
import { meaningOf, type Kind, type Target } from '../attack/kinds/kind.ts';
import { attackedFleet, attackedWriting, targetOf } from '../attack/organization.ts';
import { startProxy } from '../attack/proxy.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import type { Lost, World } from '../oracle/answers.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { ran } from './ran.ts';
import type { Expected, Played, PoolPlace } from './row.ts';

/** Only accounts that are named are asked for one by one. */
const aboutOneAccount: readonly Operation[] = ['ListParents', 'DescribeAccount'];
/** More requests than any audit of so few pools may send, whatever it is answered. */
const mostRequests = 1000;
const today = new Date().toISOString().slice(0, 10);

export function expectedOfAudit(kind: Kind, operation: Operation, seed: number): Expected {
  const fleet = attackedFleet(seed);
  const world = worldOf(fleet, kind, operation, targetOf(operation, seed));
  const verdicts = evaluate(world, writingFor(operation), today);
  return { exitCodes: [verdicts?.exitCode ?? 1], verdicts, pools: placesIn(fleet) };
}

export async function attackAudit(
  kind: Kind,
  operation: Operation,
  seed: number,
  signal: AbortSignal,
): Promise<Played> {
  const fleet = attackedFleet(seed);
  const target = targetOf(operation, seed);
  const workspace = await writeWorkspace(writingFor(operation));
  const sandbox = await startSandbox({ fleet });
  const proxy = await startProxy(sandbox.url, fleet.caller.accountId, {
    strikes: (call) => isTarget(call, operation, target) && call.struck < (kind.times ?? Infinity),
    change: (answer, call) => kind.change(answer, call, target),
    isInstead: kind.isInstead ?? false,
  });
  try {
    const environment = { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url };
    const timeout = ['--cli-read-timeout', kind.hangs === true ? '0.2' : '10'];
    const played = await audited(workspace, environment, signal, timeout);
    const odd = [
      ...(proxy.struck() === 0 ? ['the operation was never met'] : []),
      ...(proxy.seen() > mostRequests ? [`${proxy.seen()} requests`] : []),
    ];
    return { ...played, odd };
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

/** An audit of the workspace, in this process. */
export async function audited(
  workspace: string,
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
  flags: readonly string[] = [],
): Promise<Played> {
  const ended = await ran(auditArguments(workspace, flags), environment, { signal });
  return { ...endOf(ended), result: await resultIn(workspace), odd: [] };
}

export function auditArguments(workspace: string, flags: readonly string[] = []): readonly string[] {
  const paths = ['--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
  const report = `json=${join(workspace, 'result.json')}`;
  const output = ['--run-dir', join(workspace, 'run'), '--report', report, '--quiet', '--log-level', 'error'];
  return ['audit', ...paths, ...output, ...flags];
}

export function endOf(ended: { readonly exitCode: number; readonly stdout: string; readonly stderr: string }) {
  return { exitCode: ended.exitCode, said: ended.stdout + ended.stderr };
}

/** `null`: none was saved. */
export async function resultIn(workspace: string): Promise<NonNullable<Played['result']> | null> {
  const text = await readFile(join(workspace, 'result.json'), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

export function placesIn({ accounts }: World): readonly PoolPlace[] {
  const placed = accounts.flatMap(({ pools }) => pools.map(({ pool }) => pool));
  return placed.map(({ accountId, region, id }) => ({ accountId, region, poolId: id }));
}

export function isTarget(call: Call, operation: Operation, target: Target): boolean {
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

function writingFor(operation: Operation) {
  return attackedWriting(aboutOneAccount.includes(operation) ? 'byId' : 'listed');
}

/** What there is to know where the kind strikes. */
function worldOf(fleet: World, kind: Kind, operation: Operation, target: Target): World {
  const meaning = meaningOf(kind, operation);
  if (meaning === 'same') return fleet;
  if ('world' in meaning) return meaning.world(fleet, target);
  return { ...fleet, lost: lostAt(meaning.what ?? operation, meaning.lost, target) };
}

function lostAt(what: Lost['what'], code: string, { accountId, region, poolId }: Target): Lost {
  const nowhere = { what, code, accountId: null, region: null, poolId: null };
  if (['AssumeRole', 'ListRegions', 'State'].includes(what)) return { ...nowhere, accountId };
  if (what === 'ListUserPools') return { ...nowhere, accountId, region };
  return what === 'GetUserPoolMfaConfig' || what === 'DescribeUserPool'
    ? { what, code, accountId, region, poolId }
    : nowhere;
}
