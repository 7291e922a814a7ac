/** What DescribeUserPool would answer of a template's pool, and what of it and of its MFA state only the deployment decides. */
import { describe, expect, it, test } from 'vitest';
import { nowhere, pool, withPool } from './templates.ts';

/** Before the pool, so that its lines stay. */
const head = [
  'Parameters:',
  '  Text: { Type: String }',
  '  Word: { Type: String, AllowedValues: [SINGLE_FACTOR] }',
  '  List: { Type: CommaDelimitedList }',
  'Conditions: { IsProd: !Equals [!Ref Text, prod] }',
].join('\n');

function made(properties: string, deployment: Parameters<typeof pool>[2] = {}) {
  return pool(`${head}\n${withPool(properties)}`, undefined, deployment).made;
}

function openIn(properties: string) {
  const { subject } = made(properties, everywhere);
  const own = [...(subject.open ?? [])].filter(([path]) => path !== 'pool.id' && !path.includes('aws:cloudformation:'));
  return Object.fromEntries(own);
}

const everywhere = { ...nowhere, accountId: '111122223333', region: 'eu-west-1', stackTags: {} };
const unset = {
  AccountRecoverySetting: null,
  AliasAttributes: null,
  AutoVerifiedAttributes: null,
  DeviceConfiguration: null,
  LambdaConfig: null,
  Policies: null,
  SmsConfiguration: null,
  UserPoolAddOns: null,
  UsernameAttributes: null,
};

describe('what DescribeUserPool would answer', () => {
  // CreateUserPool: what the service takes where nothing is said.
  it('of a pool that says nothing', () => {
    expect(made('{}').userPool).toEqual({
      ...unset,
      MfaConfiguration: 'OFF',
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      UserPoolTags: {},
    });
  });

  it('of one that says much, in the types of the API, with the tags of its stack', () => {
    const properties = [
      'UserPoolName: shop',
      'Schema: [{ Name: tier, Required: "false", Mutable: true, NumberAttributeConstraints: { MinValue: 1 } }]',
      'AliasAttributes: [email, !Ref AWS::NoValue]',
      'EmailConfiguration: { SourceArn: arn:aws:ses }',
      'AccountRecoverySetting: { RecoveryMechanisms: [{ Name: admin_only, Priority: "1" }] }',
      'MfaConfiguration: "ON"',
      'EnabledMfas: [SOFTWARE_TOKEN_MFA]',
      'UserPoolTags: { env: test, team: 7 }',
    ].join('\n');
    expect(made(properties, { stackTags: { env: 'prod', cost: 'x' }, users: 5 }).userPool).toEqual({
      ...unset,
      Name: 'shop',
      SchemaAttributes: [
        { Name: 'tier', Required: false, Mutable: true, NumberAttributeConstraints: { MinValue: '1' } },
      ],
      AliasAttributes: ['email'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      MfaConfiguration: 'ON',
      EstimatedNumberOfUsers: 5,
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', SourceArn: 'arn:aws:ses' },
      UserPoolTags: { env: 'test', cost: 'x', team: '7' },
    });
  });

  it.each([
    ['"12"', 12],
    ['"-1"', -1],
    ['"1.5"', 1.5],
    ['"1.25"', 1.25],
    ['"1."', '1.'],
    ['"a1"', 'a1'],
    ['"1a"', '1a'],
    ['12', 12],
    ['true', true],
  ])('of a number that is written %s is %o', (written, value) => {
    const { userPool } = made(`Policies: { PasswordPolicy: { MinimumLength: ${written} } }`);
    expect(userPool['Policies']).toEqual({ PasswordPolicy: { MinimumLength: value } });
  });

  it.each([
    ['"true"', true],
    ['"false"', false],
    ['false', false],
    ['"yes"', 'yes'],
    ['1', 1],
  ])('of a truth value that is written %s is %o', (written, value) => {
    const { userPool } = made(`Policies: { PasswordPolicy: { RequireNumbers: ${written} } }`);
    expect(userPool['Policies']).toEqual({ PasswordPolicy: { RequireNumbers: value } });
  });

  it.each([
    ['Policies: x', 'Policies', 'x'],
    ['AliasAttributes: email', 'AliasAttributes', 'email'],
    ['Policies: { NewPolicy: { A: [1, "2", !Ref AWS::NoValue] } }', 'Policies', { NewPolicy: { A: [1, '2'] } }],
    ['Policies: { NewPolicy: !Ref AWS::NoValue }', 'Policies', {}],
  ])('of what the model does not know is what stands there: %s', (properties, member, value) => {
    expect(made(properties).userPool[member]).toEqual(value);
  });
});

test('a pool stands where it would be deployed', () => {
  const { subject } = made('UserPoolName: shop', {
    ...everywhere,
    accountName: 'shop-prod',
    accountTags: { env: 'prod' },
    unitPath: '/Workloads/Prod',
  });
  expect(subject).toMatchObject({
    account: {
      id: '111122223333',
      name: 'shop-prod',
      state: 'ACTIVE',
      path: [{ name: 'Workloads' }, { name: 'Prod' }],
      tags: { env: 'prod' },
    },
    region: 'eu-west-1',
    pool: { poolName: 'shop' },
  });
  expect(made('UserPoolName: !Ref Text').subject).toMatchObject({ account: { path: null }, pool: { poolName: '' } });
});

describe('open until the deployment is', () => {
  const anything = (why: string) => ({ why, possible: null, isThere: false });
  const known = (why: string) => ({ why, possible: null, isThere: true });
  const ofStack = {
    'pool.id': anything("the pool's id, which AWS gives it"),
    'UserPool.UserPoolTags.aws:cloudformation:stack-name': known(
      'the tag aws:cloudformation:stack-name, which CloudFormation sets',
    ),
    'UserPool.UserPoolTags.aws:cloudformation:stack-id': known(
      'the tag aws:cloudformation:stack-id, which CloudFormation sets',
    ),
    'UserPool.UserPoolTags.aws:cloudformation:logical-id': known(
      'the tag aws:cloudformation:logical-id, which CloudFormation sets',
    ),
  };
  const text = 'the parameter Text (t.yaml:2), which has no default';
  const list = 'the parameter List (t.yaml:4), which has no default';
  const isProd = 'the condition IsProd (t.yaml:5), which the deployment decides';

  it('what nobody said of where', () => {
    expect(Object.fromEntries(made('{}').subject.open ?? [])).toEqual({
      ...ofStack,
      'account.id': anything('the account (--account)'),
      region: anything('the region (--region)'),
      'pool.name': anything('the name of the pool, which has no UserPoolName'),
      'UserPool.UserPoolTags': known('tags of the stack (--stack-tag)'),
    });
  });

  it('no more than what AWS gives a pool, where all was said', () => {
    expect(Object.fromEntries(made('UserPoolName: shop', everywhere).subject.open ?? [])).toEqual(ofStack);
  });

  it('a name that is said then', () => {
    expect(openIn('UserPoolName: !Ref Text')).toEqual({ 'UserPool.Name': known(text), 'pool.name': known(text) });
  });

  it.each([
    ['AliasAttributes: !Ref List', 'UserPool.AliasAttributes', list],
    ['AliasAttributes: [email, !Ref Text]', 'UserPool.AliasAttributes', text],
    [
      'AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: !Ref Text }] }',
      'UserPool.AccountRecoverySetting.RecoveryMechanisms',
      text,
    ],
    [
      'Policies: { PasswordPolicy: { MinimumLength: !Ref Text } }',
      'UserPool.Policies.PasswordPolicy.MinimumLength',
      text,
    ],
    ['Policies: !If [IsProd, { A: 1 }, !Ref List]', 'UserPool.Policies', isProd],
    ['Policies: { New: { A: !Ref Text } }', 'UserPool.Policies.New', text],
    ['UserPoolTags: !Ref Text', 'UserPool.UserPoolTags', text],
  ])('all of %s', (properties, path, why) => {
    expect(openIn(`UserPoolName: a\n${properties}`)).toEqual({ [path]: anything(why) });
  });

  it('a text that the model does not know', () => {
    expect(openIn('UserPoolName: a\nPolicies: { New: !Ref Text }')).toEqual({ 'UserPool.Policies.New': known(text) });
  });

  it('a tag, whose text is there', () => {
    expect(openIn('UserPoolName: a\nUserPoolTags: { team: !Ref Text }')).toEqual({
      'UserPool.UserPoolTags.team': known(text),
    });
  });

  it('which of two a value is', () => {
    const { userPool } = made('DeletionProtection: !If [IsProd, ACTIVE, !Ref AWS::NoValue]');
    expect(userPool).not.toHaveProperty('DeletionProtection');
    expect(openIn('UserPoolName: a\nDeletionProtection: !If [IsProd, ACTIVE, !Ref AWS::NoValue]')).toEqual({
      'UserPool.DeletionProtection': { why: isProd, possible: ['ACTIVE', undefined], isThere: false },
    });
    expect(
      openIn('UserPoolName: a\nPolicies: { PasswordPolicy: { MinimumLength: !If [IsProd, "12", 8] } }'),
    ).toMatchObject({ 'UserPool.Policies.PasswordPolicy.MinimumLength': { possible: [12, 8] } });
  });

  it('the mode, which is OFF where it is nothing', () => {
    expect(openIn('UserPoolName: a\nMfaConfiguration: !Ref Text')).toEqual({
      MfaConfiguration: { why: text, possible: ['OFF', 'OPTIONAL', 'ON'], isThere: false },
    });
    expect(openIn('UserPoolName: a\nMfaConfiguration: !If [IsProd, "ON", !Ref AWS::NoValue]')).toEqual({
      MfaConfiguration: { why: isProd, possible: ['ON', 'OFF'], isThere: false },
    });
  });

  it('as what passkeys count', () => {
    const path = 'WebAuthnConfiguration.FactorConfiguration';
    expect(openIn('UserPoolName: a\nWebAuthnFactorConfiguration: !Ref Text')).toMatchObject({
      [path]: { why: text, possible: ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'] },
    });
    expect(openIn('UserPoolName: a\nWebAuthnFactorConfiguration: !Ref Word')).toMatchObject({
      [path]: { possible: ['SINGLE_FACTOR'] },
    });
    expect(openIn('UserPoolName: a\nWebAuthnFactorConfiguration: !If [IsProd, !Ref Word, B]')).toMatchObject({
      [path]: { possible: ['SINGLE_FACTOR', 'B'] },
    });
  });

  describe('whether a factor is there', () => {
    const base = 'UserPoolName: a\nMfaConfiguration: "ON"\n';
    const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
    const maybe = (why: string, block: object) => ({ why, possible: [undefined, block], isThere: false });

    it.each([
      [
        'EnabledMfas: !Ref List',
        {},
        {
          SoftwareTokenMfaConfiguration: maybe(list, { Enabled: true }),
          SmsMfaConfiguration: maybe(list, {}),
          EmailMfaConfiguration: maybe(list, {}),
        },
      ],
      [
        'EnabledMfas: [SOFTWARE_TOKEN_MFA, !Ref Text]',
        totp,
        { SmsMfaConfiguration: maybe(text, {}), EmailMfaConfiguration: maybe(text, {}) },
      ],
      [
        'EnabledMfas: !If [IsProd, [SOFTWARE_TOKEN_MFA], [EMAIL_OTP, SOFTWARE_TOKEN_MFA]]',
        totp,
        { EmailMfaConfiguration: maybe(isProd, {}) },
      ],
      [
        'EnabledMfas: !If [IsProd, [SOFTWARE_TOKEN_MFA], !Ref AWS::NoValue]',
        {},
        { SoftwareTokenMfaConfiguration: maybe(isProd, { Enabled: true }) },
      ],
      ['EnabledMfas: [SOFTWARE_TOKEN_MFA, !Ref AWS::NoValue]', totp, {}],
      ['EnabledMfas: SOFTWARE_TOKEN_MFA', {}, {}],
      ['EnabledMfas: [SOFTWARE_TOKEN_MFA]\nEmailAuthenticationSubject: Code', totp, {}],
      [
        'EnabledMfas: [SOFTWARE_TOKEN_MFA]\nSmsConfiguration: { SnsCallerArn: arn }',
        totp,
        {
          SmsMfaConfiguration: maybe('SmsConfiguration, of which the service may make a factor by itself', {
            SmsConfiguration: { SnsCallerArn: 'arn' },
          }),
        },
      ],
    ])('%s', (properties, config, open) => {
      expect(made(base + properties).config).toEqual({ MfaConfiguration: 'ON', ...config });
      expect(openIn(base + properties)).toEqual(open);
    });

    it('and what stands in it', () => {
      const email = `${base}EnabledMfas: [EMAIL_OTP]\nEmailAuthenticationMessage: !Ref Text`;
      expect(made(email).config['EmailMfaConfiguration']).toEqual({ Message: expect.any(String) });
      expect(openIn(email)).toEqual({ 'EmailMfaConfiguration.Message': known(text) });
    });

    it.each([
      ['SmsConfiguration: !Ref List', 'SmsConfiguration'],
      ['SmsConfiguration: { EumsSms: !Ref List }', 'SmsConfiguration.EumsSms'],
    ])('and what of %s', (properties, path) => {
      expect(openIn(`${base}EnabledMfas: [SMS_MFA]\n${properties}`)).toEqual({
        [`UserPool.${path}`]: anything(list),
        [`SmsMfaConfiguration.${path}`]: anything(list),
      });
    });
  });
});
