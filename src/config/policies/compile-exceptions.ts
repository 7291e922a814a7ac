/** A document of kind Exceptions, already of the right shape, to exceptions. */
import type { FromSchema } from 'json-schema-to-ts';
import { daysLeft } from '../../domain/policy/exceptions.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { PolicyException } from '../../domain/policy/policy.ts';
import type { Path } from '../../yaml/document.ts';
import { builtSchema } from '../../yaml/built-schemas.ts';
import { validate } from '../schemas/file-checks.ts?compiled';
import type { exceptionsShape } from '../schemas/exceptions-schema.ts';
import { compileMatch } from './compile-match.ts';
import { complainAtKey, complainAtValue, locationAt, type Compiling } from './compiling.ts';
import { membersAskedByMatch, sortedMembers } from './further-members.ts';

export type ExceptionsFile = FromSchema<typeof exceptionsShape, { keepDefaultedPropertiesOptional: true }>;
type ExceptionEntry = ExceptionsFile['exceptions'][number];

export const exceptionsFileSchema = builtSchema<ExceptionsFile>(validate, 'exceptions');

export interface ExceptionRules {
  readonly maxDays: number;
  readonly now: Date;
}

export function compileExceptions(
  file: ExceptionsFile,
  rules: ExceptionRules,
  context: Compiling,
): readonly PolicyException[] {
  return file.exceptions.map((entry, index) => compileException(entry, ['exceptions', index], rules, context));
}

function compileException(entry: ExceptionEntry, at: Path, rules: ExceptionRules, context: Compiling): PolicyException {
  const match = compileMatch(matchOf(at, context), [...at, 'match'], context);
  const isDay = checkDay(entry.expires, [...at, 'expires'], context);
  if (isDay) checkLength(entry.expires, [...at, 'expires'], rules, context);
  checkKeys(entry, at, context);
  return {
    match,
    policies: entry.policies ?? null,
    gaps: entry.gaps ?? null,
    paths: entry.paths ?? null,
    reason: entry.reason,
    owner: entry.owner,
    ticket: entry.ticket ?? null,
    expires: entry.expires,
    hold: entry.hold ?? false,
    members: sortedMembers(membersAskedByMatch(match)),
    location: locationAt(context, at),
  };
}

function matchOf(at: Path, { document }: Compiling): JsonObject {
  let value: JsonValue | undefined = document.value;
  for (const step of [...at, 'match']) {
    value = Array.isArray(value) ? value[Number(step)] : isJsonObject(value) ? value[String(step)] : undefined;
  }
  return isJsonObject(value) ? value : {};
}

/** The calendar has no 30 February. */
function checkDay(expires: string, at: Path, context: Compiling): boolean {
  const time = Date.parse(`${expires}T00:00:00Z`);
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(expires);
  if (!isDay) complainAtValue(context, at, `${expires} is not a day of the calendar`, null);
  return isDay;
}

/** Today counts as the first day. */
function checkLength(expires: string, at: Path, { maxDays, now }: ExceptionRules, context: Compiling): void {
  const days = daysLeft({ expires }, now) - 1;
  if (days <= maxDays) return;
  const message = `${expires} is ${days} days away, and exceptions.maxDays allows ${maxDays}`;
  complainAtValue(context, at, message, 'end it earlier and renew it, or raise exceptions.maxDays');
}

function checkKeys(entry: ExceptionEntry, at: Path, context: Compiling): void {
  if (entry.gaps === undefined) return;
  for (const key of ['policies', 'paths', 'hold'] as const) {
    if (entry[key] === undefined) continue;
    complainAtKey(
      context,
      [...at, key],
      `${key} stands beside gaps, which accepts what could not be read`,
      'write two exceptions',
    );
  }
}
