/** What delivering asks of AWS, in our words: single requests, which are paced and tried again behind them. */
import type { JsonObject } from '../domain/model/json.ts';
import type { Attempt } from '../pacing/call-result.ts';

/** Why one of several was refused. */
export interface Refused {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** Security Hub in one account and region. */
export interface FindingsHub {
  readonly accountId: string;
  readonly region: string;
  /** At most 100 findings; resolves with those that were refused. */
  importFindings(findings: readonly object[]): Promise<Attempt<readonly Refused[]>>;
  /** A page of the findings of this program that are active there, as the service has them. */
  activeFindings(
    token: string | null,
  ): Promise<Attempt<{ readonly items: readonly JsonObject[]; readonly next: string | null }>>;
}
