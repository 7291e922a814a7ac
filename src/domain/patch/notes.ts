/** What somebody must know beside the text of a patch: what it can't say, in which order it goes, what would undo it. */
import { rawMember } from '../model/api/api-values.ts';
import { modeOf, verifyingFactor } from '../model/mfa/mfa-state.ts';
import { managedTools, patchTools, type PatchTool } from './members.ts';
import { counted, percents } from '../../number-format.ts';
import { unsaidByTerraform } from './source-settings.ts';
import type { WantedState } from './wanted-state.ts';

interface Note {
  /** `first`: before the text. `cannot`: the text does not say all. `after`: what happens then. */
  readonly about: 'first' | 'cannot' | 'after';
  readonly tools: readonly PatchTool[];
  readonly source: string;
  /** Whole sentences; none where it does not apply. */
  says(wanted: WantedState): readonly string[];
}

const viaCloudFormation = ['cloudformation', 'cdk', 'amplify'] as const;

/** In the order in which they are told. */
export const notes: readonly Note[] = [
  {
    about: 'first',
    tools: patchTools,
    source: 'AWS developer guide, Adding MFA: whom required MFA, or the loss of a factor, keeps from signing in',
    says: ({ readiness, poolId, accountId, region }) => {
      if (readiness === null) return [];
      if (readiness === 'not-asked')
        return [
          `This keeps out who has no factor that stays, and nobody has asked the users how many those are: mfa-drift readiness ${poolId} --account ${accountId} --region ${region}`,
        ];
      const { shares, population, lockedOutAtMost } = readiness;
      return [
        `${percents(shares['as-written'])} of its ${counted(population, 'local user')} could still sign in then; up to ${counted(lockedOutAtMost, 'user')} would be locked out.`,
      ];
    },
  },
  {
    about: 'first',
    tools: managedTools,
    source: 'hashicorp/terraform-provider-aws#41049: SetUserPoolMfaConfig goes before UpdateUserPool in one apply',
    says: ({ prerequisites }) =>
      prerequisites.length === 0
        ? []
        : [
            ...prerequisites,
            'That is a step of its own: deploy it, and only then this; in one and the same deployment the service refuses the MFA settings.',
          ],
  },
  {
    about: 'first',
    tools: ['cli'],
    source: 'API model, SetUserPoolMfaConfig',
    says: ({ prerequisites }) => prerequisites,
  },
  {
    about: 'cannot',
    tools: ['terraform'],
    source: 'hashicorp/terraform-provider-aws#50110; provider 5.100, schema of aws_cognito_user_pool',
    says: (wanted) => {
      const unsaid = unsaidByTerraform(wanted);
      return unsaid.length === 0
        ? []
        : [
            `The provider has no argument for ${unsaid.join(', ')}. Run the call below first, then change the text: the provider reads the pool anew, finds its arguments as they are written, and calls nothing.`,
            'Every later apply that changes an MFA argument sends the whole state without it, and so removes it: run the call again after each of those.',
          ];
    },
  },
  {
    about: 'cannot',
    tools: ['terraform'],
    source: 'provider 5.100: external_id and sns_caller_arn are required in sms_configuration',
    says: ({ call }) => {
      const sms = ['SmsMfaConfiguration', 'SmsConfiguration'];
      const hasRole = rawMember(call, [...sms, 'SnsCallerArn']) !== undefined;
      return hasRole && rawMember(call, [...sms, 'ExternalId']) === undefined
        ? ['The provider requires external_id, and the pool has none: give the role one, and put it into the text too.']
        : [];
    },
  },
  {
    about: 'cannot',
    tools: viaCloudFormation,
    source: 'aws-cloudformation/cloudformation-coverage-roadmap#1981, aws-amplify/amplify-backend#1481',
    says: ({ call, hasSmsConfiguration }) =>
      hasSmsConfiguration && modeOf(call) !== 'OFF' && rawMember(call, ['SmsMfaConfiguration']) === undefined
        ? [
            'The pool has an SMS configuration, and CloudFormation has been seen to refuse EnabledMfas without SMS_MFA there: take SmsConfiguration out too, if nothing else sends messages with it.',
          ]
        : [],
  },
  {
    about: 'first',
    tools: viaCloudFormation,
    source: 'aws-cloudformation/cloudformation-coverage-roadmap#1176 (2022); not measured since',
    says: ({ before, call }) =>
      modeOf(call) === 'ON' && modeOf(before) === 'OFF'
        ? [
            'CloudFormation has been seen to refuse ON for a pool that was made without it. If it does, make the call of --patch cli first, and deploy the text then.',
          ]
        : [],
  },
  {
    about: 'cannot',
    tools: viaCloudFormation,
    source: 'resource schema of AWS::Cognito::UserPool (cfn-lint 1.51, aws-cdk-lib 2.276): 63; API model: 127',
    says: ({ call }) => {
      const party = rawMember(call, ['WebAuthnConfiguration', 'RelyingPartyId']);
      return typeof party === 'string' && party.length > 63
        ? ['CloudFormation takes 63 characters for WebAuthnRelyingPartyID: make the call of --patch cli instead.']
        : [];
    },
  },
  {
    about: 'first',
    tools: ['cdk'],
    source: 'aws-cdk-lib 2.276, UserPool.validateEmailMfa',
    says: ({ call }) =>
      modeOf(call) !== 'OFF' && rawMember(call, ['EmailMfaConfiguration']) !== undefined
        ? [
            'The CDK takes mfaSecondFactor.email only beside email: UserPoolEmail.withSES(…) and a featurePlan that is not LITE.',
          ]
        : [],
  },
  {
    about: 'after',
    tools: ['terraform'],
    source: 'provider 5.100, resourceUserPoolUpdate: every MFA argument goes into one SetUserPoolMfaConfig',
    says: () => [
      'Until the text says this, the next apply takes back whatever was changed by API: it writes the whole MFA state as the text has it.',
    ],
  },
  {
    about: 'after',
    tools: viaCloudFormation,
    source: 'AWS CloudFormation user guide, drift: an update compares templates, and not the resource',
    says: () => [
      'Where the template says this already, a deployment changes nothing, since it compares templates and not pools: make the call of --patch cli then. The next deployment that changes one of these properties writes the whole state as the template has it.',
    ],
  },
  {
    about: 'after',
    tools: ['cli'],
    source: 'API model, SetUserPoolMfaConfig; measured by go-to-k/cdkd',
    says: ({ call }) => [
      'The call replaces the whole MFA state: what it leaves out is removed. Make it only while the pool reads as it did.',
      ...(rawMember(call, ['WebAuthnConfiguration', 'FactorConfiguration']) === verifyingFactor
        ? ['A tool that does not know FactorConfiguration sets it back to SINGLE_FACTOR with its next write.']
        : []),
    ],
  },
];

/** The sentences for one tool, in the order of the table. */
export function notesFor(tool: PatchTool, wanted: WantedState): readonly string[] {
  const order = ['first', 'cannot', 'after'] as const;
  return order.flatMap((about) =>
    notes.filter((note) => note.about === about && note.tools.includes(tool)).flatMap((note) => note.says(wanted)),
  );
}

/** Whether the tool's own text is not all of it, so that the call stands beside it. */
export function needsCallToo(tool: PatchTool, wanted: WantedState): boolean {
  return tool === 'terraform' && unsaidByTerraform(wanted).length > 0;
}
