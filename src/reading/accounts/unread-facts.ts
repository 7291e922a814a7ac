/** What more could be known of accounts and their regions, and could not be asked: no gap, since no pool is unread for it. */
import type { Failure } from '../../domain/model/observation.ts';

export const factNames = ['organization', 'units', 'names', 'parents', 'tags', 'regions'] as const;
export type FactName = (typeof factNames)[number];

export interface UnreadFact {
  readonly fact: FactName;
  /** Of the first account, by its id. */
  readonly failure: Failure;
  /** How many it was asked about. */
  readonly accounts: number;
}

/** Failures to ask, as they come in from any account in any order. */
export class UnreadFacts {
  private readonly found = new Map<FactName, UnreadFact & { readonly first: string }>();

  /** `accountId`: the account that it was asked about; empty where it concerns none by itself. */
  add(fact: FactName, accountId: string, failure: Failure): void {
    const known = this.found.get(fact);
    const earlier = known !== undefined && known.first < accountId ? known : { first: accountId, failure };
    this.found.set(fact, { ...earlier, fact, accounts: (known?.accounts ?? 0) + 1 });
  }

  /** In the order of their names above. */
  all(): readonly UnreadFact[] {
    return factNames.flatMap((fact) => this.found.get(fact) ?? []);
  }
}
