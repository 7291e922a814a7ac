/** Which pools of a template are judged, where they and their faults stand, and what keeps others from it. */
import { describe, expect, it, test } from 'vitest';
import { policy, policySet } from '../../policy-set.ts';
import { judgeTemplate } from '../../../src/domain/template/judged-template.ts';
import { judged, nowhere, pool, template, withPool } from './templates.ts';

const at = (line: number) => expect.objectContaining({ file: 't.yaml', line });

describe('the pools of a template', () => {
  const text = [
    'Conditions: { Never: !Equals [a, b], Always: !Equals [a, a] }',
    'Resources:',
    '  Topic: { Type: AWS::SNS::Topic }',
    '  First: { Type: AWS::Cognito::UserPool }',
    '  Client: { Type: AWS::Cognito::UserPoolClient }',
    '  Gone: { Type: AWS::Cognito::UserPool, Condition: Never }',
    '  Second: { Type: AWS::Cognito::UserPool, Condition: Always, Properties: { MfaConfiguration: REQUIRED } }',
    '  Odd: [AWS::Cognito::UserPool]',
    '  None:',
    '',
  ].join('\n');

  it('are those that are made, with the lines where they stand', () => {
    const { file, pools, notMade, unjudged } = judged(text);
    expect(file).toBe('t.yaml');
    expect(pools).toMatchObject([
      { logicalId: 'First', location: at(4), madeOnlyWith: null },
      { logicalId: 'Second', location: at(7), madeOnlyWith: null },
    ]);
    expect(notMade).toEqual([{ location: at(6), what: 'Gone: the condition Never does not hold' }]);
    expect(unjudged).toEqual([]);
  });

  it('have their faults beside them, at the property', () => {
    expect(judged(text).faults).toEqual([
      {
        property: 'MfaConfiguration',
        message: 'MfaConfiguration is "REQUIRED", and must be OFF, OPTIONAL, ON',
        allowed: ['OFF', 'OPTIONAL', 'ON'],
        found: 'REQUIRED',
        path: ['Resources', 'Second', 'Properties', 'MfaConfiguration'],
        location: at(7),
      },
    ]);
  });

  it('without resources are none', () => {
    expect(judged('Resources: {}')).toMatchObject({ pools: [], faults: [], unjudged: [], notMade: [] });
  });
});

test('what a pool lacks is found whatever an exception excuses, and it is uncovered only where pools have to be covered', () => {
  const excused = policySet(
    `${policy('p')}expect: { MfaConfiguration: 'ON' }\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { regions: ['*'] }, reason: r, owner: o, expires: 2027-03-31 }\n`,
  );
  expect(pool(withPool('UserPoolName: a'), excused).verdict.record).toMatchObject({
    status: 'drifted',
    findings: [{ exception: null }],
  });
  const none = policySet(`${policy('p')}match: { pools: [b] }\nexpect: {}\n`);
  const stands = [true, false].map((requireCoverage) =>
    judgeTemplate(template(withPool('UserPoolName: a')), nowhere, { set: none, requireCoverage }).pools.map(
      ({ verdict }) => verdict.record.findings.length,
    ),
  );
  expect(stands).toEqual([[1], [0]]);
});

describe('a fault says what was found, and what would be taken', () => {
  const modes = ['OFF', 'OPTIONAL', 'ON'];
  const factors = ['SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'EMAIL_OTP'];

  it.each([
    ['MfaConfiguration: ON', [{ property: 'MfaConfiguration', allowed: modes, found: 'ON' }]],
    ['MfaConfiguration: OFF', [{ property: 'MfaConfiguration', allowed: modes, found: 'OFF' }]],
    [
      'MfaConfiguration: 7',
      [
        {
          message: 'MfaConfiguration is 7, and must be OFF, OPTIONAL, ON',
          property: 'MfaConfiguration',
          allowed: modes,
          found: '',
        },
      ],
    ],
    [
      'WebAuthnFactorConfiguration: NONE',
      [
        {
          property: 'WebAuthnFactorConfiguration',
          allowed: ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'],
          found: 'NONE',
        },
      ],
    ],
    [
      'EnabledMfas: [SMS_MFA, TOTP, !Ref AWS::NoValue, !ImportValue x, 7]',
      [
        { property: 'EnabledMfas', index: 1, allowed: factors, found: 'TOTP' },
        {
          message: `EnabledMfas has 7, which is no factor: ${factors.join(', ')}`,
          property: 'EnabledMfas',
          index: 4,
          allowed: factors,
          found: '',
        },
      ],
    ],
    [
      'EnabledMfas: SMS_MFA',
      [{ property: 'EnabledMfas', message: 'EnabledMfas must be a list', allowed: [], found: '' }],
    ],
    ['EnabledMfas: !Ref AWS::NoValue', []],
    ['EnabledMfas: !ImportValue x', []],
    ['MfaConfiguration: !Ref AWS::NoValue', []],
    ['MfaConfiguration: !ImportValue x', []],
    [
      'EnabledMfas: [SOFTWARE_TOKEN_MFA]',
      [
        {
          property: 'EnabledMfas',
          message:
            'EnabledMfas stands without MfaConfiguration, which is OFF then, and Cognito refuses OFF together with a factor: take EnabledMfas out, or set MfaConfiguration to ON or OPTIONAL',
          allowed: [],
          found: '',
        },
      ],
    ],
    ['MfaConfiguration: "ON"', [{ property: 'MfaConfiguration', allowed: [], found: '' }]],
  ])('%s', (properties, faults) => {
    expect(judged(withPool(properties)).faults).toMatchObject(faults);
    expect(judged(withPool(properties)).faults).toHaveLength(faults.length);
  });

  it('and no more of a long value than one needs to know it by', () => {
    const messages = [198, 199].map(
      (length) => judged(withPool(`MfaConfiguration: ${'a'.repeat(length)}`)).faults[0]?.message,
    );
    expect(messages).toEqual([
      `MfaConfiguration is "${'a'.repeat(198)}", and must be OFF, OPTIONAL, ON`,
      `MfaConfiguration is "${'a'.repeat(199)}…, and must be OFF, OPTIONAL, ON`,
    ]);
  });

  it('at its place in a list', () => {
    const [fault] = judged(withPool('EnabledMfas:\n  - SMS_MFA\n  - TOTP')).faults;
    expect(fault).toMatchObject({ path: ['Resources', 'Pool', 'Properties', 'EnabledMfas', 1], location: at(7) });
  });
});

describe('nobody judges before the deployment', () => {
  it.each([
    [
      '  Fn::ForEach::Pools: [Name, [a], { "${Name}Pool": { Type: "AWS::Cognito::UserPool" } }]',
      'Fn::ForEach::Pools: is a loop, which CloudFormation unrolls at the deployment',
    ],
    [
      '  Mfa: { Type: "Custom::AWS", Properties: { Do: set-user-pool-mfa-config } }',
      'Mfa: is a custom resource that calls SetUserPoolMfaConfig, which replaces what the template says',
    ],
    [
      '  Mfa: { Type: "AWS::CloudFormation::CustomResource", Properties: { Do: SetUserPoolMFAConfig } }',
      'Mfa: is a custom resource that calls SetUserPoolMfaConfig, which replaces what the template says',
    ],
    ['  Pools: { Type: "Acme::Login::Pools::MODULE" }', 'Pools: is a module, which may hold pools'],
    [
      '  Pool2: { Type: "AWS::Cognito::UserPool", Properties: { "Fn::Transform": { Name: AWS::Include } } }',
      'Pool2: takes properties from elsewhere at the deployment (Fn::Transform)',
    ],
    [
      '  Pool2: { Type: "AWS::Cognito::UserPool", Properties: { UserPoolName: a, "Fn::Transform": { Name: X } } }',
      'Pool2: takes properties from elsewhere at the deployment (Fn::Transform)',
    ],
    [
      '  Pool2: { Type: "AWS::Cognito::UserPool", Properties: !If [IsProd, {}, {}] }',
      'Pool2: takes properties from elsewhere at the deployment (Fn::Transform)',
    ],
  ])('%s', (line, what) => {
    const { pools, unjudged } = judged(withPool('UserPoolName: a', line));
    expect(unjudged).toEqual([{ location: at(6), what }]);
    expect(pools.map(({ logicalId }) => logicalId)).toEqual(['Pool']);
  });

  it.each([
    ['Transform: Acme', ['Acme']],
    ['Transform: [AWS::LanguageExtensions, Acme, Other]', ['Acme', 'Other']],
    ['Transform: { Name: Acme, Parameters: {} }', ['Acme']],
    ['Transform: [{ Name: AWS::Include }]', ['AWS::Include']],
    ['Transform: AWS::Include', ['AWS::Include']],
    ['Transform: [AWS::LanguageExtensions, AWS::SecretsManager-2020-07-23]', []],
  ])('what a macro may change: %s', (line, names) => {
    expect(judged(withPool('UserPoolName: a', line)).unjudged).toEqual(
      names.map((name) => ({ location: at(6), what: `Transform: the macro ${name} may change any resource` })),
    );
  });

  it.each([
    '  Fn::ForEach::Clients: [Name, [a], { "${Name}": { Type: "AWS::Cognito::UserPoolClient" } }]',
    '  Setter: { Type: "AWS::Lambda::Function", Properties: { Code: setUserPoolMfaConfig } }',
    '  Other: { Type: "AWS::CloudFormation::CustomResource", Properties: { Do: nothing } }',
    '  MODULE: { Type: "AWS::SNS::Topic", Properties: { "Fn::Transform": { Name: X } } }',
    '  Pools: { Type: "Acme::Pools::MODULES" }',
    '  Odd: { Type: [Custom::AWS, setUserPoolMfaConfig] }',
  ])('but not %s', (line) => {
    expect(judged(withPool('UserPoolName: a', line)).unjudged).toEqual([]);
  });
});
