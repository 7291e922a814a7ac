/** Why a change is not made: a closed list of codes, each with a sentence for whoever has to act on it. */

/** In the order in which they count: of several the first is the refusal's code. */
export const refusalCodes = [
  'remediation-off',
  'unknown-fields',
  'replica',
  'undescribed',
  'mode',
  'managed-elsewhere',
  'exempt',
  'held',
  'excepted',
  'unresolved',
  'no-target',
  'conflict',
  'no-factor',
  'prerequisite',
  'not-possible',
  'unknown-transition',
  'risk',
  'too-many-users',
  'policy-changed',
  'unasked-change',
  'too-many-changes',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** One reason; the message is one or more whole sentences. */
export interface Objection {
  readonly code: RefusalCode;
  readonly message: string;
}

export interface Refusal {
  readonly code: RefusalCode;
  /** The sentences of all objections, in the order of their codes. */
  readonly message: string;
  /** Each objection, in the same order, without repetitions. */
  readonly objections: readonly Objection[];
}

/** `null` where nothing objects. */
export function refusalOf(objections: readonly Objection[]): Refusal | null {
  const sorted = [...objections].sort((a, b) => refusalCodes.indexOf(a.code) - refusalCodes.indexOf(b.code));
  const distinct = sorted.filter(
    ({ code, message }, index) =>
      sorted.findIndex((other) => other.code === code && other.message === message) === index,
  );
  const [first] = distinct;
  if (first === undefined) return null;
  return { code: first.code, message: distinct.map(({ message }) => message).join(' '), objections: distinct };
}
