/** How the pools stand, by account, organizational unit, region and policy. */
import type { Account } from '../../domain/model/observation.ts';
import { isOpen, type PoolRecord, type Result } from '../../domain/result/result.ts';

export interface BreakdownRow {
  readonly name: string;
  /** What stands beside the name, such as an account's id or why it was skipped. */
  note: string;
  pools: number;
  compliant: number;
  drifting: number;
  excepted: number;
  uncovered: number;
  unreadable: number;
  /** Places that could not be read, by open gaps; of policies always 0. */
  gaps: number;
}

export interface Breakdown {
  readonly accounts: readonly BreakdownRow[];
  readonly units: readonly BreakdownRow[];
  readonly regions: readonly BreakdownRow[];
  readonly policies: readonly BreakdownRow[];
}

export interface BreakdownCollector {
  pool(pool: PoolRecord): void;
  /** Each list worst first. */
  found(): Breakdown;
}

/** Reads accounts, skips, gaps and units at once; pools are handed in as they are read. */
export async function newBreakdown(result: Result): Promise<BreakdownCollector> {
  const accounts = newTable();
  const units = newTable();
  const regions = newTable();
  const policies = newTable();
  const unitOf = new Map<string, string>();
  for await (const account of result.accounts()) {
    accounts.at(account.id, account.name ?? account.id).note = account.name === null ? '' : account.id;
    unitOf.set(account.id, unitPath(account));
    units.at(unitPath(account));
  }
  for await (const { region } of result.units()) regions.at(region);
  for (const { name } of result.head.run.policySet) policies.at(name);
  for await (const skip of result.skipped()) {
    if (skip.scope === 'account') addNote(accounts.at(skip.accountId), skip.reason);
  }
  for await (const gap of result.gaps()) {
    if (!isOpen(gap)) continue;
    if (gap.accountId !== null) {
      accounts.at(gap.accountId).gaps += 1;
      units.at(unitOf.get(gap.accountId) ?? unknownUnit).gaps += 1;
    }
    if (gap.region !== null) regions.at(gap.region).gaps += 1;
  }
  return {
    pool(pool) {
      count(accounts.at(pool.accountId), pool);
      count(units.at(unitOf.get(pool.accountId) ?? unknownUnit), pool);
      count(regions.at(pool.region), pool);
      for (const policy of pool.policies) countPolicy(policies.at(policy), pool, policy);
    },
    found: () => ({
      accounts: accounts.sorted(),
      units: units.sorted(),
      regions: regions.sorted(),
      policies: policies.sorted(),
    }),
  };
}

const unknownUnit = 'not known';

function unitPath({ path, inOrganization }: Account): string {
  if (inOrganization === false) return 'no organization';
  return path === null ? unknownUnit : `/${path.map(({ name }) => name).join('/')}`;
}

function addNote(row: BreakdownRow, note: string): void {
  row.note = row.note === '' ? note : `${row.note} · ${note}`;
}

interface Table {
  at(key: string, name?: string): BreakdownRow;
  sorted(): readonly BreakdownRow[];
}

function newTable(): Table {
  const rows = new Map<string, BreakdownRow>();
  return {
    at(key, name = key) {
      const known = rows.get(key);
      if (known !== undefined) return known;
      const row = {
        name,
        note: '',
        pools: 0,
        compliant: 0,
        drifting: 0,
        excepted: 0,
        uncovered: 0,
        unreadable: 0,
        gaps: 0,
      };
      rows.set(key, row);
      return row;
    },
    sorted: () =>
      [...rows.values()].sort(
        (one, other) =>
          other.drifting + other.uncovered - (one.drifting + one.uncovered) ||
          other.gaps - one.gaps ||
          other.pools - one.pools,
      ),
  };
}

function count(row: BreakdownRow, { status }: PoolRecord): void {
  row.pools += 1;
  row[status === 'drifted' ? 'drifting' : status] += 1;
}

/** A pool counts under a policy by that policy's findings alone. */
function countPolicy(row: BreakdownRow, pool: PoolRecord, policy: string): void {
  const statuses = pool.findings.filter((finding) => finding.policy === policy).map(({ status }) => status);
  row.pools += 1;
  if (statuses.includes('drift')) row.drifting += 1;
  else if (pool.status === 'unreadable') row.unreadable += 1;
  else if (statuses.includes('excepted')) row.excepted += 1;
  else row.compliant += 1;
}
