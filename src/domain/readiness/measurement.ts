/** What a measurement of readiness found: counts and shares, and nothing that names a user. */
import type { Enrolment } from '../model/enrolment.ts';
import {
  outcomeOf,
  readings,
  type BranchName,
  type SignInOutcome,
  type PoolFacts,
  type GuideReading,
} from './decision-list.ts';
import { binomialInterval, clusterInterval, hypergeometricInterval, type Interval } from './intervals.ts';
import type { UserKind } from './users.ts';

/**
 * How the users that were asked were drawn. `counted`: all were asked. `whole-listing`: all were listed, and some drawn
 * uniformly. `prefix-clusters`: groups of users whose `sub` begins alike were drawn, and users out of these.
 */
export const designs = ['counted', 'whole-listing', 'prefix-clusters'] as const;
export type Design = (typeof designs)[number];

/** A user who was asked, by what was found alone. */
export interface AskedUser {
  readonly branch: BranchName;
  /** Of the draw; 0 where there are none. */
  readonly cluster: number;
}

export interface Sample {
  readonly design: Design;
  /** Local users of the pool; estimated by `prefix-clusters`. */
  readonly population: number;
  /** Clusters that were drawn, also the empty ones. */
  readonly clusters: number;
  readonly answers: readonly AskedUser[];
}

/** Of the pool's local users, those who could still sign in. */
export interface Share extends Interval {
  readonly share: number;
}

/** What a share is of: the pool after the change, who enrols its users, and how the guide is read. */
export interface Assumption {
  readonly pool: PoolFacts;
  readonly enrolment: Enrolment;
  readonly reading: GuideReading;
}

/** Whether a user on whom the branch decides could still sign in. */
export function canSignIn(branch: BranchName, { pool, enrolment, reading }: Assumption): boolean {
  const outcome = outcomeOf(branch, pool, reading);
  return outcome === 'ready' || (outcome === 'must-enrol' && enrols(enrolment));
}

function enrols(enrolment: Enrolment): boolean {
  return enrolment === 'managed-login' || enrolment === 'own';
}

/** @param error how often the interval may miss the true share, both sides together */
export function shareOf(sample: Sample, assumption: Assumption, error: number): Share {
  const { answers, population } = sample;
  if (population === 0) return { share: 1, low: 1, high: 1 };
  if (answers.length === 0) return { share: 0, low: 0, high: 1 };
  const hits = answers.filter(({ branch }) => canSignIn(branch, assumption)).length;
  return { share: hits / answers.length, ...intervalOf(sample, hits, assumption, error) };
}

function intervalOf(sample: Sample, hits: number, assumption: Assumption, error: number): Interval {
  const { design, answers, population } = sample;
  switch (design) {
    // Of all of them the interval is the share itself.
    case 'counted':
    case 'whole-listing':
      return answers.length > population
        ? binomialInterval(hits, answers.length, error)
        : hypergeometricInterval(hits, answers.length, population, error);
    case 'prefix-clusters':
      return clusterInterval(countsByCluster(sample, assumption), error);
  }
}

function countsByCluster({ answers, clusters }: Sample, assumption: Assumption) {
  const counts = Array.from({ length: clusters }, () => ({ count: 0, hits: 0 }));
  for (const { branch, cluster } of answers) {
    const counted = counts[cluster];
    if (counted === undefined) continue;
    counted.count += 1;
    if (canSignIn(branch, assumption)) counted.hits += 1;
  }
  return counts;
}

export type Outcomes = Readonly<Record<SignInOutcome, number>>;

/** All that is kept of a measurement. */
export interface Measurement {
  readonly design: Design;
  /** Why not the design that the size of the pool would have had, as a sentence; `null`: it had it. */
  readonly fellBack: string | null;
  readonly enrolment: Enrolment;
  readonly pool: PoolFacts;
  /** Local, enabled, confirmed users; estimated by `prefix-clusters`. */
  readonly population: number;
  /** All users that were listed. */
  readonly listed: Readonly<Record<UserKind, number>>;
  readonly asked: number;
  /** Of those asked, by the row of the decision list that decided; rows that decided about nobody are left out. */
  readonly branches: Readonly<Partial<Record<BranchName, number>>>;
  readonly outcomes: Readonly<Record<GuideReading, Outcomes>>;
  readonly shares: Readonly<Record<GuideReading, Share>>;
  /** Requests made: pages of `ListUsers`, and reads of a user's factors. */
  readonly pages: number;
  readonly reads: number;
  /** Of these reads, those by `AdminGetUser`, which counts the user as active for the month's bill. */
  readonly billed: number;
}

export function branchCounts(answers: readonly AskedUser[]): Measurement['branches'] {
  const counts: Partial<Record<BranchName, number>> = {};
  for (const { branch } of answers) counts[branch] = (counts[branch] ?? 0) + 1;
  return counts;
}

export function outcomeCounts(answers: readonly AskedUser[], pool: PoolFacts, reading: GuideReading): Outcomes {
  const counts = { ready: 0, 'must-enrol': 0, 'locked-out': 0, 'passkey-only': 0 };
  for (const { branch } of answers) counts[outcomeOf(branch, pool, reading)] += 1;
  return counts;
}

/** One value for each reading of the guide. */
export function byReading<T>(make: (reading: GuideReading) => T): Readonly<Record<GuideReading, T>> {
  const [asWritten, lenient] = readings;
  return { [asWritten]: make(asWritten), [lenient]: make(lenient) };
}

/** A whole number of users whose share went through a division is not rounded down to one less. */
const rounding = 1e-6;

/** Users who could be locked out, at the most: the upper end, of no fewer users than either count of them. */
export function mostLockedOut({ shares, population }: Measurement, estimatedUsers: number | null): number {
  const users = Math.max(population, estimatedUsers ?? 0);
  return users - Math.floor(shares['as-written'].low * users + rounding);
}
