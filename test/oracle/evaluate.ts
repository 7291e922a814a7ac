/**
 * What an audit of a fleet has to say, worked out from the fleet itself and from what the design promises. It shares no
 * code with the program: it asks nothing, it knows.
 */
import type { JsonObject } from '../../src/domain/model/json.ts';
import { describeUserPool, getUserPoolMfaConfig } from '../../src/sandbox/cognito/user-pools.ts';
import type { FleetAccount, Permissions, PlacedPool } from '../../src/sandbox/fleet/fleet.ts';
import { lossOf, mayDo, type World } from './answers.ts';
import { asksForDescription } from './describing.ts';
import { placeText, type PoolVerdict, type Verdicts } from './expected.ts';
import type { Writing } from './language.ts';
import { regionFates, scopedAccounts, type RegionFate, type ScopedAccount } from './scope.ts';
import { matches, tagsOf, type Facts } from './selecting.ts';
import { summarize } from './summing.ts';
import { verdictOn, type FindingVerdict } from './verdict.ts';

/** A place that was not read. */
interface GapVerdict {
  readonly scope: 'account' | 'region' | 'pool';
  readonly place: string;
  readonly code: string;
  readonly accepted: boolean;
}

/** All that is found out, place by place. */
export interface Notes {
  readonly units: string[];
  readonly skipped: string[];
  readonly gaps: GapVerdict[];
  readonly pools: PoolVerdict[];
  readonly findings: FindingVerdict[];
}

/** `null`: the program can't run (exit code 1). `today` is a date in UTC, `2026-11-22`. */
export function evaluate(fleet: World, writing: Writing, today: string): Verdicts | null {
  const accounts = scopedAccounts(fleet, writing.configuration);
  if (accounts === null || lossOf(fleet, 'GetCallerIdentity', fleet.caller.accountId) !== null) return null;
  const notes: Notes = { units: [], skipped: [], gaps: [], pools: [], findings: [] };
  for (const scoped of accounts) noteAccount(scoped, fleet, writing, today, notes);
  return {
    exitCode: exitCode(notes, writing),
    accounts: accounts.map(({ account, state }) => `${account.id} ${state}`).sort(),
    units: notes.units.sort(),
    skipped: notes.skipped.sort(),
    gaps: notes.gaps
      .map(({ scope, place, code, accepted }) => `${scope} ${place} ${code} ${accepted ? 'accepted' : 'open'}`)
      .sort(),
    pools: notes.pools.sort((one, other) => (one.place < other.place ? -1 : 1)),
    summary: summarize(accounts, notes),
  };
}

function noteAccount(scoped: ScopedAccount, fleet: World, writing: Writing, today: string, notes: Notes): void {
  const { account, facts, fate } = scoped;
  const place = placeText(account.id);
  if (fate.kind === 'skipped') notes.skipped.push(`${place} ${fate.reason}`);
  if (fate.kind === 'gap') noteGap('account', place, fate.code, { account: facts }, writing, today, notes);
  if (fate.kind !== 'read') return;
  for (const [region, regionFate] of regionFates(fleet, writing.configuration, account, fate.session)) {
    const here: Facts = { account: facts, region };
    const at = placeText(account.id, region);
    const where = { account, session: fate.session, facts: here };
    const end = regionFate.kind === 'read' ? noteUnit(region, where, fleet, writing, today, notes) : regionFate;
    const reason = end.kind === 'read' ? null : end.kind === 'gap' ? end.code : end.reason;
    notes.units.push(`${account.id}/${region} ${end.kind} ${reason}`);
    if (end.kind === 'skipped') notes.skipped.push(`${at} ${end.reason}`);
    if (end.kind === 'gap') noteGap('region', at, end.code, here, writing, today, notes);
  }
}

/** So many pools in a row that fail in one of these ways end a unit; a denial, and a pool that is gone, do not. */
const failuresInRow = 5;
const countedFailures = ['network', 'malformed', 'server-error'];

/** Pools in the order in which the service lists them, which is the fleet's. */
function noteUnit(
  region: string,
  where: Where,
  fleet: World,
  writing: Writing,
  today: string,
  notes: Notes,
): RegionFate {
  let row = 0;
  for (const placed of where.account.pools.filter(({ pool }) => pool.region === region)) {
    const failure = notePool(placed, where, fleet, writing, today, notes).find((code) =>
      countedFailures.includes(code),
    );
    row = failure === undefined ? 0 : row + 1;
    if (failure !== undefined && row === failuresInRow) return { kind: 'gap', code: failure };
  }
  return { kind: 'read' };
}

interface Where {
  readonly account: FleetAccount;
  readonly session: Permissions;
  readonly facts: Facts;
}

/** Returns why its answers could not be had, those that could not. */
function notePool(
  placed: PlacedPool,
  where: Where,
  fleet: World,
  writing: Writing,
  today: string,
  notes: Notes,
): readonly string[] {
  const { pool, vanishes } = placed;
  const place = placeText(pool.accountId, pool.region, pool.id);
  const description = describeUserPool(pool);
  // A deleted pool has no tags, so a denial that rests on them does not reach it.
  const tags = vanishes ? {} : tagsOf(description);
  const may = (action: string) =>
    mayDo(fleet, where.account, where.session, `cognito-idp:${action}`, pool.region, tags);
  const unread = { ...where.facts, region: pool.region, pool: { id: pool.id, name: pool.name, userPool: null } };
  const isMissed = may('GetUserPoolMfaConfig') || (may('DescribeUserPool') && asksForDescription(unread, writing));
  if (vanishes && isMissed) {
    notes.skipped.push(`${place} pool-deleted`);
    return [];
  }
  const lossAt = (operation: string) => lossOf(fleet, operation, pool.accountId, pool.region, pool.id);
  const noDescription = may('DescribeUserPool') ? lossAt('DescribeUserPool') : 'AccessDenied';
  const userPool = noDescription === null && !vanishes ? description : null;
  const facts = { ...unread, pool: { ...unread.pool, userPool } };
  const noConfig = may('GetUserPoolMfaConfig') ? lossAt('GetUserPoolMfaConfig') : 'AccessDenied';
  const answer = noConfig ?? configOf(getUserPoolMfaConfig(pool, fleet.switches));
  const { status, policies, findings, gaps } = verdictOn({ config: answer, facts }, writing, today);
  for (const code of gaps) noteGap('pool', place, code, facts, writing, today, notes);
  notes.findings.push(...findings);
  notes.pools.push({ place, status, policies: [...policies].sort(), findings: findings.map(findingText).sort() });
  const isDescribed = asksForDescription(unread, writing);
  return [
    ...(typeof answer === 'string' ? [answer] : []),
    ...(isDescribed && noDescription !== null ? [noDescription] : []),
  ];
}

/** The service always says the mode; an answer without it can't be believed. */
function configOf(answer: JsonObject): JsonObject | string {
  return answer['MfaConfiguration'] === undefined ? 'malformed' : answer;
}

function noteGap(
  scope: GapVerdict['scope'],
  place: string,
  code: string,
  facts: Facts,
  { exceptions }: Writing,
  today: string,
  notes: Notes,
): void {
  const accepted = exceptions.some(
    (exception) =>
      exception.gaps?.includes(code) === true &&
      exception.expires >= today &&
      matches(exception.match, facts) === 'yes',
  );
  notes.gaps.push({ scope, place, code, accepted });
}

function findingText({ policy, path, status, severity, actual }: FindingVerdict): string {
  return [policy, path, status, severity, JSON.stringify(actual)].join(' ');
}

const worstFirst = ['critical', 'high', 'medium', 'low', 'info'];

function exitCode({ gaps, findings }: Notes, { configuration }: Writing): number {
  if (gaps.some(({ accepted }) => !accepted)) return 3;
  const reach = worstFirst.indexOf(configuration.failOn);
  return findings.some(({ status, severity }) => status === 'drift' && worstFirst.indexOf(severity) <= reach) ? 2 : 0;
}
