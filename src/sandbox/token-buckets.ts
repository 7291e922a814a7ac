/** One token to take: from the bucket named `key`, which refills at `rate` a second up to `rate` tokens. */
export interface TokenClaim {
  readonly key: string;
  readonly rate: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Every bucket is full again after one second at rest; then it may be forgotten. */
const restMs = 1000;

/** Token buckets by name, made full when first asked for and forgotten when full again, so that memory follows traffic. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private sweepAt = 10_000;

  /** Takes one token of each, or none at all. */
  takeAll(claims: readonly TokenClaim[], nowMs: number): boolean {
    const buckets = claims.map((claim) => this.refilled(claim, nowMs));
    // A token's worth of rounding must not refuse a client that paces exactly at the rate.
    if (buckets.some((bucket) => bucket.tokens < 1 - 1e-6)) return false;
    for (const bucket of buckets) bucket.tokens -= 1;
    return true;
  }

  private refilled({ key, rate }: TokenClaim, nowMs: number): Bucket {
    const known = this.buckets.get(key);
    if (known === undefined) return this.fresh(key, rate, nowMs);
    const elapsedMs = Math.max(0, nowMs - known.filledAtMs);
    known.tokens = Math.min(rate, known.tokens + (elapsedMs / 1000) * rate);
    known.filledAtMs = nowMs;
    return known;
  }

  private fresh(key: string, rate: number, nowMs: number): Bucket {
    if (this.buckets.size >= this.sweepAt) this.sweep(nowMs);
    const bucket = { tokens: rate, filledAtMs: nowMs };
    this.buckets.set(key, bucket);
    return bucket;
  }

  private sweep(nowMs: number): void {
    for (const [key, bucket] of this.buckets) {
      if (nowMs - bucket.filledAtMs >= restMs) this.buckets.delete(key);
    }
    this.sweepAt = Math.max(10_000, this.buckets.size * 2);
  }
}
