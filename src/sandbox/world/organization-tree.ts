import type { FleetAccount, FleetOrganization, FleetUnit } from '../fleet/fleet.ts';

/** An organization's roots, units and accounts, found by id and by parent. */
export class OrganizationTree {
  readonly facts: FleetOrganization;
  readonly accounts: readonly FleetAccount[];
  readonly partition: string;
  private readonly accountsById: ReadonlyMap<string, FleetAccount>;
  private readonly unitsById: ReadonlyMap<string, FleetUnit>;
  private readonly accountsByParent: ReadonlyMap<string, readonly FleetAccount[]>;
  private readonly unitsByParent: ReadonlyMap<string, readonly FleetUnit[]>;

  constructor(facts: FleetOrganization, accounts: readonly FleetAccount[], partition: string) {
    this.facts = facts;
    this.partition = partition;
    this.accounts = accounts;
    this.accountsById = new Map(accounts.map((account) => [account.id, account]));
    this.unitsById = new Map(facts.units.map((unit) => [unit.id, unit]));
    this.accountsByParent = byParent(accounts);
    this.unitsByParent = byParent(facts.units);
  }

  account(id: string): FleetAccount | undefined {
    return this.accountsById.get(id);
  }

  unit(id: string): FleetUnit | undefined {
    return this.unitsById.get(id);
  }

  isParent(id: string): boolean {
    return id === this.facts.rootId || this.unitsById.has(id);
  }

  accountsOf(parentId: string): readonly FleetAccount[] {
    return this.accountsByParent.get(parentId) ?? [];
  }

  unitsOf(parentId: string): readonly FleetUnit[] {
    return this.unitsByParent.get(parentId) ?? [];
  }

  /** `o-…/r-…/ou-…/ou-…/`, down to and with the unit or account. */
  pathOf(child: { readonly id: string; readonly parentId: string }): string {
    let path = `${child.id}/`;
    for (let id: string | undefined = child.parentId; id !== undefined; id = this.unitsById.get(id)?.parentId) {
      path = `${id}/${path}`;
    }
    return `${this.facts.id}/${path}`;
  }

  /** The management account and delegated administrators may read the organization. */
  mayRead(accountId: string): boolean {
    return accountId === this.facts.managementAccountId || this.facts.delegatedAdministrators.includes(accountId);
  }
}

function byParent<T extends { readonly parentId: string }>(children: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const child of children) {
    const group = groups.get(child.parentId);
    if (group === undefined) groups.set(child.parentId, [child]);
    else group.push(child);
  }
  return groups;
}
