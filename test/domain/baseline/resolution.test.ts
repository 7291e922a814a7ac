/** Why a finding of the baseline is not found any more: put right, or asked for no longer. */
import { describe, expect, test } from 'vitest';
import { policyKinship, reasonOf, type PolicyKinship } from '../../../src/domain/baseline/resolution.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { EarlierFinding, PoolRecord } from '../../../src/domain/result/result.ts';
import { anEarlier, aPool, aResult } from '../../report/a-result.ts';

const changed: PolicyKinship = { isSameSet: false, isSame: () => false };
const sameSet: PolicyKinship = { isSameSet: true, isSame: () => false };
const sameFile: PolicyKinship = { isSameSet: false, isSame: (policy) => policy === 'prod-customers' };

const off = { MfaConfiguration: 'OFF' };
const totp = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
const both = { ...totp, EmailMfaConfiguration: { Message: 'Code {####}' } };
/** All that the factors are judged by was saved. */
const described = { Policies: null, SmsConfiguration: null, EmailConfiguration: null, UserPoolTier: null };

function reason(
  earlier: Partial<EarlierFinding>,
  now: Partial<PoolRecord>,
  kinship = changed,
  before: Partial<PoolRecord> | null = { config: off },
): string {
  return reasonOf(anEarlier(earlier), before === null ? null : aPool(before), aPool(now), kinship);
}

describe('where the policies are the same', () => {
  test.each([
    ['the whole set', sameSet],
    ['its file', sameFile],
  ])('%s, what is found no more was put right', (_what, kinship) => {
    expect(reason({}, { config: off }, kinship)).toBe('fixed');
  });

  test('and the policy does not match the pool any more, nothing is claimed of the pool', () => {
    expect(reason({}, { policies: ['other'] }, sameSet)).toBe('policy-changed');
  });
});

describe('a pool that no policy matched', () => {
  const uncovered = { policy: null, path: '' };
  test('and that one matches now was put right only by the same policies', () => {
    expect(reason(uncovered, { status: 'compliant' }, sameSet)).toBe('fixed');
    expect(reason(uncovered, { status: 'compliant' }, changed)).toBe('policy-changed');
    expect(reason(uncovered, { status: 'uncovered' }, sameSet)).toBe('policy-changed');
  });
});

describe('where the policies have changed', () => {
  const allow = { path: 'factors.allow', expected: ['totp'] };
  const atLeastOne = { path: 'factors.atLeastOne', expected: ['totp', 'passkey'] };
  const part = (expected: JsonObject, name = 'ChallengeRequiredOnNewDevice'): Partial<EarlierFinding> => ({
    path: `UserPool.DeviceConfiguration.${name}`,
    expected,
  });
  const withDevices = { config: off, userPool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } } };
  const block = 'WebAuthnConfiguration';
  const id = 'auth.example.com';
  const withBlock = { config: { ...off, WebAuthnConfiguration: { RelyingPartyId: id } } };
  const userPool = (UserPoolTier: string) => ({ config: off, userPool: { UserPoolTier } });

  test.each<[string, Partial<EarlierFinding>, Partial<PoolRecord>]>([
    ['the value that was wanted', { path: 'MfaConfiguration', expected: 'ON' }, { config: totp }],
    ['one of those that were wanted', { path: 'MfaConfiguration', expected: { oneOf: ['ON'] } }, { config: totp }],
    [
      'the default that was wanted',
      { path: 'SoftwareTokenMfaConfiguration.Enabled', expected: false },
      { config: { MfaConfiguration: 'OPTIONAL' } },
    ],
    ['the member of UserPool that was wanted', { path: 'UserPool.UserPoolTier', expected: 'PLUS' }, userPool('PLUS')],
    ['a part of a member of UserPool that was wanted', part({ present: true }), withDevices],
    ['no part of a member of UserPool that was to be absent', part({ present: false }, 'Another'), withDevices],
    [
      'another configuration than the one that missed a block',
      { path: block, expected: { RelyingPartyId: id } },
      withBlock,
    ],
    [
      'another configuration beside a map of more',
      { path: block, expected: { present: true, RelyingPartyId: id } },
      withBlock,
    ],
    ['only allowed factors', allow, { config: totp, userPool: described }],
    ['one of the factors', atLeastOne, { config: both, userPool: described }],
    ['another configuration, where that is all that can be told', { path: 'anyOf', expected: [] }, { config: totp }],
  ])('a pool that has %s is fixed', (_what, earlier, now) => {
    expect(reason(earlier, now)).toBe('fixed');
  });

  test.each<[string, Partial<EarlierFinding>, Partial<PoolRecord>]>([
    ['the value that was there', { path: 'MfaConfiguration', expected: 'ON' }, { config: off }],
    ['none of those that were wanted', { path: 'MfaConfiguration', expected: { oneOf: ['ON'] } }, { config: off }],
    ['another member of UserPool', { path: 'UserPool.UserPoolTier', expected: 'PLUS' }, userPool('LITE')],
    ['no such member of UserPool', { path: 'UserPool.UserPoolTier', expected: 'PLUS' }, { config: totp }],
    ['a factor that was not allowed', allow, { config: both, userPool: described }],
    ['factors that were not saved', allow, { config: totp, userPool: null }],
    ['factors of which a part was not saved', allow, { config: totp, userPool: { UserPoolTier: null } }],
    ['no part of a member of UserPool that was wanted', part({ present: true }, 'Another'), withDevices],
    ['a part of a member of UserPool that was to be absent', part({ present: false }), withDevices],
    ['none of the factors', atLeastOne, { config: off, userPool: described }],
    ['no configuration that could be read', { path: 'MfaConfiguration', expected: 'ON' }, { config: null }],
    ['the same configuration', { path: 'anyOf', expected: [] }, { config: off }],
    ['factors that nobody listed', { path: 'factors.allow', expected: 'totp' }, { config: totp, userPool: described }],
  ])('of a pool that has %s nothing is claimed', (_what, earlier, now) => {
    expect(reason(earlier, now)).toBe('policy-changed');
  });

  test('nothing is claimed where the configuration of then is not known', () => {
    expect(reason({ path: 'anyOf', expected: [] }, { config: totp }, changed, null)).toBe('policy-changed');
    expect(reason({ path: 'anyOf', expected: [] }, { config: totp }, changed, { config: null })).toBe('policy-changed');
  });
});

describe('two runs', () => {
  const file = (name: string, sha256: string) => ({ file: `${name}.yaml`, sha256, names: [name], text: '' });
  const head = (policySetSha256: string, ...policies: readonly ReturnType<typeof file>[]) =>
    aResult({ run: { policySetSha256, policies } }).head;

  test('have the same set by its digest', () => {
    expect(policyKinship(head('a'), head('a')).isSameSet).toBe(true);
    expect(policyKinship(head('a'), head('b')).isSameSet).toBe(false);
  });

  test('have the same policy where its file says the same in both', () => {
    const kinship = policyKinship(
      head('a', file('kept', '1'), file('edited', '2'), file('gone', '3')),
      head('b', file('kept', '1'), file('edited', '4'), file('new', '5')),
    );
    expect(['kept', 'edited', 'gone', 'new', 'never'].filter((policy) => kinship.isSame(policy))).toEqual(['kept']);
  });
});
