/** Measures simulated pools of fixed seeds and says of each whether the true share lies in its interval. */
import type { Interval } from '../../../src/domain/readiness/intervals.ts';
import type { Measurement } from '../../../src/domain/readiness/measurement.ts';
import { measureReadiness, type Measuring } from '../../../src/reading/readiness/measure.ts';
import { seeded, simulatedPool, type Kind } from './simulated-pool.ts';

/** TOTP alone, with nobody who enrols: whoever has it is ready, and whoever does not is locked out. */
export const totpPool = {
  required: true,
  passkeys: true,
  totp: true,
  sms: false,
  email: false,
  recovery: null,
};

export function measuring(more: Partial<Measuring> = {}): Measuring {
  return {
    pool: totpPool,
    enrolment: 'none',
    line: null,
    estimatedUsers: null,
    maxReads: null,
    maxTimeMs: null,
    pagesPerSecond: 15,
    random: seeded(1),
    now: () => 0,
    ...more,
  };
}

export interface Fleet {
  readonly seed: number;
  readonly kind: Kind;
  readonly users: number;
  readonly share: number;
}

const kinds: readonly Kind[] = ['random', 'by-time', 'by-time-grown', 'by-time-in-waves'];
const sizes = [10, 300, 1_999, 5_000, 40_000, 250_000, 1_000_000];
const shares = [0.5, 0.8, 0.95, 0.98, 0.995, 0.999];

/** Every size, kind and share in turn, which have no common divisor that would pair them up. */
export function fleets(count: number): readonly Fleet[] {
  return Array.from({ length: count }, (_, at) => ({
    seed: 7_000 + at,
    kind: kinds[at % kinds.length] ?? 'random',
    users: sizes[Math.floor(at / kinds.length) % sizes.length] ?? 10,
    share: shares[Math.floor(at / (kinds.length * sizes.length)) % shares.length] ?? 0.5,
  }));
}

export interface Measured {
  readonly fleet: Fleet;
  readonly truth: number;
  readonly measurement: Measurement;
}

/** The service's estimate is one: up to a tenth off. */
export async function measure(fleet: Fleet): Promise<Measured> {
  const random = seeded(fleet.seed);
  const { truth, users, reader } = simulatedPool(fleet.kind, fleet.users, fleet.share, random);
  const estimatedUsers = Math.round(users * (0.9 + 0.2 * random()));
  const measurement = await measureReadiness(reader, measuring({ estimatedUsers, random }));
  return { fleet, truth, measurement };
}

export function covers({ low, high }: Interval, truth: number): boolean {
  return low <= truth && truth <= high;
}
