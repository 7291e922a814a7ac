/** What is asked of AWS CloudTrail in one account and region: single requests, in our words. */
import type { ChangeEventName } from '../domain/model/blame.ts';
import type { JsonObject } from '../domain/model/json.ts';
import type { Attempt } from '../pacing/call-result.ts';
import type { Page } from './cloud.ts';

export interface EventCalls {
  ready(): Promise<Attempt<void>>;
  /**
   * `LookupEvents` by the name of an event: the events themselves, newest first, at most 50 a page.
   *
   * @param from ISO 8601, UTC: no older ones; `null`: as far back as CloudTrail goes, which is 90 days
   */
  lookUp(name: ChangeEventName, from: string | null, token: string | null): Promise<Attempt<Page<JsonObject>>>;
}

export interface EventReaders {
  events(accountId: string, region: string): EventCalls;
}
