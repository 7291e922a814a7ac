/** Carries a change out on the sandbox's rules, verifies it, and rolls it back, in one world; says all that went wrong. */
import { mfaStateOf } from '../../../src/domain/model/mfa/mfa-state.ts';
import { configMember, rawMember, textAt } from '../../../src/domain/model/api/api-values.ts';
import { factorNames, settingsOfSubject, usableFactors, type Factor } from '../../../src/domain/model/mfa/factors.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Change } from '../../../src/domain/remediation/model/plan.ts';
import { settingsOf } from '../../../src/domain/model/mfa/pool-settings.ts';
import { restoreCall } from '../../../src/domain/remediation/write/restore-call.ts';
import { readingDifferences, stateDifferences } from '../../../src/domain/model/mfa/config-diff.ts';
import { readBackDifferences } from '../../../src/domain/remediation/plan/verification.ts';
import { describeUserPool } from '../../../src/sandbox/cognito/descriptions.ts';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from '../../../src/sandbox/cognito/user-pools.ts';
import type { ServiceError, StoredPool, Switches } from '../../../src/sandbox/world/stored-pool.ts';
import { region } from './pool-space.ts';

export function play(pool: StoredPool, change: Change, switches: Switches): readonly string[] {
  const described = describeUserPool(pool);
  const set = setUserPoolMfaConfig(pool, change.call, switches);
  if (!set.ok) return mayBeRefused(change, described, set.error) ? [] : [`refused: ${set.error.message}`];
  const after = getUserPoolMfaConfig(set.pool, switches);
  return [
    ...readBackDifferences(change, after, described).map(({ path }) => `not verified: ${path}`),
    ...notKept(change, after).map((path) => `not kept: ${path}`),
    ...harm(change, described, after, describeUserPool(set.pool)).map((what) => `${change.risk}: ${what}`),
    ...rollBack(set.pool, change, after, switches),
  ];
}

/**
 * What no reading tells beforehand: whether a role trusts another external id, and, where SMS is a factor beside
 * recovery by phone already, that the service would not admit it again. A refused call changes nothing.
 */
function mayBeRefused({ before, after }: Change, described: JsonObject, error: ServiceError): boolean {
  const isFactor = before['MfaConfiguration'] !== 'OFF' && before['SmsMfaConfiguration'] !== undefined;
  const isByPhone = JSON.stringify(described['AccountRecoverySetting'] ?? null).includes('verified_phone_number');
  if (error.message.startsWith('Invalid account recovery setting')) return isFactor && isByPhone;
  const moved = readingDifferences(before, after).map(({ path }) => path);
  return (
    error.name === 'InvalidSmsRoleTrustRelationshipException' && moved.some((path) => path.endsWith('.ExternalId'))
  );
}

/** Compared member by member, without the program's own notion of sameness. */
function notKept({ before, because }: Change, after: JsonObject): readonly string[] {
  const factors = ['SoftwareTokenMfaConfiguration.Enabled', 'SmsMfaConfiguration', 'EmailMfaConfiguration'];
  const passkeys = ['RelyingPartyId', 'UserVerification', 'FactorConfiguration'].map(
    (member) => `WebAuthnConfiguration.${member}`,
  );
  const isOff = after['MfaConfiguration'] === 'OFF';
  return ['MfaConfiguration', ...passkeys, ...(isOff ? [] : factors)].filter((path) => {
    const isAsked = because.some((line) => line.path === path || line.path.startsWith(`${path}.`));
    return !isAsked && !isKept(before, after, path);
  });
}

function isKept(before: JsonObject, after: JsonObject, path: string): boolean {
  const [was, is] = [before, after].map((config) => configMember(config, path.split('.')).value ?? null);
  if (JSON.stringify(was) === JSON.stringify(is)) return true;
  const isFromOff = before['MfaConfiguration'] === 'OFF';
  if (path === 'SmsMfaConfiguration') return isFromOff && was === null;
  return path === 'EmailMfaConfiguration' && was === null && JSON.stringify(is) === '{}';
}

/** What a change of this risk must not do to the users' factors, by the contract's words. */
function harm(
  { risk, before }: Change,
  described: JsonObject,
  after: JsonObject,
  describedAfter: JsonObject,
): string[] {
  if (risk === 'weakening') return [];
  const had = usable(before, described);
  const has = usable(after, describedAfter);
  const gained = has.filter((factor) => !had.includes(factor));
  const strongHad = had.some((factor) => factor === 'totp' || factor === 'passkey');
  const order = ['OFF', 'OPTIONAL', 'ON'];
  const [from, to] = [before, after].map((config) => order.indexOf(textAt(config, 'MfaConfiguration') ?? 'OFF'));
  return [
    ...(to! < from! ? ['the mode went down'] : []),
    ...(had.includes('totp') && !has.includes('totp') && !has.includes('passkey')
      ? ['TOTP went without a passkey']
      : []),
    ...(had.includes('passkey') && !has.includes('passkey') ? ['the passkey factor went'] : []),
    ...(strongHad && gained.some((factor) => factor === 'sms' || factor === 'email') && from !== 0
      ? ['codes were added beside a stronger factor']
      : []),
    ...(risk === 'tightening' ? disruption(before, after, had, has) : []),
  ];
}

function disruption(before: JsonObject, after: JsonObject, had: readonly Factor[], has: readonly Factor[]): string[] {
  const relyingParty = rawMember(before, ['WebAuthnConfiguration', 'RelyingPartyId']);
  const isNew = relyingParty === undefined;
  return [
    ...(after['MfaConfiguration'] === 'ON' && before['MfaConfiguration'] !== 'ON' ? ['MFA became required'] : []),
    ...had.filter((factor) => !has.includes(factor)).map((factor) => `${factor} went`),
    ...has.filter((factor) => !had.includes(factor) && factor !== 'totp').map((factor) => `${factor} came`),
    ...(isNew || rawMember(after, ['WebAuthnConfiguration', 'RelyingPartyId']) === relyingParty
      ? []
      : ['registered passkeys died']),
  ];
}

/** An own SES sender may make the service show an e-mail block that nobody sent, with nothing in it. */
function withoutEmptyEmail({ EmailMfaConfiguration: email, ...others }: JsonObject): JsonObject {
  return email === undefined || JSON.stringify(email) === '{}' ? others : { ...others, EmailMfaConfiguration: email };
}

function usable(config: JsonObject, userPool: JsonObject): readonly Factor[] {
  const pool = { userPool: { read: true, value: userPool } };
  const { usable: names } = usableFactors(mfaStateOf(config), settingsOfSubject({ pool: pool as never }));
  return factorNames.filter((name) => names.includes(name));
}

function rollBack(pool: StoredPool, change: Change, config: JsonObject, switches: Switches): readonly string[] {
  const described = describeUserPool(pool);
  const settings = settingsOf(described, region);
  const target = restoreCall(change.before, { poolId: pool.id, region, config, userPool: described });
  if (target === null) {
    const isBack = stateDifferences(change.before, config, settings).length === 0;
    return isBack || change.reversible === 'no' ? [] : [`${change.reversible}, but nothing can be undone`];
  }
  const set = setUserPoolMfaConfig(pool, target.input, switches);
  if (!set.ok) return [`rollback refused: ${set.error.message}`];
  const back = getUserPoolMfaConfig(set.pool, switches);
  const missed = stateDifferences(target.after, back, settings).map(({ path }) => `rollback did not do ${path}`);
  const differences =
    change.reversible === 'full'
      ? readingDifferences(withoutEmptyEmail(change.before), withoutEmptyEmail(back))
      : change.reversible === 'partial'
        ? stateDifferences(change.before, back, settings)
        : [];
  return [...missed, ...differences.map(({ path }) => `${change.reversible}, but ${path} did not come back`)];
}
