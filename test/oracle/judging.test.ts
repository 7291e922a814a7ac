/** The oracle itself, held to the policy language's table by hand: what is said of a value that is absent, equal, other, or of another type. */
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/domain/model/json.ts';
import { extraMembers, judge } from './judging.ts';

const config: JsonObject = {
  MfaConfiguration: 'ON',
  WebAuthnConfiguration: { RelyingPartyId: 'auth.shop.example.com' },
};
const userPool: JsonObject = { EstimatedNumberOfUsers: 12, UserPoolTier: 'PLUS', AliasAttributes: ['email'] };
const names: Readonly<Record<string, string>> = { 'account.name': 'shop', 'pool.name': 'a+b' };

function misses(wanted: JsonObject): readonly string[] {
  return judge(wanted, { config, userPool, name: (name) => names[name] }).misses.map(({ path }) => path);
}

const table: readonly (readonly [JsonObject, string])[] = [
  [{ MfaConfiguration: 'ON' }, ''],
  [{ MfaConfiguration: 'OFF' }, 'MfaConfiguration'],
  [{ MfaConfiguration: { oneOf: ['ON', 'OPTIONAL'] } }, ''],
  [{ MfaConfiguration: { noneOf: ['ON'] } }, 'MfaConfiguration'],
  [{ MfaConfiguration: { pattern: 'O' } }, 'MfaConfiguration'],
  [{ MfaConfiguration: { min: 1 } }, 'MfaConfiguration'],
  [{ MfaConfiguration: { includes: 'ON' } }, 'MfaConfiguration'],
  [{ MfaConfiguration: { excludes: 'OFF' } }, 'MfaConfiguration'],
  [{ SoftwareTokenMfaConfiguration: { Enabled: false } }, ''],
  [{ SoftwareTokenMfaConfiguration: { Enabled: true } }, 'SoftwareTokenMfaConfiguration.Enabled'],
  [{ SoftwareTokenMfaConfiguration: { Enabled: { present: true } } }, 'SoftwareTokenMfaConfiguration.Enabled'],
  [{ WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' } }, ''],
  [{ WebAuthnConfiguration: { UserVerification: { noneOf: ['preferred'] } } }, ''],
  [{ WebAuthnConfiguration: { UserVerification: { oneOf: ['required'] } } }, 'WebAuthnConfiguration.UserVerification'],
  [{ WebAuthnConfiguration: { RelyingPartyId: { pattern: 'auth\\.${account.name}\\..*' } } }, ''],
  [{ WebAuthnConfiguration: { RelyingPartyId: { pattern: '${pool.name}' } } }, 'WebAuthnConfiguration.RelyingPartyId'],
  [{ WebAuthnConfiguration: { RelyingPartyId: '${pool.tags.x}' } }, 'WebAuthnConfiguration.RelyingPartyId'],
  [{ EmailMfaConfiguration: { ifPresent: { Subject: 'x' } } }, ''],
  [
    { WebAuthnConfiguration: { ifPresent: { UserVerification: 'required' } } },
    'WebAuthnConfiguration.UserVerification',
  ],
  [{ EmailMfaConfiguration: { present: false } }, ''],
  [{ anyOf: [{ MfaConfiguration: 'OFF' }, { MfaConfiguration: 'ON' }] }, ''],
  [{ anyOf: [{ MfaConfiguration: 'OFF' }, { EmailMfaConfiguration: { present: true } }] }, 'anyOf'],
  [{ MfaConfiguration: { anyOf: [{ oneOf: ['OFF'] }, { pattern: 'N' }] } }, 'MfaConfiguration.anyOf'],
  [{ UserPool: { EstimatedNumberOfUsers: { min: 1, max: 12 } } }, ''],
  [{ UserPool: { EstimatedNumberOfUsers: { max: 11 } } }, 'UserPool.EstimatedNumberOfUsers'],
  [{ UserPool: { AliasAttributes: { includes: 'email' } } }, ''],
  [{ UserPool: { AliasAttributes: { excludes: 'email' } } }, 'UserPool.AliasAttributes'],
  [{ UserPool: { UsernameAttributes: { excludes: 'email' } } }, ''],
  [{ UserPool: { UserPoolTier: { min: 1 } } }, 'UserPool.UserPoolTier'],
];

test.each(table)('%j misses "%s"', (wanted, path) => {
  expect(misses(wanted).join(' ')).toBe(path);
});

test('an alternative that cannot be read leaves the answer open, unless another one holds', () => {
  const subject = { config, userPool: null, name: () => undefined };
  const tier: JsonValue = { UserPool: { UserPoolTier: 'PLUS' } };
  expect(judge({ anyOf: [tier, { MfaConfiguration: 'OFF' }] }, subject)).toEqual({ misses: [], unknown: true });
  expect(judge({ anyOf: [tier, { MfaConfiguration: 'ON' }] }, subject)).toEqual({ misses: [], unknown: false });
});

test('only members that no part of the expectation names are extra', () => {
  const paths = extraMembers({ anyOf: [{ MfaConfiguration: 'ON' }, { WebAuthnConfiguration: {} }] }, config);
  expect(paths.map(({ path }) => path)).toEqual([]);
  expect(extraMembers({ MfaConfiguration: 'ON' }, config).map(({ path }) => path)).toEqual(['WebAuthnConfiguration']);
  const inside = extraMembers(
    { MfaConfiguration: 'ON', WebAuthnConfiguration: { UserVerification: 'required' } },
    config,
  );
  expect(inside.map(({ path }) => path)).toEqual(['WebAuthnConfiguration.RelyingPartyId']);
});
