/** What was checked and what was not, for an auditor: every account and region with its state, reason and time. */
import type { Account, Skip } from '../domain/model/observation.ts';
import { isOpen, type Gap, type Result, type UnitRecord } from '../domain/result/result.ts';
import { accountArns, type AccountArns } from '../report/views/account-arns.ts';
import { csvLines } from '../report/text/escape/csv.ts';

const columns = [
  'arn',
  'account_id',
  'account_name',
  'account_state',
  'organizational_unit',
  'region',
  'status',
  'reason',
  'message',
  'accepted_until',
  'accepted_by',
  'pools',
  'pools_not_read',
  'at',
] as const;
type Row = Partial<Record<(typeof columns)[number], string | null>>;

/** The rows of one account are written at once. Held in memory: units, gaps of accounts and regions, and counts. */
export async function* coverageCsv(result: Result): AsyncGenerator<string, void, void> {
  const units = await byAccount(result.units());
  const skips = await byAccount(ofAccounts(result.skipped()));
  const gaps = await byAccount(notOfPools(result.gaps()));
  const unread = await unreadPools(result);
  const arns = await accountArns(result);
  const { startedAt, interrupted } = result.head.run;
  yield csvLines([columns]);
  for (const gap of gaps.get('') ?? []) {
    yield lines([{ arn: arns.organization, ...gapCells(gap), at: startedAt }]);
  }
  for await (const account of result.accounts()) {
    const gapsHere = gaps.get(account.id) ?? [];
    const rows = [
      ...(skips.get(account.id) ?? []).map(({ reason }): Row => ({ status: 'skipped', reason, at: startedAt })),
      ...gapsHere.filter(({ scope }) => scope === 'account').map((gap) => ({ ...gapCells(gap), at: startedAt })),
      ...(units.get(account.id) ?? []).map((unit) => unitRow(unit, gapsHere, unread)),
      ...(account.regionsNotAudited ?? []).map((region): Row => ({ region, status: 'skipped', reason: 'left-out' })),
    ];
    const unknown: Row = { status: 'not-read', reason: interrupted ? 'interrupted' : 'no region in scope' };
    yield lines((rows.length === 0 ? [unknown] : rows).map((row) => ({ ...accountCells(account, arns), ...row })));
  }
}

function lines(rows: readonly Row[]): string {
  return csvLines(rows.map((row) => columns.map((column) => row[column])));
}

function accountCells({ id, name, state, path, inOrganization }: Account, arns: AccountArns): Row {
  const unit =
    path === null || inOrganization === false ? null : `/${path.map((each) => each.name ?? each.id).join('/')}`;
  const { arn } = arns.account(id, null);
  return { arn, account_id: id, account_name: name, account_state: state, organizational_unit: unit };
}

function unitRow(unit: UnitRecord, gaps: readonly Gap[], unread: ReadonlyMap<string, number>): Row {
  const { accountId, region, status, reason, pools, readAt } = unit;
  const gap = gaps.find((each) => each.region === region);
  return {
    region,
    reason,
    ...(gap === undefined ? {} : gapCells(gap)),
    status,
    pools: String(pools),
    pools_not_read: String(unread.get(`${accountId}/${region}`) ?? 0),
    at: readAt,
  };
}

function gapCells(gap: Gap): Row {
  const { code, message, accepted } = gap;
  if (accepted === null || isOpen(gap)) return { status: 'gap', reason: code, message };
  const { expires, owner } = accepted;
  return { status: 'gap', reason: code, message, accepted_until: expires, accepted_by: owner };
}

async function byAccount<T extends { readonly accountId: string | null }>(
  items: AsyncIterable<T>,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const groups = new Map<string, T[]>();
  for await (const item of items) {
    const key = item.accountId ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

async function* ofAccounts(skips: AsyncIterable<Skip>): AsyncGenerator<Skip> {
  for await (const skip of skips) if (skip.scope === 'account') yield skip;
}

async function* notOfPools(gaps: AsyncIterable<Gap>): AsyncGenerator<Gap> {
  for await (const gap of gaps) if (gap.scope !== 'pool') yield gap;
}

/** By unit: pools with at least one gap, which stand together in the result's order. */
async function unreadPools(result: Result): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let last = '';
  for await (const { scope, accountId, region, poolId } of result.gaps()) {
    if (scope !== 'pool') continue;
    const unit = `${accountId}/${region}`;
    const pool = `${unit}/${poolId}`;
    if (pool !== last) counts.set(unit, (counts.get(unit) ?? 0) + 1);
    last = pool;
  }
  return counts;
}
