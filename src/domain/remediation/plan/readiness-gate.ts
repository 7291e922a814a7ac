/** Which changes wait until enough users are ready for them, what has to be known of these, and what it says. */
import { percent, percents, counted } from '../../../number-format.ts';
import type { Enrolment } from '../../model/enrolment.ts';
import { factorNames, knownSettings, usability } from '../../model/mfa/factors.ts';
import { poolFactsOf, type PoolFacts } from '../../readiness/decision-list.ts';
import type { NotMeasured, ReadinessRecord } from '../../readiness/record.ts';
import type { Objection } from '../model/refusals.ts';
import { lineOf, type RequestedChange } from '../request/requested-changes.ts';
import type { ChangeContext } from '../risk/risk-conditions.ts';
import type { FieldName } from '../risk/risk-table.ts';
import type { ProposedChange } from './proposed-change.ts';

/** What has to be measured before a change that could keep users out. */
export interface ReadinessQuestion {
  /** As it would be. */
  readonly pool: PoolFacts;
  readonly enrolment: Enrolment;
  /** The share that the change waits for; `null`: for none. */
  readonly waitsFor: number | null;
}

/** `null`: the change keeps nobody out. Of several policies the one that waits for most counts. */
export function questionOf(
  { context }: Pick<ProposedChange, 'context'>,
  asked: readonly RequestedChange[],
): ReadinessQuestion | null {
  if (!requiresMfa(context) && !takesFactorAway(context)) return null;
  const { before, after, settings } = context;
  const lines = asked.flatMap(({ readiness }) => readiness ?? []);
  return {
    pool: poolFactsOf(after, settings, before),
    enrolment: enrolmentOf(asked),
    waitsFor: lines.length === 0 ? null : Math.max(...lines),
  };
}

function requiresMfa({ before, after }: ChangeContext): boolean {
  return after.mode === 'ON' && before.mode !== 'ON';
}

/** A factor that users may have set up; or the relying party that their passkeys are registered with. */
function takesFactorAway({ before, after, settings }: ChangeContext): boolean {
  if (after.mode === 'OFF') return false;
  const known = knownSettings(settings);
  const lost = factorNames.some(
    (factor) => usability(factor, before, known) !== 'no' && usability(factor, after, known) === 'no',
  );
  const party = before.relyingParty;
  return lost || (settings.firstFactors.includes('WEB_AUTHN') && party !== null && party !== after.relyingParty);
}

/** That nobody enrols users is believed before that somebody does. */
function enrolmentOf(asked: readonly RequestedChange[]): Enrolment {
  const said = asked.flatMap(({ enrolment }) => enrolment ?? []);
  return said.find((each) => each === 'none') ?? said[0] ?? null;
}

/** What readiness knows the consequences of; whom a message no longer reaches, or whose device is too old, it does not. */
const measured: readonly FieldName[] = [
  'MfaConfiguration',
  'SoftwareTokenMfaConfiguration',
  'SmsMfaConfiguration',
  'EmailMfaConfiguration',
  'WebAuthnConfiguration.RelyingPartyId',
];

/** Users whom a change could keep out, at the most. */
export function usersAtRisk(
  { context, transitions }: Pick<ProposedChange, 'context' | 'transitions'>,
  readiness: ReadinessRecord | null,
): number {
  const users = context.settings.users ?? 0;
  if (readiness === null) return users;
  const unmeasured = transitions.some(({ field, risk }) => risk !== 'tightening' && !measured.includes(field));
  return unmeasured ? users : readiness.lockedOutAtMost;
}

export const notAsked: Objection = {
  code: 'not-ready',
  message: 'Nobody has asked its users whether they could still sign in afterwards.',
};

export function notMeasured({ message, remedy }: NotMeasured): Objection {
  const said = `${message.replace(/\.$/, '')}. ${remedy}`.trim();
  return { code: 'not-ready', message: `How many of its users could still sign in is not known: ${said}` };
}

/** @param goesOn what the policies want meanwhile is there */
export function notReady(record: ReadinessRecord, asked: readonly RequestedChange[], goesOn: boolean): Objection {
  const { shares, population, waitsFor, lockedOutAtMost } = record;
  const lines = [...new Set(asked.filter(({ readiness }) => readiness === waitsFor).map(lineOf))];
  const numbers = `${percents(shares['as-written'])} of its ${counted(population, 'local user')} could still sign in, and ${lines.join(' and ')} ${lines.length === 1 ? 'waits' : 'wait'} for ${percent(waitsFor)} at least`;
  const harm = `up to ${counted(lockedOutAtMost, 'user')} would be locked out`;
  const why = goesOn ? '' : ' mfa-drift readiness says why the others could not.';
  return {
    code: goesOn ? 'rolling-out' : 'not-ready',
    message: `${goesOn ? 'The rollout goes on: ' : ''}${numbers}; ${harm}.${why}${enrolmentHint(record)}`,
  };
}

function enrolmentHint({ enrolment, outcomes }: ReadinessRecord): string {
  const count = outcomes['must-enrol'];
  if (enrolment !== null || count === 0) return '';
  return ` ${counted(count, 'user')} of those asked must enrol and count as locked out, since the policy does not say who enrols them (remediation.enrolment).`;
}
