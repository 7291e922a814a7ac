/** A pool's record: the facts about it, and the verdict. */
import { poolTags, type Subject } from '../model/subject.ts';
import { unknownFields } from '../model/api/api-model.ts';
import { byFurtherRead, type FurtherRead } from '../model/api/reads.ts';
import type { FurtherMembers } from '../policy/policy.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { Tags } from '../model/observation.ts';
import { isCognitoRegion, userPoolArn } from '../model/regions.ts';
import type { PoolRecord } from '../result/result.ts';
import { tagsByName } from '../model/order.ts';

/** `kept`: the members that the policies ask for. */
export function poolRecord(
  subject: Subject,
  kept: FurtherMembers,
  managedTags: readonly string[],
  judged: Pick<PoolRecord, 'config' | 'status' | 'policies' | 'findings'>,
): PoolRecord {
  const { account, region, pool } = subject;
  const { config } = judged;
  const tags = poolTags(subject);
  return {
    accountId: account.id,
    accountName: account.name,
    region,
    poolId: pool.poolId,
    poolName: pool.poolName,
    poolArn: userPoolArn(account.id, region, pool.poolId),
    observedAt: pool.observedAt,
    requestId: pool.requestId,
    managedBy: tags.known ? managedBy(tags.value, managedTags) : null,
    replicaOf: replicaOf(pool.poolId, region),
    config,
    unknownFields: config === null ? [] : unknownFields(config),
    ...byFurtherRead((read) => keptMembers(subject, read, kept[read])),
    tags: tags.known ? tagsByName(Object.entries(tags.value)) : null,
    status: judged.status,
    policies: judged.policies,
    findings: judged.findings,
    earlierStatus: null,
    readiness: null,
    earlierReadiness: null,
    remediation: null,
  };
}

/** Members that were read and are not there stand as `null`, so that a later reader can tell them from unread ones. */
function keptMembers({ pool, fromResult }: Subject, read: FurtherRead, kept: readonly string[]): JsonObject | null {
  const reading = pool[read];
  if (reading?.read !== true) return null;
  const { value } = reading;
  if (fromResult === true) return withoutTags(value);
  const members: Record<string, JsonValue> = {};
  for (const name of kept) {
    if (name === 'UserPoolTags') continue;
    members[name] = value[name] ?? null;
  }
  return members;
}

/** A saved result keeps what it had, also where the policies of now ask for less. */
function withoutTags(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'UserPoolTags'));
}

/** Who manages the pool as code, told by its tags: `CloudFormation stack shop`, or the tag itself. */
export function managedBy(tags: Tags, managedTags: readonly string[]): string | null {
  const key = managedTags.find((name) => Object.hasOwn(tags, name));
  if (key === undefined) return null;
  const value = tags[key] ?? '';
  return key === 'aws:cloudformation:stack-name' ? `CloudFormation stack ${value}` : `tag ${key}=${value}`;
}

/** A replica keeps its primary's id, whose prefix is the primary's region. */
function replicaOf(poolId: string, region: string): string | null {
  const prefix = poolId.slice(0, Math.max(0, poolId.lastIndexOf('_')));
  return prefix !== region && isCognitoRegion(prefix) ? prefix : null;
}
