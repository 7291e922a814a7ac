/** What only the deployment decides is said, and never guessed. */
import { describe, expect, it } from 'vitest';
import { expecting, policy, policySet } from '../../policy-set.ts';
import { checksOf, judged, pool, withPool } from './templates.ts';

const app = 'EnabledMfas: [SOFTWARE_TOKEN_MFA]';
const mode = 'MfaConfiguration: !Ref Mode';
const on = `{ MfaConfiguration: 'ON' }`;
const eitherMode = `{ MfaConfiguration: { oneOf: ['ON', OPTIONAL], set: OPTIONAL } }`;
const hasApp = '{ factors: { atLeastOne: [totp] } }';

describe('a parameter', () => {
  it.each([
    ['without a default is not known', '{ Type: String }', {}, on, 'unknown'],
    ['with a default is taken by it', '{ Type: String, Default: "ON" }', {}, on, 'holds'],
    ['that was said is what was said', '{ Type: String, Default: "ON" }', { Mode: 'OFF' }, on, 'misses'],
    ['that takes only what holds, holds', '{ Type: String, AllowedValues: ["ON", OPTIONAL] }', {}, eitherMode, 'holds'],
    ['that takes only what misses, misses', '{ Type: String, AllowedValues: ["OFF", OPTIONAL] }', {}, on, 'misses'],
    ['that takes both is not known', '{ Type: String, AllowedValues: ["ON", OPTIONAL] }', {}, on, 'unknown'],
    ['that takes nothing is not known', '{ Type: String, AllowedValues: [] }', {}, on, 'unknown'],
    [
      'of Systems Manager has the name of one for its default',
      '{ Type: "AWS::SSM::Parameter::Value<String>", Default: "ON" }',
      {},
      on,
      'unknown',
    ],
  ])('%s', (_name, parameter, parameters, fields, verdict) => {
    const checks = checksOf(`${mode}\n${app}`, fields, `Parameters:\n  Mode: ${parameter}`, { parameters });
    expect(checks).toEqual({ MfaConfiguration: verdict });
  });

  it('is told by its name where its default was gone by, or nothing was', () => {
    const text = withPool(
      `${mode}\nUserPoolName: !Ref Name\nUserPoolTier: !Ref Tier`,
      'Parameters:\n  Mode: { Type: String, AllowedValues: [a, b] }\n  Name: { Type: String, Default: shop }\n  Tier: { Type: String }',
    );
    const { assumed, unsaid } = judged(text);
    expect([...assumed]).toEqual([['Name', 'shop']]);
    expect([...unsaid]).toEqual([
      ['Mode', 'a, b'],
      ['Tier', ''],
    ]);
  });
});

describe('a condition', () => {
  const conditions =
    'Parameters: { Stage: { Type: String } }\nConditions:\n  IsProd: !Equals [!Ref Stage, prod]\n  IsNot: !Not [!Condition IsProd]\n  Never: !And [!Equals [a, b], !Condition IsProd]\n  Always: !Or [!Equals [a, a], !Condition IsProd]\n  Both: !And [!Equals [a, a], !Equals [1, "1"]]\n  Neither: !Or [!Equals [a, b], !Equals [{ a: 1 }, { a: 2 }]]';
  it.each([
    ['IsProd', {}, 'unknown'],
    ['IsProd', { Stage: 'prod' }, 'holds'],
    ['IsNot', { Stage: 'prod' }, 'misses'],
    ['Never', {}, 'misses'],
    ['Always', {}, 'holds'],
    ['Both', {}, 'holds'],
    ['Neither', {}, 'misses'],
    ['Missing', {}, 'unknown'],
  ])('%s with %j: %s', (name, parameters, verdict) => {
    const properties = `MfaConfiguration: !If [${name}, 'ON', OPTIONAL]\n${app}`;
    expect(checksOf(properties, on, conditions, { parameters })).toEqual({ MfaConfiguration: verdict });
  });

  it('does not matter where both ways hold', () => {
    const factors =
      'MfaConfiguration: "ON"\nEnabledMfas: !If [IsProd, [SOFTWARE_TOKEN_MFA], [SOFTWARE_TOKEN_MFA, EMAIL_OTP]]';
    expect(checksOf(`MfaConfiguration: !If [IsProd, 'ON', OPTIONAL]\n${app}`, eitherMode, conditions)).toEqual({
      MfaConfiguration: 'holds',
    });
    expect(checksOf(factors, hasApp, conditions)).toEqual({ 'factors.atLeastOne': 'holds' });
    expect(checksOf(factors, '{ factors: { allow: [totp] } }', conditions)).toEqual({ 'factors.allow': 'unknown' });
  });

  it('of the pool itself decides whether it is made', () => {
    const text = (name: string): string =>
      withPool(mode).replace('    Type', `    Condition: ${name}\n    Type`) + conditions;
    expect(judged(text('Never'))).toMatchObject({ pools: [], notMade: [{ what: expect.stringContaining('Pool') }] });
    expect(pool(text('IsProd')).madeOnlyWith).toContain('IsProd (t.yaml:');
    expect(pool(text('Always')).madeOnlyWith).toBeNull();
  });
});

describe('functions', () => {
  const rest = 'Mappings: { Modes: { prod: { mode: "ON" } } }\nParameters: { Stage: { Type: String, Default: prod } }';
  it.each([
    ['!FindInMap [Modes, !Ref Stage, mode]', 'holds'],
    ['!FindInMap [Modes, dev, mode]', 'unknown'],
    ['{ "Fn::FindInMap": [Modes, { Ref: Stage }, mode] }', 'holds'],
    ['!Select [1, ["OFF", "ON"]]', 'holds'],
    ['!Select [0, !Split ["-", "ON-x"]]', 'holds'],
    ['!Join ["", [O, N]]', 'holds'],
    ['!Sub "O${Letter}"', 'unknown'],
    ['!Sub ["O${Letter}", { Letter: "N" }]', 'holds'],
    ['!Sub "${!ON}"', 'misses'],
    ['!ImportValue mode', 'unknown'],
    ['!GetAtt Other.Mode', 'unknown'],
    ["'{{resolve:ssm:mode}}'", 'unknown'],
    ['!Transform { Name: X }', 'unknown'],
  ])('%s: %s', (value, verdict) => {
    expect(checksOf(`MfaConfiguration: ${value}\n${app}`, on, rest)).toEqual({ MfaConfiguration: verdict });
  });
});

describe('what is open says why', () => {
  const rest = [
    'Mappings: { Modes: { prod: { mode: "ON" } } }',
    'Parameters:',
    '  Mode: { Type: String }',
    '  Modes: { Type: CommaDelimitedList }',
    '  Stored: { Type: "AWS::SSM::Parameter::Value<String>" }',
    'Conditions: { IsProd: !Equals [!Ref Mode, prod] }',
  ].join('\n');

  it.each([
    ['!Ref Mode', 'the parameter Mode (t.yaml:8), which has no default'],
    ['!Ref Stored', 'the parameter Stored (t.yaml:10), which is read from Systems Manager'],
    ['!Ref Other', 'what Other is called once it is made'],
    ['{ Ref: [a] }', 'a Ref to something that is no name'],
    ['!Ref AWS::StackName', 'AWS::StackName; say it with --parameter AWS::StackName=…'],
    ['!Ref AWS::AccountId', 'AWS::AccountId; say it with --parameter AWS::AccountId=…'],
    ['!Ref AWS::Region', 'AWS::Region; say it with --parameter AWS::Region=…'],
    ['!Ref AWS::Partition', 'AWS::Partition; say it with --parameter AWS::Partition=…'],
    ['!If [IsProd, "ON", "OFF"]', 'the condition IsProd (t.yaml:11), which the deployment decides'],
    ['{ "Fn::If": [[IsProd], "ON", "OFF"] }', 'a condition without a name'],
    ['{ "Fn::If": IsProd }', 'a condition without a name'],
    ['!GetAtt Other.Mode', 'an attribute of Other, which is made with the stack'],
    ['{ "Fn::GetAtt": [Other, Mode] }', 'an attribute of Other, which is made with the stack'],
    ['{ "Fn::GetAtt": { a: b } }', 'an attribute of a resource, which is made with the stack'],
    ['!Sub "${Other.Mode}"', 'an attribute of Other, which is made with the stack'],
    ['!Sub "${Mode}"', 'the parameter Mode (t.yaml:8), which has no default'],
    ['!Sub ["${X}", { X: !ImportValue x }]', 'a value that another stack exports'],
    ['{ "Fn::Sub": { a: b } }', 'a text that only the deployment knows'],
    ['!ImportValue mode', 'a value that another stack exports'],
    ["'{{resolve:ssm:mode}}'", 'a dynamic reference ({{resolve:…}})'],
    ['!FindInMap [Modes, dev, mode]', 'an entry that the mapping Modes does not have'],
    ['!FindInMap [Modes, prod, other]', 'an entry that the mapping Modes does not have'],
    ['!FindInMap [Other, prod, mode]', 'an entry that the mapping Other does not have'],
    ['!Select [2, [a, b]]', 'Fn::Select of what the list does not have'],
    ['{ "Fn::Select": x }', 'Fn::Select of what the list does not have'],
    ['!Select [0, !Ref Modes]', 'the parameter Modes (t.yaml:9), which has no default'],
    ['{ "Fn::Join": ["", x] }', 'Fn::Join of no list'],
    ['{ "Fn::Join": x }', 'Fn::Join of no list'],
    ['!Join ["", ["O", !Ref Mode]]', 'the parameter Mode (t.yaml:8), which has no default'],
    ['!Split ["-", [a]]', 'Fn::Split of no text'],
    ['{ "Fn::Split": x }', 'Fn::Split of no text'],
    ['!Transform { Name: X }', 'Fn::Transform, which is worked out at the deployment'],
  ])('%s', (value, why) => {
    const { made } = pool(withPool(`MfaConfiguration: ${value}`, rest));
    expect(made.subject.open?.get('MfaConfiguration')?.why).toBe(why);
  });
});

describe('a value in a block that may not be there', () => {
  const properties = 'EnabledMfas: [SOFTWARE_TOKEN_MFA, !ImportValue factor]\nEmailAuthenticationMessage: !Ref Message';
  const rest = 'Parameters: { Message: { Type: String, AllowedValues: ["a {####}", "b {####}"] } }';

  it.each(['"a {####}"', '{ noneOf: ["a {####}"] }', '{ oneOf: ["a {####}", "b {####}"], set: "a {####}" }'])(
    'that can be a or b is not known to be %s',
    (wanted) => {
      const fields = `{ EmailMfaConfiguration: { Message: ${wanted} } }`;
      expect(checksOf(properties, fields, rest)).toEqual({ 'EmailMfaConfiguration.Message': 'unknown' });
    },
  );
});

it('of a mode that can be nothing no factor is known', () => {
  const rest = 'Parameters: { Mode: { Type: String, AllowedValues: [] } }';
  expect(checksOf(`${mode}\n${app}`, hasApp, rest)).toEqual({ 'factors.atLeastOne': 'unknown' });
});

// SMS is a factor by the role of its configuration, whatever its name.
describe('a role that nobody knows yet', () => {
  const rest = [
    'Parameters:',
    '  Text: { Type: String }',
    '  Texts: { Type: CommaDelimitedList }',
    '  Stored: { Type: "AWS::SSM::Parameter::Value<String>" }',
    '  StoredList: { Type: "AWS::SSM::Parameter::Value<List<String>>" }',
    'Conditions: { IsProd: !Equals [!Ref Text, prod] }',
  ].join('\n');

  it.each([
    ['arn:aws:iam::111122223333:role/sms', 'holds'],
    ['!Ref AWS::NoValue', 'misses'],
    ['!Ref Text', 'holds'],
    ['!Ref Stored', 'holds'],
    ['!Ref Texts', 'unknown'],
    ['!Ref StoredList', 'unknown'],
    ['{ Ref: [a] }', 'unknown'],
    ['!Ref AWS::StackName', 'holds'],
    ['!Ref Other', 'holds'],
    ['!GetAtt Other.Name', 'holds'],
    ['!ImportValue text', 'holds'],
    ["'{{resolve:ssm:text}}'", 'holds'],
    ['!Sub "${Text}!"', 'holds'],
    ['!Sub "${Text}"', 'holds'],
    ['!Join [" ", [arn, !Ref Text]]', 'holds'],
    ['!Select [0, !Ref Texts]', 'unknown'],
    ['!FindInMap [Texts, a, b]', 'unknown'],
    ['!Split ["-", [a]]', 'unknown'],
    ['!Transform { Name: X }', 'unknown'],
    ['!If [IsProd, !Ref Text, arn:aws:iam::111122223333:role/sms]', 'holds'],
    ['!If [IsProd, !Ref AWS::NoValue, arn:aws:iam::111122223333:role/sms]', 'unknown'],
    ['!If [IsProd, !Ref Text, !Ref AWS::NoValue]', 'unknown'],
    ['!If [IsProd, !Ref AWS::NoValue, !Ref AWS::NoValue]', 'misses'],
    ['{ "Fn::If": [[IsProd], a, b] }', 'unknown'],
  ])('%s: SMS is a factor: %s', (value, verdict) => {
    const properties = `MfaConfiguration: "ON"\nEnabledMfas: [SMS_MFA]\nSmsConfiguration:\n  SnsCallerArn: ${value}`;
    const fields = '{ factors: { atLeastOne: [sms] } }';
    expect(checksOf(properties, fields, rest)).toEqual({ 'factors.atLeastOne': verdict });
  });
});

describe('what CloudFormation knows by itself', () => {
  it.each([
    ['!Ref AWS::AccountId', { accountId: '111122223333' }, '111122223333'],
    ['!Ref AWS::Region', { region: 'cn-north-1' }, 'cn-north-1'],
    ['!Ref AWS::Partition', { region: 'cn-north-1' }, 'aws-cn'],
    ['!Ref AWS::Region', { accountId: '111122223333', region: 'eu-west-1' }, 'eu-west-1'],
    ['!Sub "x${AWS::NoValue}"', {}, 'x'],
    ['true', {}, 'true'],
    ['{ Ref: Number, Other: 1 }', {}, { Ref: 'Number', Other: 1 }],
    ['!Sub "${AWS::Partition}-${AWS::Region}"', { region: 'eu-west-1' }, 'aws-eu-west-1'],
    ['!Ref AWS::StackName', { region: 'eu-west-1', parameters: { 'AWS::StackName': 'shop' } }, 'shop'],
    ['!Join [",", !Ref List]', {}, 'a,b'],
    ['!Join [",", !Ref Numbers]', {}, '1,2'],
    ['!Ref Number', {}, '7'],
    ['!Ref Truth', {}, 'true'],
    ['!Ref Number', { parameters: { Number: '8' } }, '8'],
    ['!Sub "${Number}${!Number}${Missing"', {}, '7${Number}${Missing'],
    ['!Sub ["${A}-${A}-${B}", { A: x, B: !Ref Number }]', {}, 'x-x-7'],
  ])('%s with %j is %s', (value, deployment, name) => {
    const parameters = [
      'Parameters:',
      '  List: { Type: CommaDelimitedList, Default: "a , b" }',
      '  Numbers: { Type: "List<Number>", Default: "1,2" }',
      '  Number: { Type: Number, Default: 7 }',
      '  Truth: { Type: String, Default: true }',
    ].join('\n');
    const { made } = pool(withPool(`UserPoolName: ${value}`, parameters), undefined, deployment);
    expect(made.userPool['Name']).toEqual(name);
  });
});

describe('SMS', () => {
  const sender = 'SmsConfiguration: { SnsCallerArn: !GetAtt Role.Arn, ExternalId: x }';
  const wantsRole = `{ SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: { pattern: '.*:role/sms' } } } }`;

  it('is a factor by a role that is made with the stack, whose name nobody knows yet', () => {
    const properties = `MfaConfiguration: "ON"\nEnabledMfas: [SMS_MFA]\n${sender}`;
    expect(checksOf(properties, '{ factors: { atLeastOne: [sms] } }')).toEqual({ 'factors.atLeastOne': 'holds' });
    expect(checksOf(properties, wantsRole)).toEqual({ 'SmsMfaConfiguration.SmsConfiguration.SnsCallerArn': 'unknown' });
  });

  it('is one by the configuration alone, and what the answer shows of it was never measured', () => {
    const properties = `MfaConfiguration: "ON"\n${app}\n${sender}`;
    expect(checksOf(properties, '{ factors: { allow: [totp] } }')).toEqual({ 'factors.allow': 'misses' });
    expect(checksOf(properties, '{ SmsMfaConfiguration: { present: false } }')).toEqual({
      SmsMfaConfiguration: 'unknown',
    });
  });
});

it('that there is nothing else is not known where a block may be there', () => {
  const exact = expecting(
    `{ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } }`,
    'exact: true\n',
  );
  const statusOf = (factors: string) =>
    pool(withPool(`MfaConfiguration: "ON"\nEnabledMfas: [SOFTWARE_TOKEN_MFA${factors}]`), exact).verdict.record.status;
  expect([statusOf(''), statusOf(', EMAIL_OTP'), statusOf(', !ImportValue factor')]).toEqual([
    'compliant',
    'drifted',
    'unreadable',
  ]);
});

describe('where it would be deployed', () => {
  const set = (match: string) => policySet(`${policy('p')}match: ${match}\nexpect: { MfaConfiguration: 'ON' }\n`);
  const text = withPool(
    `MfaConfiguration: "ON"\n${app}\nUserPoolName: customers\nUserPoolTags: { audience: customer }`,
  );
  it.each([
    [`{ accounts: ['111122223333'] }`, {}, 'unreadable'],
    [`{ accounts: ['111122223333'] }`, { accountId: '111122223333' }, 'compliant'],
    [`{ accounts: ['111122223333'] }`, { accountId: '444455556666' }, 'uncovered'],
    [`{ accounts: ['*'] }`, {}, 'compliant'],
    [`{ accounts: ['*-prod'] }`, { accountId: '111122223333' }, 'unreadable'],
    [`{ accounts: ['*-prod'] }`, { accountName: 'shop-prod' }, 'compliant'],
    [`{ accountTags: { env: [prod] } }`, {}, 'unreadable'],
    [`{ accountTags: { env: [prod] } }`, { accountTags: { env: 'prod' } }, 'compliant'],
    [`{ organizationalUnits: ['/Prod'] }`, {}, 'unreadable'],
    [`{ organizationalUnits: ['/Prod'] }`, { unitPath: '/Prod/Shop' }, 'compliant'],
    [`{ regions: ['eu-*'] }`, {}, 'unreadable'],
    [`{ regions: ['eu-*'] }`, { region: 'eu-west-1' }, 'compliant'],
    [`{ regions: ['*'] }`, {}, 'compliant'],
    [`{ pools: ['cust*'] }`, {}, 'compliant'],
    [`{ pools: [staff] }`, {}, 'uncovered'],
    [`{ pools: [eu-west-1_AbCdEf123] }`, {}, 'unreadable'],
    [`{ poolTags: { audience: [customer] } }`, {}, 'compliant'],
    [`{ poolTags: { audience: [staff] } }`, {}, 'uncovered'],
    [`{ poolTags: { env: [prod] } }`, {}, 'unreadable'],
    [`{ poolTags: { env: [prod] } }`, { stackTags: { env: 'prod' } }, 'compliant'],
    [`{ poolTags: { env: [prod] } }`, { stackTags: {} }, 'uncovered'],
    [`{ poolTags: { 'aws:cloudformation:stack-name': [shop] } }`, { stackTags: {} }, 'unreadable'],
    [`{ UserPool: { EstimatedNumberOfUsers: { min: 1 } } }`, {}, 'unreadable'],
    [`{ UserPool: { EstimatedNumberOfUsers: { min: 1 } } }`, { users: 1 }, 'compliant'],
    [`{ UserPool: { UserPoolTier: PLUS } }`, {}, 'unreadable'],
    [`{ UserPool: { UserPoolAddOns: { present: false } } }`, {}, 'compliant'],
  ])('%s with %j: %s', (match, deployment, status) => {
    const { verdict } = pool(text, set(match), deployment);
    expect(verdict.record.status).toBe(status);
  });

  it('is asked for by a name that the template leaves to CloudFormation', () => {
    const unnamed = withPool(`MfaConfiguration: "ON"\n${app}`);
    expect(pool(unnamed, set('{ pools: [customers] }')).verdict.record.status).toBe('unreadable');
    expect(pool(unnamed, set(`{ pools: ['*'] }`)).verdict.record.status).toBe('compliant');
  });

  it('fills variables, or says that they are not known', () => {
    const passkeys = 'WebAuthnRelyingPartyID: auth.eu-west-1.example.com';
    const fields = "{ WebAuthnConfiguration: { RelyingPartyId: { oneOf: ['auth.${region}.example.com'] } } }";
    const path = 'WebAuthnConfiguration.RelyingPartyId';
    expect(checksOf(passkeys, fields)).toEqual({ [path]: 'unknown' });
    expect(checksOf(passkeys, fields, '', { region: 'eu-west-1' })).toEqual({ [path]: 'holds' });
  });
});

describe('what may change pools at the deployment is said', () => {
  it.each([
    ['  Fn::ForEach::Pools: [Name, [a, b], { "${Name}Pool": { Type: "AWS::Cognito::UserPool" } }]', /loop/],
    [
      '  Mfa: { Type: "Custom::AWS", Properties: { Create: { "Fn::Join": ["", ["{\\"action\\":\\"setUserPoolMfaConfig\\"}"]] } } }',
      /replaces what the template says/,
    ],
    [
      '  Mfa: { Type: "AWS::CloudFormation::CustomResource", Properties: { Do: set_user_pool_mfa_config } }',
      /replaces what the template says/,
    ],
    ['  Pools: { Type: "Acme::Login::Pools::MODULE" }', /module/],
    ['Transform: [AWS::Serverless-2016-10-31, AcmeMacro]', /macro AcmeMacro/],
  ])('%s', (line, says) => {
    expect(judged(withPool('UserPoolName: a', line)).unjudged).toEqual([
      { location: expect.objectContaining({ file: 't.yaml' }), what: expect.stringMatching(says) },
    ]);
  });

  it.each([
    '  Role: { Type: "AWS::IAM::Policy", Properties: { Actions: ["cognito-idp:SetUserPoolMfaConfig"] } }',
    '  Other: { Type: "Custom::Other", Properties: { Do: nothing } }',
    'Transform: AWS::Serverless-2016-10-31',
  ])('and not %s', (line) => {
    expect(judged(withPool('UserPoolName: a', line)).unjudged).toEqual([]);
  });

  it('and no pool is judged whose properties come from elsewhere', () => {
    const text = withPool(
      'MfaConfiguration: "ON"\nFn::Transform: { Name: AWS::Include, Parameters: { Location: s3://a/b } }',
    );
    expect(judged(text)).toMatchObject({ pools: [], unjudged: [{ what: expect.stringContaining('Fn::Transform') }] });
  });
});
