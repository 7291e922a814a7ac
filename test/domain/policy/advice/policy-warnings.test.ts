import { describe, expect, it } from 'vitest';
import { documentsIn } from '../../../../src/config/policies/documents.ts';
import { compileSet } from '../../../../src/config/policies/load-policy-set.ts';
import { defaultSettings } from '../../../default-settings.ts';
import { policy, policySet, today } from '../../../policy-set.ts';
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
    ['{ exclude: [{ regions: [eu-west-1] }] }', 'high'],
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

  it('that covers gaps, only holds, or covers no grave policy is not', () => {
    const names = '{ pools: ["customers-*"] }';
    expect(warnings(exceptionTo(names, 'expires: 2027-03-31\n    hold: true'))).toEqual([]);
    expect(warnings(exceptionTo(names, 'expires: 2027-03-31\n    gaps: [AccessDenied]'))).toEqual([]);
    const mild = exceptionTo(names).replace('severity: critical', 'severity: medium');
    expect(warnings(mild)).toEqual([]);
    const other = `${policy('q')}severity: low\nexpect: {}\n---\n`;
    expect(warnings(other + exceptionTo(names, 'expires: 2027-03-31\n    policies: [q]'))).toEqual([]);
  });

  it('to several grave policies names them, and not the others', () => {
    const others = `${policy('a')}severity: high\nexpect: {}\n---\n${policy('m')}severity: medium\nexpect: {}\n---\n`;
    expect(warnings(others + exceptionTo('{ pools: ["customers-*"] }'))[0]).toContain(
      'the exception to a, p rests on what',
    );
    const named = exceptionTo('{ pools: ["customers-*"] }', 'expires: 2027-03-31\n    policies: [p, m]');
    expect(warnings(others + named)[0]).toContain('the exception to p rests on what');
  });

  it.each([
    ['anyOf', true],
    ['factors', true],
    ['factors.anything', true],
    ['UserPool.Whatever', true],
    ['MfaConfiguration', true],
    ['MfaConfiguration.anyOf', true],
    ['WebAuthnConfiguration.anyOf', true],
    ['SmsMfaConfiguration.SmsConfiguration.EumsSms.Region', true],
    ['SmsMfaConfiguration.SmsConfiguration.Nothing', false],
    ['WebAuthnConfiguration.Nothing', false],
    ['MfaConfiguration.Nothing', false],
    ['WebAuthnConfiguration.toString', false],
    ['toString', false],
  ])('that covers the path %s knows it: %s', (path, isKnown) => {
    const found = warnings(exceptionTo('{ accounts: ["111122223333"] }', `expires: 2027-03-31\n    paths: [${path}]`));
    expect(found.filter((text) => text.includes('exception-path-unknown'))).toHaveLength(isKnown ? 0 : 1);
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

  it('does not by OFF beside factors that are only allowed, which is another matter', () => {
    const found = warnings(asking('  MfaConfiguration: "OFF"\n  factors: { allow: [totp] }\n'));
    expect(found).toEqual([expect.stringContaining('allow-satisfied-by-off')]);
  });

  it('wants ON, also where it says beside it that the field is there', () => {
    const text = '  MfaConfiguration: { oneOf: [ON], present: true, set: ON }\n';
    expect(warnings(asking(text))).toEqual([expect.stringContaining('p wants MFA ON and asks for no factor')]);
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
    ['  MfaConfiguration: "OFF"\n  WebAuthnConfiguration: { UserVerification: required }\n'],
    ['  MfaConfiguration: "OFF"\n  SmsMfaConfiguration: { present: false }\n'],
    ['  MfaConfiguration: "OFF"\n  SmsMfaConfiguration: { ifPresent: { SmsAuthenticationMessage: x } }\n'],
    ['  MfaConfiguration: "OFF"\n  UserPool: { SmsConfiguration: { SnsCallerArn: x } }\n'],
    ['  MfaConfiguration: "OFF"\n  WebAuthnConfiguration: { present: true }\n'],
    ['  MfaConfiguration: { present: true }\n'],
    ['  MfaConfiguration: "OFF"\n  SoftwareTokenMfaConfiguration: { Enabled: { present: true } }\n'],
    ['  MfaConfiguration: "${account.tags.mode}"\n'],
    ['  UserPool: { MfaConfiguration: "ON" }\n'],
  ])('is none of these: %s', (text) => {
    expect(warnings(asking(text))).toEqual([]);
  });
});

describe('warnings', () => {
  it('stand in the order of files and lines, whatever the names', () => {
    const grave = (name: string) =>
      `${policy(name)}severity: high\nmatch:\n  exclude:\n    - { pools: [x*] }\nexpect: {}\n`;
    const reading = documentsIn(
      new Map([
        ['policies/b.yaml', `${grave('d')}---\n${grave('a-first')}---\n${grave('b')}`],
        ['policies/a.yaml', `${grave('c')}---\n${grave('a')}`],
      ]),
    );
    const set = compileSet(reading, [], ['policies'], defaultSettings, today);
    expect(set.warnings.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'policies/a.yaml:7',
      'policies/a.yaml:16',
      'policies/b.yaml:7',
      'policies/b.yaml:16',
      'policies/b.yaml:25',
    ]);
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

  it('is warned of beside a mode that only has to be there, which OFF is as well', () => {
    const text = '  MfaConfiguration: { present: true }\n  factors: { allow: [totp] }\n';
    expect(warnings(`${policy('p')}expect:\n${text}`)).toEqual([`policies/p.yaml:6 ${message}`]);
  });

  it('is warned of beside a mode that is only asked for where it is there, since an absent one reads as OFF', () => {
    const text = '  MfaConfiguration: { ifPresent: { oneOf: [ON] } }\n  factors: { allow: [totp] }\n';
    expect(warnings(`${policy('p')}expect:\n${text}`)).toEqual([`policies/p.yaml:6 ${message}`]);
  });

  it('names every factor that it allows', () => {
    expect(warnings(`${policy('p')}expect:\n  factors: { allow: [totp, passkey] }\n`)[0]).toContain(
      'p allows only totp, passkey, which a pool with MFA off satisfies',
    );
  });

  it.each([
    ['  factors: { atLeastOne: [totp] }\n  MfaConfiguration: "OPTIONAL"\n'],
    ['  SoftwareTokenMfaConfiguration: { Enabled: true }\n'],
    ['  factors: { allow: [totp], atLeastOne: [totp] }\n'],
    ['  MfaConfiguration: { noneOf: [OFF], set: OPTIONAL }\n  factors: { allow: [totp] }\n'],
    [
      '  MfaConfiguration: { noneOf: [OFF], set: OPTIONAL }\n  anyOf: [{ factors: { allow: [totp] } }, { EmailMfaConfiguration: {} }]\n',
    ],
  ])('is not where something refuses OFF: %s', (text) => {
    expect(warnings(`${policy('p')}expect:\n${text}`)).toEqual([]);
  });
});

describe('a pattern', () => {
  const asking = (fields: string): string => `${policy('p')}expect: ${fields}\n`;
  const onName = (pattern: string): string => asking(`{ UserPool: { Name: { pattern: '${pattern}' } } }`);

  it.each([
    ['(?i)\\w+', ['\\w is only', 'Kelvin sign']],
    ['\\d+', ['\\d is only 0-9']],
    ['\\bshop', ['\\b stands']],
    ['[^\\s]+', ['\\s is no']],
    ['[[:alpha:]]+', ['classes']],
    ['(?i)staff', ['long s']],
    ['(?si)[a-z]+', ['Kelvin sign']],
    ['(?i)an ark', ['Kelvin sign']],
  ])('%s on a name is warned of', (pattern, says) => {
    const [warning = '', ...others] = warnings(onName(pattern));
    expect(others).toEqual([]);
    expect(warning).toContain('policies/p.yaml:4 pattern-differs: p asks UserPool.Name by a pattern');
    for (const text of says) expect(warning).toContain(text);
  });

  it('says all that differs, and what there is instead', () => {
    expect(warnings(onName('\\d+\\w*'))).toEqual([
      'policies/p.yaml:4 pattern-differs: p asks UserPool.Name by a pattern that RE2 reads otherwise than many engines: \\w is only A-Z, a-z, 0-9 and _: no é; \\d is only 0-9. \\pL is every letter, \\pN every number',
    ]);
  });

  it.each([
    '[a-z]+',
    '\\pL+',
    '\\\\w',
    '\\Q\\w\\E',
    '\\Qa \\w\\E',
    '\\Qa \\w',
    '(?i)cab',
    '(?i)cab-${account.tags.desk}',
    '(?s).*',
  ])('%s is not', (pattern) => {
    expect(warnings(onName(pattern))).toEqual([]);
  });

  it.each([
    '{ EmailMfaConfiguration: { ifPresent: { Subject: { pattern: "\\\\w+" } } } }',
    '{ UserPool: { EmailVerificationSubject: { pattern: "\\\\w+" } } }',
    '{ UserPool: { SmsVerificationMessage: { pattern: "\\\\w+" } } }',
    '{ UserPool: { UserPoolTags: { "cost.centre": { pattern: "\\\\d+" } } } }',
    '{ anyOf: [{ UserPool: { UserPoolTags: { team: { pattern: "\\\\d+" } } } }, { UserPool: { Name: x } }] }',
  ])('is found wherever it stands: %s', (fields) => {
    expect(warnings(asking(fields))).toEqual([expect.stringContaining('pattern-differs')]);
  });

  it('is found where it selects', () => {
    const text = `${policy('p')}match: { UserPool: { Name: { pattern: '\\w+' } } }\nexpect: {}\n`;
    expect(warnings(text)).toEqual([expect.stringContaining('policies/p.yaml:4 pattern-differs')]);
  });

  it.each([
    [
      'an ARN',
      `{ SmsMfaConfiguration: { ifPresent: { SmsConfiguration: { SnsCallerArn: { pattern: 'arn:aws:iam::\\d+:role/\\w+' } } } } }`,
    ],
    [
      'a word of AWS',
      `{ UserPool: { VerificationMessageTemplate: { DefaultEmailOption: { pattern: 'CONFIRM_\\w+' } } } }`,
    ],
  ])('on %s, which is ASCII, is not warned of', (_what, fields) => {
    expect(warnings(asking(fields))).toEqual([]);
  });
});
