/** What CreateUserPool, UpdateUserPool and DeleteUserPool refuse, in the service's own words as far as they are known. */
import type { JsonObject } from '../../../domain/model/json.ts';
import type { ServiceError, StoredPool } from '../../world/stored-pool.ts';
import {
  firstFactors,
  isReplica,
  memberAt,
  recoveryMechanisms,
  smsConfigurationOf,
  verifiesPhone,
} from '../pool-settings.ts';
import { invalidParameter, type Rule } from '../rules/rule.ts';

/** One request, and the pool before and after it; `null`: there is none. */
export interface LifeCall {
  readonly request: JsonObject;
  readonly before: StoredPool | null;
  readonly after: StoredPool;
}

/** Refuses a request that would make, change or delete a pool; the first rule that does gives the answer. */
export interface LifeRule extends Rule {
  refuse(call: LifeCall): ServiceError | null;
}

const preflight = 'public preflight rules with the service’s own texts (create and update)';
const smsRequired =
  'SMS configuration and Auto verification for phone_number are required when MFA is required/optional';

const ofBoth: readonly LifeRule[] = [
  {
    id: 'pool.first-factors-empty',
    says: 'AllowedFirstAuthFactors names at least one.',
    source: 'go-to-k/cdkd, measurements of 2026-09-23; wording after the API model',
    refuse: ({ request }) => {
      const factors = memberAt(request, 'Policies', 'SignInPolicy', 'AllowedFirstAuthFactors');
      return Array.isArray(factors) && factors.length === 0
        ? invalidParameter(
            "1 validation error detected: Value '[]' at 'policies.signInPolicy.allowedFirstAuthFactors' failed to satisfy constraint: Member must have length greater than or equal to 1",
          )
        : null;
    },
  },
  {
    id: 'pool.phone-verification-without-sms',
    says: 'A pool that verifies phone_number by itself needs an SMS configuration.',
    source: preflight,
    refuse: ({ after }) =>
      verifiesPhone(after) && smsConfigurationOf(after) === null
        ? invalidParameter('SMS configuration is required when phone_number is selected for auto verification')
        : null,
  },
  {
    id: 'pool.admin-only-recovery',
    says: 'Recovery by administrators alone goes with no other mechanism.',
    source: preflight,
    refuse: ({ after }) => {
      const mechanisms = recoveryMechanisms(after);
      return mechanisms.includes('admin_only') && mechanisms.length > 1
        ? invalidParameter('Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.')
        : null;
    },
  },
];

export const createRefusals: readonly LifeRule[] = [
  ...ofBoth,
  {
    id: 'create.mfa-without-sms',
    says: 'A pool is made with ON or OPTIONAL only where it has an SMS configuration: other factors are set afterwards.',
    source: 'aws/aws-cdk#12075, aws-cloudformation/cloudformation-coverage-roadmap#2221',
    refuse: ({ after }) =>
      modeOf(after) !== 'OFF' && smsConfigurationOf(after) === null ? invalidParameter(smsRequired) : null,
  },
  {
    id: 'create.required-with-phone-recovery',
    says: 'Required MFA with SMS and recovery by verified_phone_number do not go together.',
    source: 'aws/aws-cdk#11478',
    refuse: ({ after }) =>
      modeOf(after) === 'ON' && recoveryMechanisms(after).includes('verified_phone_number')
        ? invalidParameter(
            'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
          )
        : null,
  },
];

export const updateRefusals: readonly LifeRule[] = [
  ...ofBoth,
  {
    id: 'update.replica',
    says: 'UpdateUserPool in a secondary region is not played: what is global must match the primary there.',
    source: 'AWS developer guide, Multi-Region replication for user pools; which error is not measured',
    refuse: ({ after }) =>
      isReplica(after)
        ? {
            name: 'OperationNotEnabledException',
            message: 'The sandbox updates a replicated user pool in its primary Region only.',
            status: 400,
          }
        : null,
  },
  {
    id: 'update.on-after-creation',
    says: 'UpdateUserPool does not make MFA required; SetUserPoolMfaConfig does.',
    source: 'aws-cloudformation/cloudformation-coverage-roadmap#1176, aws-amplify/amplify-cli#3268 (2022)',
    refuse: ({ request, before }) =>
      request['MfaConfiguration'] === 'ON' && before !== null && modeOf(before) !== 'ON'
        ? invalidParameter('Cannot turn MFA functionality ON, once the user pool has been created.')
        : null,
  },
  {
    id: 'update.optional-without-sms',
    says: 'UpdateUserPool makes MFA optional only where the pool has an SMS configuration.',
    source: 'as CreateUserPool; for UpdateUserPool not measured',
    refuse: ({ request, before, after }) =>
      request['MfaConfiguration'] === 'OPTIONAL' &&
      before !== null &&
      modeOf(before) === 'OFF' &&
      smsConfigurationOf(after) === null
        ? invalidParameter(smsRequired)
        : null,
  },
  {
    id: 'update.one-time-password-while-required',
    says: 'EMAIL_OTP and SMS_OTP are no first factors while MFA is required.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08, of Set)',
    refuse: ({ after }) =>
      modeOf(after) === 'ON' && firstFactors(after).some((factor) => factor.endsWith('_OTP'))
        ? invalidParameter(
            'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
          )
        : null,
  },
  {
    id: 'update.single-factor-passkey-while-required',
    says: 'WEB_AUTHN is no first factor while MFA is required and passkeys are a single factor.',
    source: 'go-to-k/cdkd, measurements of 2026-09-23; hashicorp/terraform-provider-aws#50110',
    refuse: ({ after }) => {
      const factor = memberAt(after.mfaConfig, 'WebAuthnConfiguration', 'FactorConfiguration');
      return modeOf(after) === 'ON' &&
        firstFactors(after).includes('WEB_AUTHN') &&
        factor !== 'MULTI_FACTOR_WITH_USER_VERIFICATION'
        ? invalidParameter('WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA')
        : null;
    },
  },
];

export const deleteRefusals: readonly LifeRule[] = [
  {
    id: 'delete.protected',
    says: 'A pool with deletion protection is not deleted.',
    source: 'text as several projects quote it, such as gruntwork-io/cloud-nuke',
    refuse: ({ after }) =>
      after.userPool['DeletionProtection'] === 'ACTIVE'
        ? invalidParameter(
            'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
          )
        : null,
  },
  {
    id: 'delete.with-domain',
    says: 'A pool with a domain is not deleted.',
    source: 'hashicorp/terraform-provider-aws#16479',
    refuse: ({ after }) =>
      memberAt(after.userPool, 'Domain') !== undefined || memberAt(after.userPool, 'CustomDomain') !== undefined
        ? invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.')
        : null,
  },
];

/** The first that refuses gives the answer. */
export function refusalOf(call: LifeCall, rules: readonly LifeRule[]): ServiceError | null {
  for (const rule of rules) {
    const error = rule.refuse(call);
    if (error !== null) return error;
  }
  return null;
}

function modeOf({ mfaConfig }: StoredPool): string {
  const mode = mfaConfig['MfaConfiguration'];
  return typeof mode === 'string' ? mode : 'OFF';
}
