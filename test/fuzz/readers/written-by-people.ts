/** Files of YAML, and templates, that people write. */
import { cp } from 'node:fs/promises';
import * as fc from 'fast-check';
import type { Reader } from '../loop.ts';
import { yamlBy } from '../schema-grammar.ts';
import { configurationFile, filesIn, fromFile, policiesFolder, saidBy } from './reader.ts';

const policyFiles = /^(?!.*\.test\.).*\.yaml$/;

export const configuration: Reader = {
  seeds: () =>
    filesIn('test/fuzz/world', /^mfa-drift\.yaml$/).then(async (own) => [
      ...own,
      ...(await filesIn('test/config', /^whole\.yaml$/)),
    ]),
  grammar: () => yamlBy('config'),
  open: fromFile('mfa-drift.yaml', (file) => saidBy('policy', 'check', '--config', file, '--policies', policiesFolder)),
};

export const policies: Reader = {
  seeds: () => filesIn('policies', policyFiles),
  grammar: () => yamlBy('policy'),
  open: fromFile('policies.yaml', (file) => saidBy('policy', 'check', '--policies', file)),
};

export const exceptions: Reader = {
  seeds: () => filesIn(policiesFolder, policyFiles),
  grammar: () => yamlBy('exceptions'),
  open: fromFile('exceptions.yaml', (file) =>
    saidBy('policy', 'check', '--config', configurationFile, '--policies', policiesFolder, '--policies', file),
  ),
};

export const policyTests: Reader = {
  seeds: () => filesIn('policies', /\.test\.yaml$/),
  grammar: () => yamlBy('policy-test'),
  async open(folder) {
    await cp('policies', folder, { recursive: true, filter: (name) => !name.includes('.test.') });
    return fromFile('some.test.yaml', (file) => saidBy('policy', 'test', '--policies', file))(folder, '');
  },
};

const template = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Mode: { Type: String, Default: 'ON', AllowedValues: ['ON', 'OFF', OPTIONAL] }
Conditions:
  IsProd: !Equals [!Ref AWS::Region, eu-west-1]
Mappings:
  Modes: { eu-west-1: { mode: 'ON' } }
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Condition: IsProd
    Properties:
      UserPoolName: !Sub 'shop-\${AWS::Region}'
      MfaConfiguration: !If [IsProd, !Ref Mode, !FindInMap [Modes, !Ref AWS::Region, mode]]
      EnabledMfas: [SOFTWARE_TOKEN_MFA, !Join ['_', [SMS, MFA]]]
      UserPoolTags: { audience: customer }
`;

/** Intrinsic functions (CloudFormation user guide, "Intrinsic function reference"), nested as they may be. */
const intrinsic = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>('ON', 'OFF', 'OPTIONAL', true, null, 1, '${Mode}', '${AWS::Region}', 'SMS_MFA'),
    fc.constantFrom('Mode', 'AWS::Region', 'AWS::NoValue', 'Pool', 'Nothing').map((name) => ({ Ref: name })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .tuple(
        fc.constantFrom(
          'If',
          'Sub',
          'Join',
          'Select',
          'Split',
          'FindInMap',
          'GetAtt',
          'Equals',
          'Not',
          'And',
          'Or',
          'Base64',
          'ImportValue',
          'Transform',
          'Cidr',
          'Length',
          'ToJsonString',
          'ForEach::Pools',
        ),
        fc.oneof(fc.array(tie('value'), { maxLength: 4 }), tie('value')),
      )
      .map(([name, given]) => ({ [`Fn::${name}`]: given })),
    fc.dictionary(fc.constantFrom('Enabled', 'Key', 'IsProd', 'Condition', 'Ref'), tie('value'), { maxKeys: 2 }),
  ),
})).value;

const templateText = fc
  .record(
    {
      Parameters: fc.dictionary(
        fc.constantFrom('Mode', 'Other'),
        fc.record(
          { Type: fc.constantFrom('String', 'Number', 'CommaDelimitedList'), Default: intrinsic },
          { requiredKeys: [] },
        ),
        { maxKeys: 2 },
      ),
      Conditions: fc.dictionary(fc.constantFrom('IsProd', 'Other'), intrinsic, { maxKeys: 2 }),
      Mappings: intrinsic,
      Resources: fc.record({
        Pool: fc.record({
          Type: fc.constant('AWS::Cognito::UserPool'),
          Condition: fc.constantFrom('IsProd', 'Other', 'Nothing'),
          Properties: fc.record(
            {
              UserPoolName: intrinsic,
              MfaConfiguration: intrinsic,
              EnabledMfas: intrinsic,
              UserPoolTags: intrinsic,
              SmsConfiguration: intrinsic,
              UserPoolTier: intrinsic,
              WebAuthnRelyingPartyID: intrinsic,
            },
            { requiredKeys: [] },
          ),
        }),
      }),
    },
    { requiredKeys: ['Resources'] },
  )
  .map((value) => JSON.stringify(value));

export const templates: Reader = {
  seeds: async () => [Buffer.from(template), ...(await filesIn('test/domain/template', /\.json$/))],
  grammar: () => templateText,
  open: fromFile('template.yaml', (file) =>
    saidBy('policy', 'test', '--config', configurationFile, '--template', file, '--policies', policiesFolder),
  ),
};
