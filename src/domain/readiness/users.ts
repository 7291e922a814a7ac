/** What is known of one user of a pool while readiness is measured. Nothing here names anybody. */

/** From `ListUsers`. */
export interface UserFacts {
  /** `UserStatus`. */
  readonly status: string;
  readonly isEnabled: boolean;
  /** The user has an `email` attribute, verified or not. */
  readonly hasEmail: boolean;
  /** Likewise `phone_number`. */
  readonly hasPhone: boolean;
}

/** From `AdminGetUserAuthFactors`. */
export interface UserFactors {
  /** `UserMFASettingList`: SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA. */
  readonly active: readonly string[];
  /** `PreferredMfaSetting`. */
  readonly preferred: string | null;
  /** `ConfiguredUserAuthFactors`: PASSWORD, EMAIL_OTP, SMS_OTP, WEB_AUTHN; `[]` where the answer has none. */
  readonly first: readonly string[];
}

/** Only `local` users can be locked out by a change of MFA: the others don't sign in here with a password today. */
export const userKinds = ['local', 'federated', 'disabled', 'unconfirmed'] as const;
export type UserKind = (typeof userKinds)[number];

/** Federated users are never asked for a second factor (AWS developer guide, Adding MFA to a user pool). */
export function userKindOf({ status, isEnabled }: UserFacts): UserKind {
  if (!isEnabled) return 'disabled';
  if (status === 'EXTERNAL_PROVIDER') return 'federated';
  return status === 'UNCONFIRMED' ? 'unconfirmed' : 'local';
}
