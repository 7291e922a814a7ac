/** One user of a pool as the sandbox keeps it. */
export interface StoredUser {
  readonly name: string;
  readonly sub: string;
  /** `UserStatus`. */
  readonly status: string;
  readonly enabled: boolean;
  /** Beside `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** An authenticator is registered; a preference goes on and off without it. */
  readonly hasTotp: boolean;
  /** `UserMFASettingList`. */
  readonly factors: readonly string[];
  readonly preferred: string | null;
  /** `ConfiguredUserAuthFactors`. */
  readonly firstFactors: readonly string[];
}
