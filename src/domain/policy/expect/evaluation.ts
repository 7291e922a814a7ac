/** Judging a pool's answers by expectations. Every expectation gives one check, or several where it is a map. */
import { configMember, rawMember, type Actual } from '../../model/api/api-values.ts';
import { readOnly, type Check, type Fix, type PoolInput } from './checks.ts';
import { checkExact } from './exact-check.ts';
import type {
  AnyOfExpectation,
  BlockExpectation,
  Expectation,
  Field,
  IfPresentExpectation,
  ValueExpectation,
} from './expectations.ts';
import { checkFactors } from './factors-check.ts';
import { fillValue } from './filled-values.ts';
import { isJsonObject, type JsonValue } from '../../model/json.ts';
import { holds, type Condition } from './operators.ts';
import { openAt, type OpenValues, type Possible } from '../../model/open-values.ts';
import { poolReads } from '../../model/api/reads.ts';
import { known, leftOpen, memberOf, type Known } from '../../model/subject.ts';

/** In the order of the policy's text. */
export function evaluate(expectations: readonly Expectation[], input: PoolInput): readonly Check[] {
  const checks: Check[] = [];
  for (const expectation of expectations) checks.push(...checksOf(expectation, input));
  return checks;
}

function checksOf(expectation: Expectation, input: PoolInput): readonly Check[] {
  switch (expectation.kind) {
    case 'value':
      return [checkValue(expectation, input)];
    case 'block':
      return checkBlock(expectation, input);
    case 'ifPresent':
      return checkIfPresent(expectation, input);
    case 'anyOf':
      return [checkAnyOf(expectation, input)];
    case 'factors':
      return [checkFactors(expectation, input)];
    case 'exact':
      return checkExact(expectation, input);
  }
}

function checkValue(expectation: ValueExpectation, input: PoolInput): Check {
  const actual = actualOf(expectation, input);
  if (!actual.known)
    return decidedAnyway(expectation, input) ?? toCheck(expectation, 'unknown', null, { missing: actual.missing });
  const { value } = actual;
  const shown = shownValue(value);
  if (!expectation.hasVariables) return toCheck(expectation, verdictOf(expectation.wanted, value), shown);
  const wanted = fillValue(expectation.wanted, input.subject);
  if (wanted.state === 'unreadable') return toCheck(expectation, 'unknown', shown, { missing: wanted.missing });
  if (wanted.state === 'unresolved') {
    return toCheck(expectation, 'misses', shown, { fix: { kind: 'none', reason: 'unresolved' } });
  }
  const fix = filledFix(expectation, input);
  return toCheck(expectation, verdictOf(wanted.value, value), shown, { expected: wanted.value, fix });
}

function verdictOf(wanted: Condition, actual: Actual): Check['verdict'] {
  return holds(wanted, actual) ? 'holds' : 'misses';
}

function toCheck(
  { path, location, wanted, fixValue }: ValueExpectation,
  verdict: Check['verdict'],
  actual: JsonValue,
  { expected = wanted, fix = fixValue, missing = null }: Partial<Pick<Check, 'expected' | 'fix' | 'missing'>> = {},
): Check {
  return { path, location, verdict, expected, actual, fix, missing };
}

function filledFix({ fixValue }: ValueExpectation, { subject }: PoolInput): Fix {
  if (fixValue.kind === 'none') return fixValue;
  const value = fillValue(fixValue.value, subject);
  return value.state === 'filled' ? { kind: 'set', value: value.value } : { kind: 'none', reason: 'unresolved' };
}

/** A map on a block that is not there does not hold, also where each of its entries would. */
function checkBlock(expectation: BlockExpectation, input: PoolInput): readonly Check[] {
  const inner = evaluate(expectation.entries, input);
  if (inner.some(({ verdict }) => verdict !== 'holds')) return inner;
  const actual = actualOf(expectation, input);
  if (!actual.known || isJsonObject(actual.value.value)) return inner;
  const wanted = fillValue(expectation.wanted, input.subject).value;
  const { path, location } = expectation;
  const fix: Fix = expectation.source === 'mfaConfig' ? { kind: 'none', reason: 'no-target' } : readOnly;
  const shown = shownValue(actual.value);
  return [...inner, { path, location, verdict: 'misses', expected: wanted, actual: shown, fix, missing: null }];
}

function checkIfPresent(expectation: IfPresentExpectation, input: PoolInput): readonly Check[] {
  const actual = actualOf(expectation, input);
  if (actual.known && actual.value.present) return evaluate(expectation.inner, input);
  const { path, location } = expectation;
  return [
    {
      path,
      location,
      verdict: actual.known ? 'holds' : 'unknown',
      expected: { present: false },
      actual: null,
      fix: readOnly,
      missing: actual.known ? null : actual.missing,
    },
  ];
}

function checkAnyOf(expectation: AnyOfExpectation, input: PoolInput): Check {
  const alternatives = expectation.alternatives.map((alternative) => evaluate(alternative, input));
  const misses = alternatives.map((checks) => checks.filter(({ verdict }) => verdict === 'misses'));
  const open = alternatives.find((checks, index) => misses[index]?.length === 0 && checks.some(isUnknown));
  const isHeld = alternatives.some((checks) => checks.every(({ verdict }) => verdict === 'holds'));
  const missing = isHeld ? null : (open?.find(isUnknown)?.missing ?? null);
  return {
    path: expectation.path,
    location: expectation.location,
    verdict: isHeld ? 'holds' : missing === null ? 'misses' : 'unknown',
    expected: expectation.wanted.map((wanted) => fillValue(wanted, input.subject).value),
    actual: misses.map((checks) => checks.map(({ path }) => path)),
    fix: readOnly,
    missing,
  };
}

function isUnknown({ verdict }: Check): boolean {
  return verdict === 'unknown';
}

function actualOf({ source, members }: Field, { subject, config }: PoolInput): Known<Actual> {
  const missing = subject.open === undefined ? null : leftOpen(subject, openPath(source, members));
  if (missing !== null) return { known: false, missing };
  if (source === 'mfaConfig') return known(configMember(config, members));
  const [first, ...rest] = members;
  if (first === undefined) return known({ value: {}, present: true });
  const member = memberOf(subject, source, first);
  if (!member.known) return member;
  const value = rawMember(member.value, rest);
  return known({ value, present: value !== undefined });
}

function openPath(source: Field['source'], members: readonly string[]): string {
  const { block } = poolReads[source];
  return [...(block === null ? [] : [block]), ...members].join('.');
}

/** Where all that an open value can be holds, or all of it misses, that is the verdict; `null`: it is not known. */
function decidedAnyway(expectation: ValueExpectation, { subject }: PoolInput): Check | null {
  const { source, members, wanted, hasVariables } = expectation;
  const possible = possibleAt(subject.open, openPath(source, members));
  if (possible === null || hasVariables) return null;
  const [first, ...others] = possible.map((value) => verdictOf(wanted, actualIf(value, members)));
  if (first === undefined || others.some((verdict) => verdict !== first)) return null;
  return toCheck(expectation, first, shownPossible(possible));
}

/** All that the value itself can be; `null`: anything, or a block around it is open, which may not be there. */
function possibleAt(open: OpenValues | undefined, path: string): Possible | null {
  const left = open?.get(path);
  return left === openAt(open, path) ? (left?.possible ?? null) : null;
}

function actualIf(value: JsonValue | undefined, members: readonly string[]): Actual {
  return value === undefined ? configMember({}, members) : { value, present: true };
}

function shownPossible(possible: Possible): JsonValue {
  return possible.map((value) => value ?? null);
}

/** The value read or the default; `null` for what is not there, a block that only its defaults fill too. */
function shownValue({ value, present }: Actual): JsonValue {
  return value === undefined || (!present && isJsonObject(value)) ? null : value;
}
