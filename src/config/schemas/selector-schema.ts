/** Selectors: which accounts, regions and pools something speaks of. */
import type { EntriesName, NameAt, TagsName } from '../../domain/policy/match/selector-keys.ts';

interface KeySchema extends Readonly<Record<string, unknown>> {
  readonly description: string;
  readonly examples: readonly unknown[];
}

/** Variables belong to `expect`; a selector that held one would match nothing, in silence. */
const glob = {
  type: 'string',
  minLength: 1,
  pattern: '^(?!.*\\$\\{)',
  patternErrorMessage: 'must hold no variable: ${…} is filled in under `expect` only',
} as const;

const globs = { type: 'array', minItems: 1, items: glob } as const;

const tags = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: 'array', minItems: 1, items: { ...glob, minLength: 0 } },
} as const;

export const accountKeys = {
  accounts: {
    ...globs,
    description: 'Account ids (in quotes), or globs on the account name: `*` is any run of characters, `?` is one.',
    examples: [['111122223333', '*-prod']],
  },
  organizationalUnits: {
    type: 'array',
    minItems: 1,
    items: {
      type: 'string',
      pattern: '^(/|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$)',
      patternErrorMessage: 'must be a path such as /Workloads/Prod, or an id such as ou-ab12-cdef3456',
    },
    description: 'Paths or ids of organizational units; all below them is meant too.',
    examples: [['/Workloads/Prod'], ['ou-ab12-cdef3456']],
  },
  accountTags: {
    ...tags,
    description: 'Tags of the account: every tag named, any of its values; values are globs.',
    examples: [{ env: ['prod'] }],
  },
} as const satisfies Readonly<Record<NameAt<'accounts'>, KeySchema>>;

export const placeKeys = {
  ...accountKeys,
  regions: { ...globs, description: 'Globs on the region.', examples: [['eu-*'], ['us-east-1', 'us-west-2']] },
  pools: {
    ...globs,
    description: 'Pool ids, or globs on the pool name. Names belong to the audited account.',
    examples: [['customers-*'], ['eu-west-1_AbCdEf123']],
  },
  poolTags: {
    ...tags,
    description: 'Tags of the pool (needs DescribeUserPool): every tag named, any of its values; values are globs.',
    examples: [{ audience: ['customer'] }],
  },
} as const satisfies Readonly<Record<EntriesName | TagsName, KeySchema>>;

/** For accounts only: the configuration's include and exclude. */
export const accountSelectorSchema = {
  type: 'object',
  description: 'Every key given must match; inside a key, any entry may.',
  minProperties: 1,
  additionalProperties: false,
  properties: accountKeys,
} as const;
