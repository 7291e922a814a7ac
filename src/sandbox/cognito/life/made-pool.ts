/** What CreateUserPool leaves behind. */
import { isJsonObject, type JsonObject } from '../../../domain/model/json.ts';
import type { StoredPool } from '../../world/stored-pool.ts';
import { creatable, membersOf } from './members.ts';
import { withSms } from './sms-block.ts';

/** What a pool has that nobody says anything about (API reference, CreateUserPool; ESSENTIALS since November 2024). */
export const defaults = {
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  DeletionProtection: 'INACTIVE',
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  LambdaConfig: {},
  UserPoolTags: {},
  UserPoolTier: 'ESSENTIALS',
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
} as const satisfies JsonObject;

const policies = {
  PasswordPolicy: {
    MinimumLength: 8,
    RequireUppercase: true,
    RequireLowercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
    TemporaryPasswordValidityDays: 7,
  },
  SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
} as const satisfies JsonObject;

/** A pool without users, with the MFA mode that was asked for; a factor can only be SMS, until a Set. */
export function madePool(
  place: Pick<StoredPool, 'accountId' | 'region' | 'id' | 'name'>,
  request: JsonObject,
  nowMs: number,
): StoredPool {
  const { Policies, ...members } = membersOf(request, creatable);
  const made = { CreationDate: nowMs / 1000, LastModifiedDate: nowMs / 1000, EstimatedNumberOfUsers: 0 };
  const sent = isJsonObject(Policies) ? Policies : {};
  return withSms({
    ...place,
    primaryRegion: place.region,
    mfaConfig: { MfaConfiguration: request['MfaConfiguration'] ?? 'OFF' },
    userPool: { ...defaults, ...members, Policies: { ...policies, ...sent }, ...made },
  });
}
