/** How the pools stand in each organizational unit, with all below it. */
import type { Account, OrganizationalUnit } from '../../../domain/model/observation.ts';
import { isOpen, poolStatuses, type PoolRecord, type PoolStatus, type Result } from '../../../domain/result/result.ts';

export interface UnitNode {
  readonly name: string;
  /** Of these and of all below, as the numbers are. */
  readonly pools: Readonly<Record<PoolStatus, number>>;
  readonly accounts: number;
  /** Open ones. */
  readonly gaps: number;
  readonly children: readonly UnitNode[];
}

export interface UnitTreeCollector {
  pool(pool: PoolRecord): void;
  /**
   * `null` where no unit is known.
   *
   * @param limit units by their name, with those above them; others stand together under the one above
   */
  found(limit: number): UnitNode | null;
}

interface Growing {
  readonly name: string;
  readonly above: Growing | null;
  readonly below: Map<string, Growing>;
  readonly pools: Record<PoolStatus, number>;
  accounts: number;
  gaps: number;
}

/** Reads accounts, skips and gaps at once; pools are handed in as they are read. */
export async function newUnitTree(result: Result): Promise<UnitTreeCollector> {
  const root = grow('All accounts', null);
  const nodeOf = new Map<string, Growing>();
  let isKnown = false;
  for await (const account of result.accounts()) {
    nodeOf.set(account.id, nodeAt(root, pathOf(account)));
    isKnown ||= account.path !== null && account.path.length > 0;
  }
  const skipped = new Set<string>();
  for await (const { scope, accountId } of result.skipped()) if (scope === 'account') skipped.add(accountId);
  for (const [id, node] of nodeOf) if (!skipped.has(id)) upwards(node, (each) => (each.accounts += 1));
  for await (const gap of result.gaps()) {
    if (isOpen(gap)) upwards(nodeOf.get(gap.accountId ?? '') ?? root, (each) => (each.gaps += 1));
  }
  return {
    pool({ accountId, status }) {
      upwards(nodeOf.get(accountId) ?? root, ({ pools }) => (pools[status] += 1));
    },
    found: (limit) => (isKnown ? finished(root, worstOf(root, limit)) : null),
  };
}

/** Accounts right under the root stand in the root alone. */
function pathOf({ path, inOrganization }: Account): readonly OrganizationalUnit[] {
  if (inOrganization === false) return [{ id: '', name: '(in no organization)' }];
  return path ?? [{ id: '', name: '(unit not known)' }];
}

function nodeAt(root: Growing, path: readonly OrganizationalUnit[]): Growing {
  return path.reduce((above, { id, name }) => {
    const key = `${id} ${name}`;
    const node = above.below.get(key) ?? grow(name ?? id, above);
    above.below.set(key, node);
    return node;
  }, root);
}

function grow(name: string, above: Growing | null): Growing {
  const pools = { unreadable: 0, drifted: 0, uncovered: 0, excepted: 0, compliant: 0 };
  return { name, above, below: new Map(), pools, accounts: 0, gaps: 0 };
}

function upwards(node: Growing, count: (each: Growing) => void): void {
  for (let each: Growing | null = node; each !== null; each = each.above) count(each);
}

/** Those with the most drift, then gaps, then pools, without those that have none of it; whatever is above them has at least as much. */
function worstOf(root: Growing, limit: number): ReadonlySet<Growing> {
  const all = below(root).filter(({ pools, gaps }) => sizeOf(pools) + gaps > 0);
  all.sort(byHarm);
  return new Set(all.slice(0, limit));
}

function below(node: Growing): Growing[] {
  return [...node.below.values()].flatMap((each) => [each, ...below(each)]);
}

function byHarm(one: Pick<Growing, 'pools' | 'gaps'>, other: Pick<Growing, 'pools' | 'gaps'>): number {
  return harm(other) - harm(one) || other.gaps - one.gaps || sizeOf(other.pools) - sizeOf(one.pools);
}

function harm({ pools }: Pick<Growing, 'pools'>): number {
  return pools.drifted + pools.uncovered;
}

/** All pools of it. */
export function sizeOf({ unreadable, drifted, uncovered, excepted, compliant }: UnitNode['pools']): number {
  return unreadable + drifted + uncovered + excepted + compliant;
}

function finished(node: Growing, kept: ReadonlySet<Growing>): UnitNode {
  const { name, pools, accounts, gaps } = node;
  const children = [...node.below.values()].sort(byHarm);
  const own = children.filter((each) => kept.has(each)).map((each) => finished(each, kept));
  const others = children.filter((each) => !kept.has(each));
  return { name, pools, accounts, gaps, children: [...own, ...(others.length === 0 ? [] : [together(others)])] };
}

function together(nodes: readonly Growing[]): UnitNode {
  const sum = grow('', null);
  for (const { pools, accounts, gaps } of nodes) {
    for (const status of poolStatuses) sum.pools[status] += pools[status];
    sum.accounts += accounts;
    sum.gaps += gaps;
  }
  const count = nodes.length + nodes.flatMap(below).length;
  const { pools, accounts, gaps } = sum;
  return { name: count === 1 ? '1 other unit' : `${count} other units`, pools, accounts, gaps, children: [] };
}
