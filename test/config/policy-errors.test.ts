import { describe, expect, it } from 'vitest';
import { complaintsAbout, policy } from '../policy-set.ts';

/** The first line of each complaint, with the hint of its underline: place, sentence, way out. */
function complaints(text: string): readonly string[] {
  const said: string[] = [];
  for (const line of complaintsAbout(text).split('\n')) {
    const way = /│ +\^+ ?(.*)$/.exec(line)?.[1] ?? '';
    if (line.startsWith('policies/p.yaml')) said.push(line.replace('policies/p.yaml:', '').replace('  ', ' '));
    else if (way !== '') said.push(`${said.pop()} | ${way}`);
  }
  return said;
}

/** The document's own lines begin at 4. */
const p = (rest: string): string => `${policy('p')}${rest}\n`;

describe('the shape of a policy', () => {
  it.each([
    ['kind: Polcy', ['1:7 "Polcy" is not a kind of document | did you mean Policy?']],
    ['name: x', ['1:1 the document names no kind | begin with apiVersion: mfa-drift/v1 and kind: Policy']],
    ['- a', ['1:1 the document names no kind | begin with apiVersion: mfa-drift/v1 and kind: Policy']],
    [
      'apiVersion: mfa-drift/v2\nkind: Policy\nname: p\nexpect: {}',
      ['1:13 apiVersion must be mfa-drift/v1, not "mfa-drift/v2" | did you mean mfa-drift/v1?'],
    ],
    [p(''), ['1:1 the document needs expect']],
    [p('expct: {}'), ['4:1 expct is not a key | did you mean expect?']],
    [p('expect: {}\nseverty: high'), ['5:1 severty is not a key | did you mean severity?']],
    [
      p('expect: {}\nseverity: hihg'),
      ['5:11 severity must be critical, high, medium, low or info, not "hihg" | did you mean high?'],
    ],
    [p('expect: {}\ncontrols: CIS'), ['5:11 controls must be a list, not "CIS" | write a list: ["CIS"]']],
    [p('expect: {}\nexact: "yes"'), ['5:8 exact must be true or false, not "yes"']],
    [p('expect:'), ['4:1 expect must be a map, and nothing is there']],
    [
      p('expect: {}\nremediation: { mode: automatic }'),
      ['5:22 remediation.mode must be auto, manual or never, not "automatic"'],
    ],
    [
      p('expect: {}\nremediation: { allow: [weakening] }'),
      [
        '5:24 remediation.allow[0] must be tightening or disruptive, not "weakening" | only the command line can allow it: --allow weakening',
      ],
    ],
    [
      p('expect: {}').replace('name: p', 'name: my policy'),
      ['3:7 name must be letters, digits, dots, dashes and underscores, at most 100, not "my policy"'],
    ],
  ])('%j', (text, said) => {
    expect(complaints(text)).toEqual(said);
  });
});

describe('selectors', () => {
  it.each([
    ['accounts: [111122223333]', '4:21 match.accounts[0] must be a text, not 111122223333 | quote it: "111122223333"'],
    ['accounts: [012345678901]', '4:21 match.accounts[0] must be a text, not 012345678901 | quote it: "012345678901"'],
    ['accounts: "*-prod"', '4:20 match.accounts must be a list, not "*-prod" | write a list: ["*-prod"]'],
    ['pools: []', '4:17 match.pools must not be an empty list | leave the key out to ask nothing'],
    ['pool: [x]', '4:10 pool is not a key of match | did you mean pools?'],
    [
      '"": [x]',
      '4:10 "" is not a key of match | allowed: accounts, organizationalUnits, accountTags, regions, pools, poolTags, UserPool, exclude',
    ],
    ['" pools": [x]', '4:10 " pools" is not a key of match | did you mean pools?'],
    ['poolTags: {}', '4:20 match.poolTags must not be empty | leave the key out to ask nothing'],
    [
      'poolTags: { audience: customer }',
      '4:32 match.poolTags.audience must be a list, not "customer" | write a list: ["customer"]',
    ],
    [
      'pools: ["${account.name}-x"]',
      '4:18 match.pools[0] must hold no variable: ${…} is filled in under `expect` only, not ${account.name}-x',
    ],
    [
      'organizationalUnits: ["Workloads"]',
      '4:32 match.organizationalUnits[0] must be a path such as /Workloads/Prod, or an id such as ou-ab12-cdef3456, not "Workloads"',
    ],
    [
      'UserPool: { EstimatedNumberOfUser: { min: 1 } }',
      '4:22 EstimatedNumberOfUser is not a field of the API | did you mean EstimatedNumberOfUsers?',
    ],
    [
      'UserPool: { Domain: "${pool.name}" }',
      '4:30 ${pool.name} is not filled in here | variables work under `expect` only',
    ],
    [
      'UserPool: { Domain: { oneOf: [a], set: a } }',
      '4:44 set is of no use under UserPool, which is judged and never fixed | leave set out',
    ],
    ['exclude: [{}]', '4:20 match.exclude[0] must not be empty | leave the key out to ask nothing'],
    ['exclude: [{ pols: [x] }]', '4:22 pols is not a key of match.exclude[0] | did you mean pools?'],
  ])('%s', (match, said) => {
    expect(complaints(p(`match: { ${match} }\nexpect: {}`))).toEqual([said]);
  });
});

describe('fields under expect', () => {
  it.each([
    ['MfaConfigurtion: ON', '5:3 MfaConfigurtion is not a field of the API | did you mean MfaConfiguration?'],
    ['mfaConfiguration: ON', '5:3 mfaConfiguration is not a field of the API | did you mean MfaConfiguration?'],
    [
      'MfaConfiguration: true',
      '5:21 expect.MfaConfiguration must be OFF, OPTIONAL or ON, not true | a YAML 1.1 tool may have turned ON into true; write "ON", in quotes',
    ],
    [
      'MfaConfiguration: { oneOf: [false] }',
      '5:31 expect.MfaConfiguration.oneOf[0] must be OFF, OPTIONAL or ON, not false | a YAML 1.1 tool may have turned OFF into false; write "OFF", in quotes',
    ],
    [
      'MfaConfiguration: REQUIRED',
      '5:21 expect.MfaConfiguration must be OFF, OPTIONAL or ON, not "REQUIRED" | did you mean ON?',
    ],
    [
      'MfaConfiguration: { oneOf: [Required], set: ON }',
      '5:31 expect.MfaConfiguration.oneOf[0] must be OFF, OPTIONAL or ON, not "Required" | did you mean ON?',
    ],
    [
      'EnabledMfas: [SOFTWARE_TOKEN_MFA]',
      '5:3 EnabledMfas is not a field of the API | each factor has a block of its own, such as SoftwareTokenMfaConfiguration: { Enabled: true }; or ask for factors: { atLeastOne: [totp] }',
    ],
    [
      'WebAuthnRelyingPartyID: example.com',
      '5:3 WebAuthnRelyingPartyID is not a field of the API | it stands inside WebAuthnConfiguration: { RelyingPartyId: … }',
    ],
    ['mfa_configuration: ON', '5:3 mfa_configuration is not a field of the API | did you mean MfaConfiguration?'],
    [
      'software_token_mfa_configuration: { enabled: true }',
      '5:3 software_token_mfa_configuration is not a field of the API | did you mean SoftwareTokenMfaConfiguration?',
    ],
    [
      'sms_configuration: { external_id: x }',
      '5:3 sms_configuration is not a field of the API | it stands inside SmsMfaConfiguration: { SmsConfiguration: … }',
    ],
    [
      'SoftwareTokenMfaConfiguration: { enabled: true }',
      '5:36 enabled is not a field of the API | did you mean Enabled?',
    ],
    ['MfaConfiguration: [ON]', '5:21 expect.MfaConfiguration must be OFF, OPTIONAL or ON, not a list'],
    ['SoftwareTokenMfaConfiguration: true', '5:34 expect.SoftwareTokenMfaConfiguration must be a map, not true'],
    [
      'SoftwareTokenMfaConfiguration: { Enabled: "true" }',
      '5:45 expect.SoftwareTokenMfaConfiguration.Enabled must be true or false, not "true"',
    ],
    [
      'WebAuthnConfiguration: { UserVerification: Required }',
      '5:46 expect.WebAuthnConfiguration.UserVerification must be required or preferred, not "Required" | did you mean required?',
    ],
    [
      'MfaConfiguration: { in: [ON] }',
      '5:23 in is not a key of expect.MfaConfiguration | allowed: oneOf, noneOf, pattern, present, set, ifPresent, anyOf',
    ],
    [
      'factors: { allow: [totp, passkeys] }',
      '5:28 expect.factors.allow[1] must be totp, passkey, sms or email, not "passkeys" | did you mean passkey?',
    ],
    ['factors: { require: [totp] }', '5:14 require is not a key of expect.factors | allowed: allow, atLeastOne'],
    [
      'UserPool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: [PASSWORD] } } }',
      '5:68 expect.UserPool.Policies.SignInPolicy.AllowedFirstAuthFactors must be a map, not a list',
    ],
    ['anyOf: []', '5:10 expect.anyOf must not be an empty list | leave the key out to ask nothing'],
  ])('%s', (field, said) => {
    expect(complaints(p(`expect:\n  ${field}`))).toEqual([said]);
  });
});

describe('operators', () => {
  const beside = 'a map holds either operators or fields of the API; use anyOf, or two policies';
  it.each([
    [
      'MfaConfiguration: { oneOf: [ON, OPTIONAL] }',
      '5:23 MfaConfiguration may be one of 2, and nothing says which of them a fix writes | add set with the one to write, or remediation: { mode: never }',
    ],
    [
      'MfaConfiguration: { oneOf: [ON], set: OPTIONAL }',
      '5:41 set is "OPTIONAL", which MfaConfiguration itself would not accept',
    ],
    [
      'MfaConfiguration: { set: ON }',
      '5:23 MfaConfiguration has set alone, which asks nothing | write the value itself, or an operator beside it',
    ],
    [
      'SoftwareTokenMfaConfiguration: { Enabled: true, present: true }',
      `5:36 Enabled stands beside the operator present | ${beside}`,
    ],
    [
      'WebAuthnConfiguration: { ifPresent: { UserVerification: required }, RelyingPartyId: x }',
      '5:71 RelyingPartyId stands beside ifPresent | ifPresent stands alone',
    ],
    [
      'WebAuthnConfiguration: { ifPresent: { present: true }, anyOf: [{ present: true }] }',
      '5:58 anyOf stands beside ifPresent | ifPresent stands alone',
    ],
    [
      'WebAuthnConfiguration: { RelyingPartyId: { pattern: "(?=x)y" } }',
      '5:55 this is not a pattern of RE2: invalid or unsupported Perl syntax: `(?=` | RE2 has no lookahead',
    ],
    [
      'WebAuthnConfiguration: { RelyingPartyId: { pattern: "auth(" } }',
      '5:55 this is not a pattern of RE2: missing closing ): `auth(`',
    ],
    [
      'WebAuthnConfiguration: { RelyingPartyId: { present: false, pattern: x } }',
      "5:46 WebAuthnConfiguration.RelyingPartyId can't be absent and hold pattern as well | use ifPresent",
    ],
    [
      'UserPool: { EstimatedNumberOfUsers: { min: 1, present: false } }',
      "5:49 UserPool.EstimatedNumberOfUsers can't be absent and hold min as well | use ifPresent",
    ],
    [
      'UserPool: { EstimatedNumberOfUsers: { min: 3, max: 2 } }',
      "5:41 UserPool.EstimatedNumberOfUsers can't be at least 3 and at most 2",
    ],
    [
      'anyOf: [{ MfaConfiguration: { noneOf: [OFF], set: ON } }]',
      '5:48 set is of no use under anyOf, which is judged and never fixed | leave set out',
    ],
    [
      'UserPool: { Domain: { noneOf: [x], set: y } }',
      '5:38 set is of no use under UserPool, which is judged and never fixed | leave set out',
    ],
  ])('%s', (field, said) => {
    expect(complaints(p(`expect:\n  ${field}`))).toEqual([said]);
  });

  it('need no set where nothing is ever fixed', () => {
    const several = 'expect: { MfaConfiguration: { oneOf: [ON, OPTIONAL] } }';
    expect(complaints(p(`${several}\nremediation: { mode: never }`))).toEqual([]);
    expect(
      complaints(p(several.replace('MfaConfiguration:', 'anyOf: [{ MfaConfiguration:').replace('] } }', '] } }] }'))),
    ).toEqual([]);
  });
});

describe('variables', () => {
  it.each([
    ['"auth.${account.nam}"', '5:44 ${account.nam} is not a variable | did you mean account.name?'],
    [
      '{ oneOf: ["x", "${env:HOME}"], set: "x" }',
      '5:59 ${env:HOME} is not a variable | allowed: account.id, account.name, region, partition, pool.id, pool.name, account.tags.X, pool.tags.X',
    ],
    ['{ pattern: "${pool.tags.}" }', '5:55 ${pool.tags.} is not a variable | did you mean pool.tags.X?'],
    [
      '"${}"',
      '5:44 ${} is not a variable | allowed: account.id, account.name, region, partition, pool.id, pool.name, account.tags.X, pool.tags.X',
    ],
  ])('%s', (wanted, said) => {
    expect(complaints(p(`expect:\n  WebAuthnConfiguration: { RelyingPartyId: ${wanted} }`))).toEqual([said]);
  });
});

describe('names', () => {
  it('are unique', () => {
    expect(complaints(`${p('expect: {}')}---\n${p('expect: {}')}`)).toEqual([
      '8:7 another policy is named p already, at policies/p.yaml:3 | names are unique',
    ]);
  });
});

describe('exceptions', () => {
  const head = `${p('expect: {}')}---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n`;
  const entry = (more: string) =>
    `${head}  - match: { accounts: ["111122223333"] }\n    reason: r\n    owner: o\n    expires: 2027-03-31\n    ${more}\n`;
  it.each([
    [entry('policies: [pp]'), '13:16 no policy is named pp | did you mean p?'],
    [
      entry('gaps: [AccesDenied]'),
      '13:12 exceptions[0].gaps[0] must be AccessDenied, credentials, throttled, network, server-error, malformed, page-loop, selector-unreadable, expectation-unreadable or shard-missing, not "AccesDenied" | did you mean AccessDenied?',
    ],
    [
      entry('gaps: [AccessDenied]\n    paths: [x]'),
      '14:5 paths stands beside gaps, which accepts what could not be read | write two exceptions',
    ],
    [entry('').replace('2027-03-31', '2027-02-30'), '12:14 2027-02-30 is not a day of the calendar'],
    [
      entry('').replace('2027-03-31', '31.3.2027'),
      '12:14 exceptions[0].expires must be a date, YYYY-MM-DD, not "31.3.2027"',
    ],
    [
      entry('').replace('2027-03-31', '2027-05-22'),
      '12:14 2027-05-22 is 181 days away, and exceptions.maxDays allows 180 | end it earlier and renew it, or raise exceptions.maxDays',
    ],
    [entry('').replace('    owner: o\n', ''), '9:5 exceptions[0] needs owner'],
    [
      entry('').replace('{ accounts: ["111122223333"] }', '{}'),
      '9:12 exceptions[0].match must not be empty | leave the key out to ask nothing',
    ],
  ])('%#', (text, said) => {
    expect(complaints(text)).toEqual([said]);
  });

  it('may run for maxDays to the day', () => {
    expect(complaints(entry('').replace('2027-03-31', '2027-05-21'))).toEqual([]);
  });
});

describe('several complaints', () => {
  it('come all at once', () => {
    expect(complaints(`${p('severity: hihg\nexpect: { MfaConfiguration: true }')}---\nkind: Polcy\n`)).toHaveLength(3);
  });
});

describe('the words of CloudFormation, the CDK and Terraform for a factor', () => {
  it.each([
    ['SOFTWARE_TOKEN_MFA', 'totp'],
    ['software_token_mfa', 'totp'],
    ['SMS_MFA', 'sms'],
    ['EMAIL_OTP', 'email'],
    ['WEB_AUTHN', 'passkey'],
    ['otp', 'totp'],
    ['TOTP', 'totp'],
  ])('%s: did you mean %s?', (word, ours) => {
    expect(complaints(p(`expect:\n  factors: { allow: [${word}] }`))).toEqual([
      `5:22 expect.factors.allow[0] must be totp, passkey, sms or email, not "${word}" | did you mean ${ours}?`,
    ]);
  });
});

describe('all errors at once', () => {
  const floor = `${policy('floor')}expect: { MfaConfiguration: "ON" }\n---\n`;
  const exceptions = (...entries: readonly string[]): string =>
    `${floor}apiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n${entries.map((entry) => `  - { ${entry} }\n`).join('')}`;
  const whole = 'match: { pools: ["a*"] }, reason: r, owner: o, expires: 2026-12-01';

  it.each([
    [
      'an unknown policy is not hidden by a key that is missing in the same entry',
      exceptions('match: { pools: ["a*"] }, policies: [flor], reason: r, expires: 2026-12-01'),
      ['9:5 exceptions[0] needs owner', '9:44 no policy is named flor | did you mean floor?'],
    ],
    [
      'nor by a wrong key of another entry',
      exceptions(`${whole}, polices: [floor]`, `${whole}, policies: [flor]`),
      [
        '9:75 polices is not a key of exceptions[0] | did you mean policies?',
        '10:86 no policy is named flor | did you mean floor?',
      ],
    ],
    [
      'nor is a day that the calendar does not have',
      exceptions('match: { pools: ["a*"] }, reason: r, owner: o, ticket: 7, expires: 2026-02-30'),
      [
        '9:62 exceptions[0].ticket must be a text, not 7 | quote it: "7"',
        '9:74 2026-02-30 is not a day of the calendar',
      ],
    ],
    [
      'what is to be a date and no text that could be one is told what a date is',
      exceptions(
        whole.replace('2026-12-01', '20261201'),
        whole.replace('2026-12-01', '[2026-12-01]'),
        whole.replace('2026-12-01', ''),
      ),
      [
        '9:63 exceptions[0].expires must be a date, YYYY-MM-DD, not 20261201',
        '10:63 exceptions[1].expires must be a date, YYYY-MM-DD, not a list',
        '11:54 exceptions[2].expires must be a date, YYYY-MM-DD, and nothing is there',
      ],
    ],
    [
      'a policy that is faulty is known by its name all the same',
      `${policy('floor')}expect: { MfaConfiguration: MAYBE }\n---\n${exceptions(`${whole}, policies: [floor]`).slice(floor.length)}`,
      ['4:29 expect.MfaConfiguration must be OFF, OPTIONAL or ON, not "MAYBE"'],
    ],
    [
      'a pattern that is none is not hidden by a mistake elsewhere',
      p(
        'severity: hgh\nexpect:\n  MfaConfiguration: MAYBE\n  WebAuthnConfiguration: { RelyingPartyId: { pattern: "a(" } }',
      ),
      [
        '4:11 severity must be critical, high, medium, low or info, not "hgh" | did you mean high?',
        '6:21 expect.MfaConfiguration must be OFF, OPTIONAL or ON, not "MAYBE"',
        '7:55 this is not a pattern of RE2: missing closing ): `a(`',
      ],
    ],
    [
      'and no mistake makes another one up',
      p('remediation: { mode: nevr }\nexpect:\n  MfaConfiguration: { oneOf: ["ON", "OPTIONAL"] }'),
      ['4:22 remediation.mode must be auto, manual or never, not "nevr" | did you mean never?'],
    ],
    [
      'two policies of one name are told although both are faulty',
      `${p('expect: { MfaConfiguration: MAYBE }')}---\n${p('expct: {}')}`,
      [
        '4:29 expect.MfaConfiguration must be OFF, OPTIONAL or ON, not "MAYBE"',
        '8:7 another policy is named p already, at policies/p.yaml:3 | names are unique',
        '9:1 expct is not a key | did you mean expect?',
      ],
    ],
  ])('%s', (_name, text, said) => {
    expect(complaints(text)).toEqual(said);
  });
});
