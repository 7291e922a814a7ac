/** CloudTrail's event history: what calls have changed, by account and region. Calls that only read are not kept. */
import type { JsonObject } from '../../domain/model/json.ts';

export interface TrailEvent {
  readonly atMs: number;
  /** `Username` of LookupEvents. */
  readonly userName: string;
  /** The event itself, `CloudTrailEvent` of LookupEvents. */
  readonly event: JsonObject;
}

/** How far back events can be looked up (API reference, LookupEvents). */
const keptMs = 90 * 86_400_000;

export class Trail {
  /** Oldest first. */
  private readonly events = new Map<string, TrailEvent[]>();

  add(accountId: string, region: string, event: TrailEvent): void {
    const key = `${accountId}/${region}`;
    const events = this.events.get(key) ?? [];
    this.events.set(key, events);
    events.push(event);
  }

  /** Newest first; those of the last 90 days. */
  of(accountId: string, region: string, nowMs: number): readonly TrailEvent[] {
    const events = this.events.get(`${accountId}/${region}`) ?? [];
    return events.filter(({ atMs }) => atMs >= nowMs - keptMs).sort((one, other) => other.atMs - one.atMs);
  }
}
