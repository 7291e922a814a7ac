/** What `SetUserPoolMfaConfig` asks of the SMS block: one sender, in a region it can use, with a role that trusts Cognito. */
import type { JsonObject } from '../../../domain/model/json.ts';
import { memberAt, objectAt, recoveryMechanisms, sendsSms, smsConfigurationOf, smsRole } from '../pool-settings.ts';
import { invalidParameter, type RuleRefusal, type SetCall } from './rule.ts';
import { answers } from '../open-questions.ts';

const model = 'botocore 1.43.67 and AWS SDK 3.1169.0, SmsConfigurationType; wording not measured';

/** The SMS configuration that the request's SMS block asks for, its own or else the pool's; `null`: none. */
export function requestedSms({ pool, request, switches }: SetCall): JsonObject | null {
  if (!('SmsMfaConfiguration' in request)) return null;
  const own = objectAt(request, 'SmsMfaConfiguration', 'SmsConfiguration');
  if (sendsSms(own)) return own;
  return answers(switches, 'sms-block-without-configuration', 'rejected') ? null : smsConfigurationOf(pool);
}

export const smsFormRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.sms-without-configuration',
    says: 'An SMS block is refused where neither it nor the pool has an SMS configuration.',
    source: 'AWS SDK 3.1169.0, SmsMfaConfigType; beside another factor the wording is not measured',
    refuse: (call) =>
      'SmsMfaConfiguration' in call.request && requestedSms(call) === null
        ? invalidParameter('SMS configuration is required when SMS MFA is configured.')
        : null,
  },
  {
    id: 'set.sms-through-sns-and-eums',
    says: 'An SMS configuration names SnsCallerArn or EumsSms, not both.',
    source: model,
    refuse: ({ request }) => {
      const configuration = objectAt(request, 'SmsMfaConfiguration', 'SmsConfiguration');
      const both = Boolean(configuration?.['SnsCallerArn']) && objectAt(configuration ?? {}, 'EumsSms') !== null;
      return both
        ? invalidParameter('Provide either SnsCallerArn or EumsSms in SmsConfiguration, but not both.')
        : null;
    },
  },
  {
    id: 'set.eums-in-another-region',
    says: 'EumsSms.Region is the pool’s region, or is left out.',
    source: model,
    refuse: ({ pool, request }) => {
      const region = memberAt(request, 'SmsMfaConfiguration', 'SmsConfiguration', 'EumsSms', 'Region') ?? pool.region;
      return region === pool.region
        ? null
        : invalidParameter(`EumsSms Region must be the user pool Region ${pool.region}.`);
    },
  },
  {
    id: 'set.seoul-sends-from-tokyo',
    says: 'A pool in ap-northeast-2 uses SNS in ap-northeast-1.',
    source: model,
    refuse: ({ pool, request }) => {
      const region = memberAt(request, 'SmsMfaConfiguration', 'SmsConfiguration', 'SnsRegion') ?? 'ap-northeast-1';
      return pool.region === 'ap-northeast-2' && region !== 'ap-northeast-1'
        ? invalidParameter('SnsRegion must be ap-northeast-1 for user pools in ap-northeast-2.')
        : null;
    },
  },
];

export const smsDeliveryRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.sms-with-phone-recovery',
    says: 'SMS MFA beside verified_phone_number as account recovery: CreateUserPool refuses it, Set is not measured.',
    source: 'aws/aws-cdk#11478',
    refuse: (call) =>
      'SmsMfaConfiguration' in call.request && refusesPhoneRecovery(call)
        ? invalidParameter(
            'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
          )
        : null,
  },
  {
    id: 'set.totp-alone-beside-sms-configuration',
    says: 'TOTP without an SMS block on a pool with an SMS configuration: accepted as far as is known, and SMS stays usable.',
    source: 'AWS developer guide, Adding MFA; aws-cloudformation/cloudformation-coverage-roadmap#1981',
    refuse: ({ mode, pool, request, switches }) =>
      mode !== 'OFF' &&
      !('SmsMfaConfiguration' in request) &&
      smsConfigurationOf(pool) !== null &&
      answers(switches, 'totp-only-with-sms-configuration', 'rejected')
        ? invalidParameter("Can't turn off SMS_MFA when SMS configuration is set for the user pool")
        : null,
  },
  {
    id: 'set.sms-role-trust',
    says: 'The role of the SMS block must trust Cognito by the external id; whether the pool’s own role trusts another than the pool’s, its trust policy says.',
    source: 'botocore 1.43.67, InvalidSmsRoleTrustRelationshipException; text: hashicorp/terraform-provider-aws',
    refuse: (call) =>
      trustsAnotherExternalId(call)
        ? {
            name: 'InvalidSmsRoleTrustRelationshipException',
            message: 'Role does not have a trust relationship allowing Cognito to assume the role',
            status: 400,
          }
        : null,
  },
  {
    id: 'set.sms-role-access',
    says: 'The role of the SMS block must be allowed to send: here, one is not where the pool’s SmsConfigurationFailure says so.',
    source: 'botocore 1.43.67, InvalidSmsRoleAccessPolicyException; text: hashicorp/terraform-provider-aws',
    refuse: (call) =>
      requestedSms(call) !== null && mayNotSend(call)
        ? {
            name: 'InvalidSmsRoleAccessPolicyException',
            message: 'Role does not have permission to publish with SNS',
            status: 400,
          }
        : null,
  },
];

function refusesPhoneRecovery({ pool, switches }: SetCall): boolean {
  if (!recoveryMechanisms(pool).includes('verified_phone_number')) return false;
  if (answers(switches, 'recovery-phone-with-sms', 'always')) return true;
  const isFactor = pool.mfaConfig['MfaConfiguration'] !== 'OFF' && 'SmsMfaConfiguration' in pool.mfaConfig;
  return !isFactor && answers(switches, 'recovery-phone-with-sms', 'when-sms-is-added');
}

function trustsAnotherExternalId(call: SetCall): boolean {
  const asked = requestedSms(call);
  const stored = smsConfigurationOf(call.pool);
  const role = asked === null ? null : smsRole(asked);
  const trusted = stored === null ? null : smsRole(stored);
  if (role === null || trusted === null || role.arn !== trusted.arn) return false;
  if (trusted.externalId === null || role.externalId === trusted.externalId) return false;
  return answers(call.switches, 'sms-role-and-another-external-id', 'no');
}

function mayNotSend(call: SetCall): boolean {
  const failure = call.pool.userPool['SmsConfigurationFailure'];
  const stored = smsConfigurationOf(call.pool);
  const asked = requestedSms(call);
  if (typeof failure !== 'string' || !failure.includes('InvalidSmsRoleAccessPolicyException')) return false;
  return stored !== null && asked !== null && smsRole(stored)?.arn === smsRole(asked)?.arn;
}
