/** What is suspicious about a policy set without being wrong; nothing of AWS is needed to tell. */
import { mfaConfigMembers, type Members } from './api-model.ts';
import { daysLeft, isExpired } from './exceptions.ts';
import type { Expectation, FactorsExpectation, ValueExpectation } from './expectations.ts';
import { hasTemplate } from './variables.ts';
import { isJsonObject, type JsonValue } from './json.ts';
import { holds } from './operators.ts';
import type { Policy, PolicyException, PolicySet } from './policy.ts';
import type { Warning } from './result.ts';
import type { CompiledKey, CompiledSelector } from './selectors.ts';
import type { SourcePlace } from './source-place.ts';

/** In the order of files and lines. */
export function policyWarnings(set: Pick<PolicySet, 'policies' | 'exceptions'>, now: Date): readonly Warning[] {
  return [
    ...set.policies.flatMap((policy) => [
      ...untrustedExcludes(policy),
      ...contradictions(policy),
      ...idleAllows(policy),
    ]),
    ...set.exceptions.flatMap((exception) => [
      ...untrustedException(exception, set.policies),
      ...ending(exception, now),
      ...strangePaths(exception),
    ]),
  ].sort(byPlace);
}

function byPlace(a: Warning, b: Warning): number {
  if (a.file === b.file) return (a.line ?? 0) - (b.line ?? 0);
  return (a.file ?? '') < (b.file ?? '') ? -1 : 1;
}

function warn(code: string, { file, line }: SourcePlace, message: string): Warning {
  return { code, message, file, line };
}

const trustedInstead = 'select by account id, organizational unit, account tag or pool id';

/** Pool names, pool tags and account names belong to the audited account: whoever holds it can opt out. */
function untrustedExcludes(policy: Policy): readonly Warning[] {
  if (!isGrave(policy)) return [];
  return policy.match.exclude.filter(restsOnNames).map(({ place, keys }) => {
    const message = `${policy.name} (${policy.severity}) leaves out what the audited account itself names: ${labels(keys)}; ${trustedInstead}`;
    return warn('exclude-untrusted', place, message);
  });
}

function untrustedException(exception: PolicyException, policies: readonly Policy[]): readonly Warning[] {
  const named = policies.filter(({ name }) => exception.policies === null || exception.policies.includes(name));
  const grave = named.filter(isGrave).map(({ name }) => name);
  if (exception.gaps !== null || exception.hold || grave.length === 0 || !restsOnNames(exception.match)) return [];
  const what = labels(exception.match.keys);
  const message = `the exception to ${grave.join(', ')} rests on what the audited account itself names: ${what}; ${trustedInstead}`;
  return [warn('exception-untrusted', exception.place, message)];
}

function isGrave({ severity }: Policy): boolean {
  return severity === 'critical' || severity === 'high';
}

function labels(keys: readonly CompiledKey[]): string {
  return keys.map(({ label }) => label).join(', ');
}

function restsOnNames({ keys }: CompiledSelector): boolean {
  return keys.length > 0 && keys.every(isNamedByAccount);
}

function isNamedByAccount({ key, test }: CompiledKey): boolean {
  if (key === 'poolTags') return true;
  return (key === 'pools' || key === 'accounts') && test.kind === 'entries' && test.entries.some(({ isId }) => !isId);
}

/** OFF with a factor asked for can't be: the service refuses it. ON with none can't be brought about. */
function contradictions(policy: Policy): readonly Warning[] {
  const mode = valueAt(policy.expectations, 'MfaConfiguration');
  if (mode === undefined || hasTemplate(mode.wanted)) return [];
  const factor = policy.expectations.find(asksForFactor);
  const admitted = ['OFF', 'OPTIONAL', 'ON'].filter((value) => holds(mode.wanted, { value, present: true }));
  if (admitted.join() === 'OFF' && factor !== undefined) {
    const message = `${policy.name} wants MFA OFF and asks for a factor at line ${factor.place.line}: the service never has both`;
    return [warn('self-contradiction', mode.place, message)];
  }
  if (admitted.join() === 'ON' && factor === undefined && !policy.expectations.some(({ kind }) => kind === 'anyOf')) {
    const message = `${policy.name} wants MFA ON and asks for no factor: a pool without one can't be turned ON; say which factors count`;
    return [warn('self-contradiction', mode.place, message)];
  }
  return [];
}

function valueAt(expectations: readonly Expectation[], path: string): ValueExpectation | undefined {
  return expectations.find((one): one is ValueExpectation => one.kind === 'value' && one.path === path);
}

const factorBlocks = ['SmsMfaConfiguration', 'EmailMfaConfiguration'];

function asksForFactor(expectation: Expectation): boolean {
  if (expectation.kind === 'factors') return expectation.rule === 'atLeastOne';
  if (expectation.kind === 'value') return factorBlocks.includes(expectation.path) && wantsPresence(expectation.wanted);
  if (expectation.kind !== 'block' || expectation.source !== 'config') return false;
  if (factorBlocks.includes(expectation.path)) return true;
  const enabled = valueAt(expectation.entries, 'SoftwareTokenMfaConfiguration.Enabled');
  return enabled !== undefined && !holds(enabled.wanted, { value: false, present: true });
}

function wantsPresence(wanted: JsonValue): boolean {
  return isJsonObject(wanted) && wanted['present'] === true;
}

/** With MFA off no factor is usable, so `allow` has nothing to forbid. */
function idleAllows(policy: Policy): readonly Warning[] {
  return idleIn(policy, policy.expectations, []);
}

function idleIn(
  policy: Policy,
  expectations: readonly Expectation[],
  around: readonly Expectation[],
): readonly Warning[] {
  const all = [...around, ...expectations];
  const inside = expectations.flatMap((one) =>
    one.kind === 'anyOf' ? one.alternatives.flatMap((alternative) => idleIn(policy, alternative, all)) : [],
  );
  const allow = expectations.find((one): one is FactorsExpectation => one.kind === 'factors' && one.rule === 'allow');
  if (allow === undefined || refusesOff(all)) return inside;
  const message = `${policy.name} allows only ${allow.factors.join(', ')}, which a pool with MFA off satisfies; add atLeastOne or MfaConfiguration`;
  return [...inside, warn('allow-satisfied-by-off', allow.place, message)];
}

function refusesOff(expectations: readonly Expectation[]): boolean {
  const mode = valueAt(expectations, 'MfaConfiguration');
  if (mode !== undefined && !holds(mode.wanted, { value: 'OFF', present: true })) return true;
  return expectations.some((one) => one.kind === 'factors' && one.rule === 'atLeastOne');
}

const soonDays = 30;

function ending(exception: PolicyException, now: Date): readonly Warning[] {
  const { expires, owner, ticket, place } = exception;
  const whose = ticket === null ? owner : `${ticket}, ${owner}`;
  if (isExpired(exception, now)) {
    return [
      warn(
        'exception-expired',
        place,
        `the exception of ${whose} expired after ${expires}: what it covered counts again`,
      ),
    ];
  }
  const days = daysLeft(exception, now) - 1;
  if (days > soonDays) return [];
  const when = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`;
  return [warn('exception-expiring', place, `the exception of ${whose} ends ${when}, on ${expires}`)];
}

/** A field that this version does not know may still be one of the API's; a typing mistake is likelier. */
function strangePaths({ paths, place }: PolicyException): readonly Warning[] {
  return (paths ?? [])
    .filter((path) => !isKnownPath(path.split('.')))
    .map((path) =>
      warn('exception-path-unknown', place, `the exception covers ${path}, which is no field that this version knows`),
    );
}

function isKnownPath([first, ...rest]: readonly string[]): boolean {
  if (first === undefined || first === 'factors' || first === 'anyOf' || first === 'UserPool') return true;
  return isMember(mfaConfigMembers, [first, ...rest]);
}

function isMember(members: Members, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined || first === 'anyOf') return true;
  const shape = Object.hasOwn(members, first) ? members[first] : undefined;
  if (shape === undefined) return false;
  return rest.length === 0 || (typeof shape === 'object' && 'members' in shape && isMember(shape.members, rest));
}
