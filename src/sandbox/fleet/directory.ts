/** Users of a pool as a fleet file says them: groups of users that are alike, laid out. */
import { fraction, pick } from '../seeded.ts';
import type { StoredUser } from '../world/stored-user.ts';

/** What the fleet file says of one group. */
export const userGroup = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100, pattern: String.raw`^\S+$`, description: 'Default: user.' },
    count: { type: 'integer', minimum: 1, description: 'So many, named NAME-1, NAME-2, … Default: one, named NAME.' },
    status: { type: 'string', minLength: 1, description: 'UserStatus. Default: CONFIRMED.' },
    enabled: { type: 'boolean', description: 'Default: true.' },
    attributes: {
      type: 'array',
      items: { enum: ['email', 'phone_number'] },
      description: 'Which of the two they have. Default: email.',
    },
    factors: {
      type: 'array',
      items: { enum: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
      description: 'UserMFASettingList. Default: none.',
    },
    preferred: { enum: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
    firstFactors: {
      type: 'array',
      items: { enum: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      description: 'ConfiguredUserAuthFactors. Default: PASSWORD.',
    },
    signedUp: {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: { type: 'string', minLength: 10 },
      description:
        'From when to when: then sub begins with that time, as in pools made since about 2024. Default: random.',
    },
  },
} as const;

export interface UserGroup {
  readonly name?: string;
  readonly count?: number;
  readonly status?: string;
  readonly enabled?: boolean;
  readonly attributes?: readonly string[];
  readonly factors?: readonly string[];
  readonly preferred?: string;
  readonly firstFactors?: readonly string[];
  readonly signedUp?: readonly string[];
}

/** @param key of the pool, so that pools of one fleet have other users */
export function directoryOf(groups: readonly UserGroup[], seed: number, key: string): readonly StoredUser[] {
  return groups.flatMap((group) => namesOf(group).map((name) => userOf(group, name, seed, `${key}/${name}`)));
}

function namesOf({ name = 'user', count }: UserGroup): readonly string[] {
  return count === undefined ? [name] : Array.from({ length: count }, (_, at) => `${name}-${at + 1}`);
}

function userOf(group: UserGroup, name: string, seed: number, key: string): StoredUser {
  const { status = 'CONFIRMED', enabled = true, attributes = ['email'], factors = [], firstFactors } = group;
  const values: Readonly<Record<string, string>> = {
    email: `${name}@example.com`,
    phone_number: `+1555${String(pick(seed, `${key}/phone`, 10_000_000)).padStart(7, '0')}`,
  };
  return {
    name,
    sub: subOf(group, seed, key),
    status,
    enabled,
    attributes: Object.fromEntries(attributes.map((attribute) => [attribute, values[attribute] ?? ''])),
    hasTotp: factors.includes('SOFTWARE_TOKEN_MFA'),
    factors,
    preferred: group.preferred ?? null,
    firstFactors: firstFactors ?? ['PASSWORD'],
  };
}

/** A UUID: of version 4, or with the time of sign-up in its first twelve digits and variant bits 110, as has been seen. */
function subOf({ signedUp }: UserGroup, seed: number, key: string): string {
  const digits = (part: string, length: number) =>
    Array.from({ length }, (_, at) => pick(seed, `${key}/sub/${part}/${at}`, 16).toString(16)).join('');
  const [from, to] = (signedUp ?? []).map((day) => Date.parse(day));
  if (from === undefined || to === undefined) {
    return `${digits('a', 8)}-${digits('b', 4)}-4${digits('c', 3)}-a${digits('d', 3)}-${digits('e', 12)}`;
  }
  const time = Math.floor(from + (to - from) * fraction(seed, `${key}/time`))
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits('c', 3)}-c${digits('d', 3)}-${digits('e', 12)}`;
}
