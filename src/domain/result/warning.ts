/** What a run says beside its verdicts: a closed list of codes, and the making of a warning with its location. */
import type { Meaning } from '../model/observation.ts';
import type { SourceLocation } from '../model/source-files.ts';

/** What each code says and what to do about it; docs/codes.md is written from it. */
export const warningMeanings = {
  'allow-satisfied-by-off': {
    what: 'A list of allowed factors is satisfied by a pool without MFA.',
    help: 'Ask for `MfaConfiguration: ON` as well, if that is meant.',
  },
  'baseline-missing': {
    what: 'There was no result to compare with, so that every finding counts as new.',
    help: 'None is needed the first time; later, look where the path leads.',
  },
  'baseline-partial': {
    what: 'The earlier result had not read everything, so that some findings can not be told from new ones.',
    help: 'Compare with a complete result.',
  },
  'blame-capped': {
    what: 'More events came than pages of them are read, so that the last change of a pool was not found.',
    help: 'Raise `limits.lookupPages`.',
  },
  'blame-unread': {
    what: 'AWS CloudTrail could not be asked who changed a pool.',
    help: 'Do what the message says, mostly allow `cloudtrail:LookupEvents` to the audit role; or audit without `blame`.',
  },
  'clock-alone': {
    what: "AWS's time was not to be had.",
    help: 'Ask STS over TLS, or look at the clock of the machine.',
  },
  'clock-off': { what: "The machine's clock and AWS's differ.", help: 'Set the clock of the machine.' },
  conflict: {
    what: 'Two policies want different values of one field of a pool.',
    help: 'Let their selectors part, or let both want the same.',
  },
  'exception-expired': {
    what: 'An exception has ended and excuses nothing any more.',
    help: 'Strike it out, or have its owner decide anew.',
  },
  'exception-expiring': {
    what: 'An exception ends soon.',
    help: 'Tell its owner before the finding comes back.',
  },
  'exception-idle': {
    what: 'An exception matches pools, but covers no finding of theirs.',
    help: 'Strike it out, or correct the paths or gaps that it names.',
  },
  'exception-path-unknown': {
    what: 'An exception names a field that no policy asks about.',
    help: 'Correct the path, or strike it out.',
  },
  'exception-untrusted': {
    what: 'An exception selects by something that whoever owns the pool can change.',
    help: 'Select by account, unit or id.',
  },
  'exception-unused': {
    what: 'An exception matched nothing.',
    help: 'Correct what it selects by, or strike it out.',
  },
  'exclude-untrusted': {
    what: 'A policy leaves pools out by something that whoever owns them can change.',
    help: 'Leave out by account, unit or id, or write an exception with an end.',
  },
  'fact-unread': {
    what: 'More could be known of accounts or their regions, and could not be asked.',
    help: 'Do what the message says, mostly allow the action that it names. What depends on it is a gap.',
  },
  'pattern-differs': {
    what: 'A pattern on a name or a text uses what RE2 reads otherwise than many other engines.',
    help: 'Write the letters that are meant: `\\pL` is every letter, `\\pN` every number.',
  },
  'place-unknown': {
    what: 'A policy, an exception or the configuration names an account, unit or region that is not there.',
    help: 'Correct the name.',
  },
  'policy-unused': { what: 'A policy matched no pool.', help: 'Correct what it selects by, or strike it out.' },
  'remediation-stopped': {
    what: 'A run made none of its changes: they were over a limit, or the list of accounts could not be read whole.',
    help: 'Look at the plan, and raise the limit if so many are meant; or do what the message says.',
  },
  'selector-unused': {
    what: 'One entry of a selector matched nothing.',
    help: 'Correct it, or strike it out.',
  },
  'self-contradiction': {
    what: 'A policy asks for what no pool can have at once.',
    help: 'Strike one of the two out.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;
export type WarningCode = keyof typeof warningMeanings;
export const warningCodes = Object.keys(warningMeanings) as readonly WarningCode[];

export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** What has no file or no line of its own has an empty name or line 0. */
export function warningAt({ file, line }: SourceLocation, code: WarningCode, message: string): Warning {
  return { code, message, file: file === '' ? null : file, line: line === 0 ? null : line };
}
