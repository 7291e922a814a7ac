/** What an SMS block asks of its pool, and what a pool's SMS configuration makes impossible. */
import { knownSettings, mayBeReady } from '../../model/mfa/factors.ts';
import type { JsonObject } from '../../model/json.ts';
import { type MfaState } from '../../model/mfa/mfa-state.ts';
import { objectAt, textAt } from '../../model/api/api-values.ts';
import type { CallUnderTest, Requirement } from './requirement.ts';
import { namesTwoSenders, smsExternalId, smsRole } from '../../model/mfa/sms.ts';

export const smsRequirements: readonly Requirement[] = [
  {
    id: 'P8',
    code: 'prerequisite',
    source: 'API model, SmsMfaConfigType: an SMS factor needs an SMS configuration with a role',
    unmet: ({ sent }) =>
      sent.sms === null || smsRole(senderOf(sent)) !== null || objectAt(senderOf(sent), 'EumsSms') !== null
        ? null
        : "The SMS block has no role to send with: set up SmsConfiguration (SnsCallerArn, or EumsSms.CallerArn) in the pool's settings first.",
  },
  {
    id: 'P8 EUMS role',
    code: 'prerequisite',
    source: 'API model, EumsSmsType: CallerArn is required',
    unmet: ({ sent }) => {
      const eums = objectAt(senderOf(sent), 'EumsSms');
      return eums === null || textAt(eums, 'CallerArn') !== null
        ? null
        : 'EumsSms needs CallerArn, the role that End User Messaging sends with: a policy must ask for it too, or for the whole SmsConfiguration.';
    },
  },
  {
    id: 'P8 role',
    code: 'prerequisite',
    source: 'API model, SmsConfigurationFailure and InvalidSmsRoleAccessPolicyException',
    unmet: (attempt) => {
      const failure = attempt.settings.smsFailures.find((name) => name.startsWith('InvalidSmsRole'));
      return failure === undefined || !sendsWithPoolsRole(attempt)
        ? null
        : `The pool's SMS role cannot send (SmsConfigurationFailure: ${failure}): mend its permissions and its trust in cognito-idp.amazonaws.com first.`;
    },
  },
  {
    id: 'P8 trust',
    code: 'prerequisite',
    source: 'API model, InvalidSmsRoleTrustRelationshipException: the role asks for the external id that it trusts',
    unmet: (attempt) => {
      const trusted = smsExternalId(attempt.settings.smsConfiguration);
      const sent = smsExternalId(senderOf(attempt.sent));
      return trusted === null || sent === trusted || !sendsWithPoolsRole(attempt) || movesExternalId(attempt)
        ? null
        : "The SMS role trusts Cognito by the pool's present external id, and the call would send another that nobody asked for: GetUserPoolMfaConfig and DescribeUserPool do not say the same of it.";
    },
  },
  {
    id: 'P8 one sender',
    code: 'prerequisite',
    source: 'API model, SmsConfigurationType: SnsCallerArn or EumsSms, "but not both"',
    unmet: ({ sent }) =>
      namesTwoSenders(senderOf(sent))
        ? 'The SMS configuration would name both SnsCallerArn and EumsSms, and Cognito takes one: ask for the whole SmsConfiguration.'
        : null,
  },
  {
    id: 'P8 region',
    code: 'prerequisite',
    source: 'API model, EumsSmsType.Region and SmsConfigurationType.SnsRegion',
    unmet: ({ sent, settings }) => unusableRegion(senderOf(sent), settings.region),
  },
  {
    id: 'P9',
    code: 'prerequisite',
    source: 'aws/aws-cdk#11478: refused by CreateUserPool, not measured for SetUserPoolMfaConfig',
    unmet: (attempt) =>
      attempt.settings.recovery.includes('verified_phone_number') && addsOrRequiresSms(attempt)
        ? "SMS MFA does not go with account recovery by verified_phone_number, since one phone would prove both: change the pool's AccountRecoverySetting first."
        : null,
  },
  {
    id: 'SMS stays',
    code: 'not-possible',
    source:
      'AWS developer guide, Adding MFA: "An active SMS configuration automatically makes SMS messages an available MFA method"',
    unmet: ({ before, sent, settings }) =>
      sent.mode !== 'OFF' && sent.sms === null && mayBeReady('sms', before, knownSettings(settings))
        ? "The pool has an SMS configuration, and SetUserPoolMfaConfig cannot keep SMS from being a factor beside it: remove SmsConfiguration from the pool's settings (UpdateUserPool) first, or make SMS part of the policy."
        : null,
  },
];

function senderOf({ sms }: MfaState): JsonObject {
  return objectAt(sms ?? {}, 'SmsConfiguration') ?? {};
}

/**
 * A pool in which SMS is a factor beside recovery by phone proves that the service admits the two; what it makes of a
 * change that brings them together is not known.
 */
function addsOrRequiresSms({ before, sent }: CallUnderTest): boolean {
  if (sent.sms === null) return false;
  const isFactor = before.mode !== 'OFF' && before.sms !== null;
  return !isFactor || (sent.mode === 'ON' && before.mode !== 'ON');
}

/** A call that starts from OFF echoes the pool's own sender where the answer hides it. */
function movesExternalId({ before, sent, settings }: CallUnderTest): boolean {
  const hidden = before.mode === 'OFF' ? settings.smsConfiguration : senderOf(sent);
  const shown = before.sms === null ? hidden : senderOf(before);
  return smsExternalId(shown) !== smsExternalId(senderOf(sent));
}

function sendsWithPoolsRole({ before, sent, settings }: CallUnderTest): boolean {
  const role = smsRole(senderOf(sent));
  const poolsRole = smsRole(settings.smsConfiguration ?? senderOf(before));
  return role !== null && (poolsRole === null || role === poolsRole);
}

function unusableRegion(configuration: JsonObject, region: string): string | null {
  const eums = textAt(configuration, 'EumsSms', 'Region');
  if (eums !== null && eums !== region) {
    return `EumsSms.Region is ${eums}, and End User Messaging must send from the pool's own region: set it to ${region}, or leave it out.`;
  }
  const sns = textAt(configuration, 'SnsRegion');
  return region === 'ap-northeast-2' && sns !== null && sns !== 'ap-northeast-1'
    ? `SnsRegion is ${sns}, and a pool in ap-northeast-2 must send from ap-northeast-1.`
    : null;
}
