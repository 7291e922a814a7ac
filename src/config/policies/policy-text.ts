/** Policies that `policy init` writes: a skeleton, or one that pins a pool's configuration as it is. */
import { Document } from 'yaml';
import { mfaConfigMembers, unknownFields, type Members } from '../../domain/model/api/api-model.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { visible } from '../../escape/visible.ts';
import { yamlPage } from '../../escape/yaml.ts';

/** Where editors find the schema, seen from a folder of policies beside `node_modules`. */
const schemaLine = '# yaml-language-server: $schema=../node_modules/mfa-drift/policies/schemas/policy.schema.json';

/** What a skeleton asks of a pool with users: that it offers a second factor, or that it requires one. */
export type SkeletonMfa = 'offered' | 'required';

const skeletonWords = {
  offered: { verb: 'offers', mode: '{ oneOf: ["ON", "OPTIONAL"], set: "OPTIONAL" }' },
  required: { verb: 'requires', mode: '"ON"' },
} as const satisfies Readonly<Record<SkeletonMfa, { readonly verb: string; readonly mode: string }>>;

export function policySkeleton(mfa: SkeletonMfa = 'offered'): string {
  const { verb, mode } = skeletonWords[mfa];
  return `${schemaLine}
apiVersion: mfa-drift/v1
kind: Policy
name: every-pool
description: Every pool with users ${verb} a second factor.
severity: medium
controls: ["CIS-8.1 6.3"]
match:                                   # every key given must match; without match: all pools
  UserPool: { EstimatedNumberOfUsers: { min: 1 } }
expect:                                  # the field names of get-user-pool-mfa-config
  MfaConfiguration: ${mode}
  # The factor that a fix writes, since AWS turns MFA on only with one. Where a passkey will do as well, ask for
  # factors: { atLeastOne: [totp, passkey] } in its place; no fix can tell then which one to write.
  SoftwareTokenMfaConfiguration: { Enabled: true }
remediation: { mode: manual }            # auto, manual (plan and apply only), never
`;
}

/** Cases for the skeleton: a pool that it is content with, one that it is not, one that it does not speak of. */
export function skeletonTest(mfa: SkeletonMfa): string {
  const content = mfa === 'offered' ? 'OPTIONAL' : 'ON';
  return `# yaml-language-server: $schema=../node_modules/mfa-drift/policies/schemas/policy-test.schema.json
apiVersion: mfa-drift/v1
kind: PolicyTest
cases:
  - name: a pool with users and an authenticator app passes
    config: { MfaConfiguration: "${content}", SoftwareTokenMfaConfiguration: { Enabled: true } }
    userPool: { EstimatedNumberOfUsers: 1 }
    expect: compliant
  - name: a pool with users and MFA off fails, and so does its lack of authenticator apps
    config: { MfaConfiguration: "OFF" }
    userPool: { EstimatedNumberOfUsers: 1 }
    expect: [{ policy: every-pool, path: MfaConfiguration }, { policy: every-pool, path: SoftwareTokenMfaConfiguration.Enabled }]
  - name: a pool that nobody uses yet is not judged
    config: { MfaConfiguration: "OFF" }
    userPool: { EstimatedNumberOfUsers: 0 }
    expect: compliant
`;
}

/** Covers what the skeleton does not speak of, so that no pool is reported as forgotten. */
export const noUsersYet = `---
# A pool that nobody uses yet is covered, so that it is not reported as forgotten, and nothing is asked of it.
apiVersion: mfa-drift/v1
kind: Policy
name: no-users-yet
description: Pools without users are known, and nothing is asked of them.
severity: info
match:
  UserPool: { EstimatedNumberOfUsers: { anyOf: [{ max: 0 }, { present: false }] } }
expect: {}
remediation: { mode: never }
`;

export interface PinnedPool {
  readonly poolId: string;
  readonly poolName: string;
  /** The answer of GetUserPoolMfaConfig. */
  readonly config: JsonObject;
  /** ISO 8601. */
  readonly observedAt: string;
  /** What whoever reads the policy must know of how it came about, as a sentence. */
  readonly note: string | null;
}

/**
 * Exactly this configuration, nothing more and nothing less. An SMS external id is asked for without being written
 * down; members that this version does not know can't be asked for, and a comment names them.
 */
export function pinnedPolicy({ poolId, poolName, config, observedAt, note }: PinnedPool): string {
  const unknown = unknownFields(config);
  const document = {
    apiVersion: 'mfa-drift/v1',
    kind: 'Policy',
    name: `pin-${poolId}`,
    description: `${poolName} as it was on ${observedAt.slice(0, 10)}.`,
    severity: 'high',
    match: { pools: [poolId] },
    expect: pinned(config, mfaConfigMembers),
    exact: true,
    remediation: { mode: 'never' },
  };
  const notes = [
    ...(note === null ? [] : [`# ${note}`]),
    ...unknown.map((path) => `# Not pinned, since this version does not know it; exact reports it: ${path}`),
  ];
  return `${[schemaLine, ...notes].map(visible).join('\n')}\n${yamlPage(new Document(document))}`;
}

function pinned(value: JsonObject, members: Members): JsonObject {
  const known = Object.entries(value).filter(([name, member]) => Object.hasOwn(members, name) && member !== null);
  return Object.fromEntries(known.map(([name, member]) => [name, pinnedMember(name, member, members)]));
}

function pinnedMember(name: string, value: JsonValue, members: Members): JsonValue {
  const shape = members[name];
  if (name === 'ExternalId') return { present: true };
  if (isJsonObject(value) && typeof shape === 'object' && 'members' in shape) return pinned(value, shape.members);
  return typeof value === 'string' ? value.replaceAll('${', () => '$${') : value;
}
