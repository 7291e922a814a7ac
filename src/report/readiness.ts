/** Readiness of pools, for reading and for programs: counts and shares, and nobody's name. */
import {
  branches,
  branchNames,
  outcomeOf,
  readings,
  type SignInOutcome,
  type GuideReading,
} from '../domain/readiness/decision-list.ts';
import type { Design, Measurement } from '../domain/readiness/measurement.ts';
import { visible } from '../escape/visible.ts';
import { counted, percent, percents, wholeNumber } from '../number-format.ts';

export interface ReadinessEntry {
  readonly account: string;
  readonly region: string;
  readonly poolId: string;
  /** Empty where the pool could not be read. */
  readonly poolName: string;
  readonly measuredAt: string;
  /** The share that the policies wait for; `null`: none does, or nobody asked. */
  readonly waitsFor: number | null;
  /** `null`: not measured, and `failure` says why. */
  readonly readiness: Measurement | null;
  /** Without a code: what was asked for is not there. */
  readonly failure: { readonly code: string | null; readonly message: string; readonly remedy: string } | null;
}

export function readinessText(entries: readonly ReadinessEntry[]): string {
  return `${entries.map((entry) => linesOf(entry).join('\n')).join('\n\n')}\n`;
}

function linesOf({
  poolName,
  poolId,
  account,
  region,
  waitsFor,
  readiness,
  failure,
}: ReadinessEntry): readonly string[] {
  const head = [visible(poolName), poolId, account, region].filter((text) => text !== '').join('  ');
  if (readiness === null) {
    const { code = null, message = '', remedy = '' } = failure ?? {};
    const why = [code ?? '', visible(message)].filter((text) => text !== '').join('  ');
    return [head, `  not measured: ${why}`, ...(remedy === '' ? [] : [`  ${visible(remedy)}`])];
  }
  return [
    head,
    ...shareLines(readiness),
    ...waitLines(readiness, waitsFor),
    ...whyLines(readiness),
    ...sampleLines(readiness),
  ];
}

const readingWords: Readonly<Record<GuideReading, string>> = {
  'as-written': 'could still sign in with MFA required, as the guide is written',
  lenient: 'if a user whose only attribute recovers the account may enrol TOTP',
};

/** One line where both readings say the same. */
function shareLines({ shares }: Measurement): readonly string[] {
  const lines = readings.map((reading) => `  ${percents(shares[reading])}  ${readingWords[reading]}`);
  const isOne = percents(shares['as-written']) === percents(shares.lenient);
  return isOne ? lines.slice(0, 1) : lines;
}

function waitLines({ shares }: Measurement, waitsFor: number | null): readonly string[] {
  if (waitsFor === null) return [];
  const ready = shares['as-written'].low >= waitsFor ? 'ready' : 'not ready';
  return [`  ${ready}: its policies wait for ${percent(waitsFor)} at least`];
}

const outcomeWords: Readonly<Record<SignInOutcome, string>> = {
  ready: 'ready',
  'must-enrol': 'must enrol',
  'locked-out': 'locked out',
  'passkey-only': 'locked out, passkey only',
};

function whyLines({ branches: found, pool, enrolment }: Measurement): readonly string[] {
  const rows = branchNames.flatMap((name) => {
    const count = found[name] ?? 0;
    if (count === 0) return [];
    const outcome = outcomeWords[outcomeOf(name, pool, 'as-written')];
    return [`    ${wholeNumber(count)}  ${outcome}: ${branches[name].says} (${branches[name].source})`];
  });
  return [...rows, `  ${enrolmentWords[enrolment ?? 'unknown']}`];
}

const enrolmentWords = {
  'managed-login': 'Whoever must enrol does so in managed login, and counts as able to sign in.',
  own: 'Whoever must enrol does so in the application, and counts as able to sign in.',
  none: 'The application does not enrol users: whoever must enrol counts as locked out.',
  unknown:
    'Nobody said who enrols users, so whoever must enrol counts as locked out (--enrolment managed-login or own, if one does).',
} as const;

const designWords: Readonly<Record<Design, string>> = {
  counted: 'all of them',
  'whole-listing': 'drawn uniformly from a whole listing',
  'prefix-clusters': 'drawn from groups whose sub begins alike; the variance between groups is in the interval',
};

function sampleLines({
  design,
  asked,
  population,
  listed,
  fellBack,
  pages,
  reads,
  billed,
}: Measurement): readonly string[] {
  const estimated = design === 'prefix-clusters' ? 'about ' : '';
  const others = (['federated', 'disabled', 'unconfirmed'] as const)
    .map((kind) => `${wholeNumber(listed[kind])} ${kind}`)
    .join(', ');
  return [
    `  Asked ${wholeNumber(asked)} of ${estimated}${counted(population, 'local user')}: ${designWords[design]}.`,
    ...(fellBack === null ? [] : [`  Not by groups: ${visible(fellBack)}`]),
    `  Left out of those listed: ${others}.`,
    `  ${counted(pages, 'page')} of ListUsers, ${counted(reads, 'read')} of factors.`,
    ...(billed === 0 ? [] : [`  ${counted(billed, 'read was', 'reads were')} by AdminGetUser, and billed.`]),
  ];
}
