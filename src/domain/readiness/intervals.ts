/** Intervals of a share that are true at least as often as they say, however few were asked and however one-sided the answer. */
import { betaQuantile, logGamma, studentQuantile } from './distributions.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Clopper and Pearson's: of `count` users drawn independently `hits` can sign in. Neither needs to be whole.
 * @param error how often it may be wrong, both sides together
 */
export function binomialInterval(hits: number, count: number, error: number): Interval {
  const misses = count - hits;
  return {
    low: hits <= 0 ? 0 : betaQuantile(error / 2, hits, misses + 1),
    high: misses <= 0 ? 1 : betaQuantile(1 - error / 2, hits + 1, misses),
  };
}

/** The exact one of a draw of `count` without replacement out of `population`; as shares of the population. */
export function hypergeometricInterval(hits: number, count: number, population: number, error: number): Interval {
  const [least, most] = [hits, population - (count - hits)];
  const lowest = firstWhole(least, most, (ready) => chanceOfAtLeast(hits, count, ready, population) > error / 2);
  const beyond = firstWhole(least, most + 1, (ready) => chanceOfAtMost(hits, count, ready, population) <= error / 2);
  return { low: lowest / population, high: (beyond - 1) / population };
}

/** The least whole number from which on `holds`, which once true stays true; `to` where it never is. */
function firstWhole(from: number, to: number, holds: (value: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function chanceOfAtMost(hits: number, count: number, ready: number, population: number): number {
  return summed(Math.max(0, count - (population - ready)), hits, count, ready, population);
}

function chanceOfAtLeast(hits: number, count: number, ready: number, population: number): number {
  return summed(hits, Math.min(count, ready), count, ready, population);
}

/** Each chance follows from the one before it, in logarithms, since the first may be too small for a number. */
function summed(from: number, to: number, count: number, ready: number, population: number): number {
  const others = population - ready - count;
  let log = logChoose(ready, from) + logChoose(population - ready, count - from) - logChoose(population, count);
  let chance = 0;
  for (let hits = from; hits <= to; hits += 1) {
    chance += Math.exp(log);
    log += Math.log(((ready - hits) * (count - hits)) / ((hits + 1) * (others + hits + 1)));
  }
  return chance;
}

function logChoose(from: number, count: number): number {
  return logGamma(from + 1) - logGamma(count + 1) - logGamma(from - count + 1);
}

/** Of the users asked in one cluster. */
export interface ClusterCount {
  readonly count: number;
  readonly hits: number;
}

/**
 * Korn and Graubard's for a sample of clusters ("Confidence intervals for proportions with small expected number of positive
 * counts estimated from survey data", 1998): Clopper and Pearson's with the size that a simple draw of the same
 * variance would have, fewer where the variance itself is known from few clusters. A cluster in which all are alike says no
 * more than one user, and that is assumed where no variance was seen at all.
 * @param clusters all that were drawn, also those in which nobody was asked
 */
export function clusterInterval(clusters: readonly ClusterCount[], error: number): Interval {
  const count = total(clusters, (cluster) => cluster.count);
  const hits = total(clusters, (cluster) => cluster.hits);
  const asked = clusters.filter((cluster) => cluster.count > 0).length;
  if (asked < 2) return { low: 0, high: 1 };
  const size = effectiveSize(clusters, count, hits / count);
  const narrowed = studentQuantile(1 - error / 2, count - 1) / studentQuantile(1 - error / 2, asked - 1);
  const effective = Math.min(count, size) * narrowed ** 2;
  return binomialInterval((hits / count) * effective, effective, error);
}

function effectiveSize(clusters: readonly ClusterCount[], count: number, share: number): number {
  const alike = count ** 2 / total(clusters, (cluster) => cluster.count ** 2);
  if (share === 0 || share === 1) return alike;
  const squares = total(clusters, (cluster) => (cluster.hits - share * cluster.count) ** 2);
  const variance = ((clusters.length / (clusters.length - 1)) * squares) / count ** 2;
  return (share * (1 - share)) / variance;
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
