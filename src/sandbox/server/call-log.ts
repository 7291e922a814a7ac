import type { ServiceName } from '../service-failure.ts';

/** One request as the sandbox saw it. */
export interface RecordedCall {
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  readonly service: ServiceName | null;
  readonly operation: string;
  /** `null` where the request could not be authenticated. */
  readonly accountId: string | null;
  readonly region: string | null;
  readonly poolId: string | null;
  /** `ok`, the error's name, or the fault's kind. */
  readonly outcome: string;
  readonly signatureOk: boolean;
  readonly accessKeyId: string | null;
}

/** Counts of all calls always; the calls themselves only when asked for, since a big run makes hundreds of thousands. */
export class CallLog {
  /** By operation, then by outcome. */
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly recorded: RecordedCall[] | null;
  private signaturesRefused = 0;

  constructor(keepsCalls: boolean) {
    this.recorded = keepsCalls ? [] : null;
  }

  add(call: RecordedCall): void {
    const outcomes = this.counts.get(call.operation) ?? new Map<string, number>();
    this.counts.set(call.operation, outcomes.set(call.outcome, (outcomes.get(call.outcome) ?? 0) + 1));
    if (!call.signatureOk) this.signaturesRefused += 1;
    this.recorded?.push(call);
  }

  /** How many calls of the operation (of any, without one) ended so (anyhow, without an outcome). */
  count(operation?: string, outcome?: string): number {
    let sum = 0;
    for (const [name, outcomes] of this.counts) {
      for (const [end, count] of outcomes) {
        if ((operation ?? name) === name && (outcome ?? end) === end) sum += count;
      }
    }
    return sum;
  }

  /** Requests that were unsigned, signed wrongly or with an unknown key. */
  get badSignatures(): number {
    return this.signaturesRefused;
  }

  /** In the order of their arrival; throws where the sandbox was started without `recordCalls`. */
  get entries(): readonly RecordedCall[] {
    if (this.recorded === null) throw new Error('The sandbox keeps its calls only with recordCalls: true.');
    return this.recorded;
  }
}
