/**
 * Quantiles of the beta and Student's t distribution. Own code, since the libraries that have them come with many
 * packages or without types; test/domain/readiness/distributions.test.ts holds it against published values.
 */

/** Lanczos' approximation, to about 15 digits. Source: Godfrey's coefficients (g = 607/128, n = 15). */
const lanczos = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/** The natural logarithm of the gamma function, for x > 0. */
export function logGamma(x: number): number {
  const base = x + 607 / 128 - 0.5;
  const sum = lanczos.reduce(
    (total, coefficient, at) => (at === 0 ? coefficient : total + coefficient / (x + at - 1)),
    0,
  );
  return (x - 0.5) * Math.log(base) - base + 0.5 * Math.log(2 * Math.PI) + Math.log(sum);
}

/** The regularized incomplete beta function I_x(a, b): the chance that a beta(a, b) is at most x. */
export function betaAtMost(x: number, a: number, b: number): number {
  // The fraction converges fast on this side of the mean alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaAtMost(1 - x, b, a);
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(front) * continuedFraction(x, a, b)) / a;
}

/** Lentz's way to evaluate it. Source: DLMF 8.17.22. */
function continuedFraction(x: number, a: number, b: number): number {
  let denominator = kept(1 - ((a + b) * x) / (a + 1));
  let [c, d] = [1, 1 / denominator];
  let value = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const coefficient of [even, odd]) {
      denominator = kept(1 + coefficient * d);
      d = 1 / denominator;
      c = kept(1 + coefficient / c);
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

function kept(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** x with `betaAtMost(x, a, b)` = p, for a, b > 0. */
export function betaQuantile(p: number, a: number, b: number): number {
  return bisected(0, 1, (x) => betaAtMost(x, a, b) < p);
}

/** The t that `p` of Student's distribution is at most, for p ≥ 0.5. */
export function studentQuantile(p: number, degrees: number): number {
  const x = betaQuantile(2 * (1 - p), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}

/** Where `isBelow` turns from true to false, to the last bit. */
function bisected(from: number, to: number, isBelow: (x: number) => boolean): number {
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}
