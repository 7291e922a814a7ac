/** Beginnings of `sub`, a UUID in hexadecimal: `0`, `01`, …, `0190a1b2-c`. */
const digits = Array.from({ length: 16 }, (_, digit) => digit.toString(16));
/** Digits before which a UUID has a hyphen. */
const hyphens = new Set([8, 12, 16, 20]);

/** The sixteen prefixes that are one digit longer. */
export function children(prefix: string): readonly string[] {
  const length = prefix.replaceAll('-', '').length;
  const hyphen = hyphens.has(length) ? '-' : '';
  return digits.map((digit) => `${prefix}${hyphen}${digit}`);
}
