/** Faults by seed and rate. Whether a call is spoiled depends on the call and how often it came, not on the order of calls. */
import { hash } from 'node:crypto';
import { fraction } from '../seeded.ts';
import type { faultKinds } from './schema.ts';

export type FaultKind = (typeof faultKinds)[number];

/** Spoils calls, or delays them, or both. */
export interface Fault {
  readonly fault?: FaultKind;
  /** Fixed, or the least and the most. */
  readonly latencyMs?: number | readonly number[];
  /** Share of the calls that it strikes; default 1. */
  readonly rate?: number;
  readonly operations?: readonly string[];
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** Matching calls that pass first; default 0. */
  readonly after?: number;
  /** It ends after so many. */
  readonly count?: number;
}

export interface FaultSet {
  readonly seed?: number;
  readonly faults: readonly Fault[];
}

export interface FaultyCall {
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  /** The body: what tells calls of one operation apart. */
  readonly payload: string | Buffer;
  readonly isSession: boolean;
}

export interface Spoiling {
  readonly kind: FaultKind | null;
  readonly delayMs: number;
}

interface Counted {
  readonly rule: Fault;
  seen: number;
  done: number;
}

/** Decides call by call; counts what it saw. */
export class FaultPlan {
  private readonly seed: number;
  private readonly faults: readonly Counted[];
  private readonly attempts = new Map<string, number>();

  constructor({ seed = 1, faults }: FaultSet) {
    this.seed = seed;
    this.faults = faults.map((rule) => ({ rule, seen: 0, done: 0 }));
  }

  /** Delays add up; of the faults the first that strikes is the one. */
  spoil(call: FaultyCall): Spoiling {
    let kind: FaultKind | null = null;
    let delayMs = 0;
    const attempt = this.attemptOf(call);
    for (const [index, fault] of this.faults.entries()) {
      const draw = `${index}/${attempt}`;
      if (!matches(fault.rule, call) || !this.strikes(fault, draw)) continue;
      kind ??= fault.rule.fault ?? null;
      delayMs += delayOf(fault.rule.latencyMs ?? 0, fraction(this.seed, `delay/${draw}`));
    }
    return { kind, delayMs };
  }

  /** Names the call and how often it came; the third try of a call is the same in every run. */
  private attemptOf(call: FaultyCall): string {
    if (this.faults.length === 0) return '';
    const key = `${call.operation}/${call.accountId}/${call.region}/${hash('sha256', call.payload)}`;
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempt);
    return `${key}/${attempt}`;
  }

  private strikes(fault: Counted, draw: string): boolean {
    const { rate = 1, after = 0, count = Infinity } = fault.rule;
    fault.seen += 1;
    if (fault.seen <= after || fault.done >= count || fraction(this.seed, draw) >= rate) return false;
    fault.done += 1;
    return true;
  }
}

function matches(rule: Fault, call: FaultyCall): boolean {
  if (rule.fault === 'expireSession' && !call.isSession) return false;
  return (
    (rule.operations?.includes(call.operation) ?? true) &&
    (rule.accounts?.includes(call.accountId) ?? true) &&
    (rule.regions?.includes(call.region) ?? true)
  );
}

function delayOf(latencyMs: number | readonly number[], draw: number): number {
  if (typeof latencyMs === 'number') return latencyMs;
  const [least = 0, most = least] = latencyMs;
  return least + draw * (most - least);
}
