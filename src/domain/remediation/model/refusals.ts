/** Why a change is not made: a closed list of codes, each with a sentence for whoever has to act on it. */

/**
 * What each code means; the refusal's own sentences say what to do about it. In the order in which they count: of several
 * the first is the refusal's code. docs/codes.md is written from it.
 */
export const refusalMeanings = {
  'remediation-off': '`MFA_DRIFT_REMEDIATION` is off, or the list of accounts could not be read whole.',
  'unknown-fields': 'The pool has members that this release does not know, and a call would lose them.',
  replica: "The pool is a replica; it follows its primary's region.",
  undescribed:
    'The rest of the pool (DescribeUserPool) could not be read, so that nobody knows what a call would do to it.',
  mode: 'The policies want the change reported, or planned, and not made.',
  'managed-elsewhere':
    'A tag, or an event of CloudTrail, says that another tool (CloudFormation, Terraform, …) manages the pool; it would change it back.',
  exempt: 'The pool carries the tag that exempts it from changes.',
  held: 'An exception holds the pool back, as one does that was rolled back.',
  excepted: 'An exception excuses what would be changed.',
  unresolved: 'A value that the policy wants has a variable that the pool cannot fill in.',
  'no-target': 'The policy says what may not be, and not what should be.',
  conflict: 'Two policies want different values of one field.',
  'no-factor': 'The pool would demand MFA without a factor that a user could have.',
  prerequisite: 'The service asks for something that the pool does not have.',
  'not-possible': 'No call can bring the pool there.',
  'ill-formed': 'A text of the pool, or one that it is to have, is no Unicode, and no plan can hold it.',
  'unknown-transition': 'The risk table has no row for the change.',
  risk: 'The change is riskier than the policies allow.',
  'not-ready': 'Too few of the users could surely still sign in, or nobody knows how many could.',
  'rolling-out': 'Too few users are ready yet; what the policies want meanwhile is there, and the rollout goes on.',
  'too-many-users': 'The changes would touch more users than `maxUsers` allows.',
  'policy-changed': 'The policies no longer want what the plan says.',
  'unasked-change': 'The plan names what no policy asks for, or undoes what its journal does not have.',
  'pool-changed': 'Somebody has changed the pool since the change that would be undone, or it is gone.',
  'too-many-changes': 'There are more changes than `maxChanges` or `maxChangesPercent` allows.',
} as const satisfies Readonly<Record<string, string>>;
export type RefusalCode = keyof typeof refusalMeanings;
export const refusalCodes = Object.keys(refusalMeanings) as readonly RefusalCode[];

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
