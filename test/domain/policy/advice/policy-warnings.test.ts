import { describe, expect, it } from 'vitest';
import { policy, policySet } from '../../../policy-set.ts';
import type { Warning } from '../../../../src/domain/result/warning.ts';

function warnings(text: string): readonly string[] {
  return policySet(text).warnings.map(
    ({ code, file, line, message }: Warning) => `${file}:${line} ${code}: ${message}`,
  );
}

const covering = `${policy('p')}severity: critical\nexpect: {}\n`;
const exceptionTo = (match: string, more = 'expires: 2027-03-31') =>
  `${covering}---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - match: ${match}\n    reason: r\n    owner: identity@example.com\n    ${more}\n`;

describe('an exclude block of a grave policy', () => {
  const instead = 'select by account id, organizational unit, account tag or pool id';
  const excluding = (block: string, severity = 'high') =>
    `${policy('p')}severity: ${severity}\nmatch:\n  exclude:\n    - ${block}\nexpect: {}\n`;

  it.each([
    ['{ pools: ["*-sandbox"] }', 'pools'],
    ['{ poolTags: { mfa: [exempt] } }', 'poolTags.mfa'],
    ['{ accounts: ["*-dev"], pools: ["x*"] }', 'accounts, pools'],
    ['{ pools: [eu-west-1_AbCdEf123, "x*"] }', 'pools'],
  ])('%s is warned of', (block, keys) => {
    expect(warnings(excluding(block))).toEqual([
      `policies/p.yaml:7 exclude-untrusted: p (high) leaves out what the audited account itself names: ${keys}; ${instead}`,
    ]);
  });

  it.each([
    ['{ pools: [eu-west-1_AbCdEf123] }', 'critical'],
    ['{ pools: ["*-sandbox"], organizationalUnits: ["/Sandbox"] }', 'high'],
    ['{ accounts: ["111122223333"] }', 'high'],
    ['{ accountTags: { env: [dev] } }', 'high'],
    ['{ pools: ["*-sandbox"] }', 'medium'],
  ])('%s of severity %s is not', (block, severity) => {
    expect(warnings(excluding(block, severity))).toEqual([]);
  });
});

describe('an exception', () => {
  it('to a grave policy that rests on names is warned of', () => {
    expect(warnings(exceptionTo('{ pools: ["customers-*"] }'))).toEqual([
      'policies/p.yaml:10 exception-untrusted: the exception to p rests on what the audited account itself names: pools; select by account id, organizational unit, account tag or pool id',
    ]);
    expect(warnings(exceptionTo('{ pools: [eu-west-1_AbCdEf123] }'))).toEqual([]);
  });

  it.each([
    ['2026-11-22', 'exception-expiring: the exception of identity@example.com ends today, on 2026-11-22'],
    ['2026-11-23', 'exception-expiring: the exception of identity@example.com ends in 1 day, on 2026-11-23'],
    ['2026-12-22', 'exception-expiring: the exception of identity@example.com ends in 30 days, on 2026-12-22'],
    [
      '2026-11-21',
      'exception-expired: the exception of identity@example.com expired after 2026-11-21: what it covered counts again',
    ],
  ])('that ends on %s is warned of', (expires, warning) => {
    expect(warnings(exceptionTo('{ accounts: ["111122223333"] }', `expires: ${expires}`))).toEqual([
      `policies/p.yaml:10 ${warning}`,
    ]);
  });

  it('that ends later than in 30 days is not', () => {
    expect(warnings(exceptionTo('{ accounts: ["111122223333"] }', 'expires: 2026-12-23'))).toEqual([]);
  });

  it('names its ticket first', () => {
    expect(warnings(exceptionTo('{ accounts: ["111122223333"] }', 'expires: 2026-11-30\n    ticket: SEC-12'))).toEqual([
      'policies/p.yaml:10 exception-expiring: the exception of SEC-12, identity@example.com ends in 8 days, on 2026-11-30',
    ]);
  });

  it('that covers a path that nobody knows is warned of', () => {
    const paths =
      '[SmsMfaConfiguration, WebAuthnConfiguration.RelyingPartyId, factors.allow, UserPool.Domain, anyOf, SmsConfiguration]';
    expect(warnings(exceptionTo('{ accounts: ["111122223333"] }', `expires: 2027-03-31\n    paths: ${paths}`))).toEqual(
      [
        'policies/p.yaml:10 exception-path-unknown: the exception covers SmsConfiguration, which is no field that this version knows',
      ],
    );
  });
});

describe('a policy that contradicts itself', () => {
  const asking = (expect_: string) => `${policy('p')}expect:\n${expect_}`;

  it.each([
    ['  MfaConfiguration: "OFF"\n  SoftwareTokenMfaConfiguration: { Enabled: true }\n'],
    ['  MfaConfiguration: { oneOf: [OFF] }\n  factors: { atLeastOne: [sms] }\n'],
    ['  MfaConfiguration: "OFF"\n  EmailMfaConfiguration: { present: true }\n'],
    ['  MfaConfiguration: "OFF"\n  SmsMfaConfiguration: { SmsAuthenticationMessage: x }\n'],
  ])('wants OFF and a factor: %s', (text) => {
    expect(warnings(asking(text))).toEqual([
      'policies/p.yaml:5 self-contradiction: p wants MFA OFF and asks for a factor at line 6: the service never has both',
    ]);
  });

  it('wants ON and no factor', () => {
    expect(warnings(asking('  MfaConfiguration: "ON"\n  SoftwareTokenMfaConfiguration: { Enabled: false }\n'))).toEqual(
      [
        "policies/p.yaml:5 self-contradiction: p wants MFA ON and asks for no factor: a pool without one can't be turned ON; say which factors count",
      ],
    );
  });

  it.each([
    ['  MfaConfiguration: "ON"\n  SoftwareTokenMfaConfiguration: { Enabled: true }\n'],
    ['  MfaConfiguration: "ON"\n  factors: { atLeastOne: [totp] }\n'],
    ['  MfaConfiguration: "ON"\n  anyOf: [{ factors: { atLeastOne: [totp] } }, { EmailMfaConfiguration: {} }]\n'],
    ['  MfaConfiguration: { oneOf: [ON, OPTIONAL], set: OPTIONAL }\n'],
    ['  MfaConfiguration: "OFF"\n  SoftwareTokenMfaConfiguration: { Enabled: false }\n'],
    ['  SoftwareTokenMfaConfiguration: { Enabled: true }\n'],
  ])('is none of these: %s', (text) => {
    expect(warnings(asking(text))).toEqual([]);
  });
});

describe('an allow that a pool with MFA off would satisfy', () => {
  const message =
    'allow-satisfied-by-off: p allows only totp, which a pool with MFA off satisfies; add atLeastOne or MfaConfiguration';
  it('is warned of, in anyOf too', () => {
    expect(warnings(`${policy('p')}expect:\n  factors: { allow: [totp] }\n`)).toEqual([`policies/p.yaml:5 ${message}`]);
    expect(
      warnings(
        `${policy('p')}expect:\n  anyOf:\n    - { factors: { allow: [totp] } }\n    - { EmailMfaConfiguration: {} }\n`,
      ),
    ).toEqual([`policies/p.yaml:6 ${message}`]);
  });

  it.each([
    ['  factors: { allow: [totp], atLeastOne: [totp] }\n'],
    ['  MfaConfiguration: { noneOf: [OFF], set: OPTIONAL }\n  factors: { allow: [totp] }\n'],
    [
      '  MfaConfiguration: { noneOf: [OFF], set: OPTIONAL }\n  anyOf: [{ factors: { allow: [totp] } }, { EmailMfaConfiguration: {} }]\n',
    ],
  ])('is not where something refuses OFF: %s', (text) => {
    expect(warnings(`${policy('p')}expect:\n${text}`)).toEqual([]);
  });
});
