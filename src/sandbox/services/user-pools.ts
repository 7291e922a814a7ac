/**
 * Amazon Cognito user pools, as far as MFA goes. The rules of the configuration itself are in `cognito/`; here is what
 * surrounds them: who may call, which pool is meant, pages, replicas.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import {
  describeUserPool,
  getUserPoolMfaConfig,
  listedPool,
  malformedSetRequest,
  setUserPoolMfaConfig,
} from '../cognito/user-pools.ts';
import { statedReads } from '../cognito/stated-reads.ts';
import type { Input } from '../input.ts';
import { ServiceFailure } from '../service-failure.ts';
import { unknownOperation } from '../service-troubles.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import { authorize, nextToken, page, type Call, type Operation } from './operation.ts';
import { replicasOf, synchronizeReplicas } from './replicas.ts';

const poolId = { min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` };
const poolArn = /^arn:[\w-]+:cognito-idp:([\w-]+):(\d{12}):userpool\/([\w-]+_[0-9a-zA-Z]+)$/;

export const userPoolOperations: Readonly<Record<string, Operation>> = {
  ListUserPools: listUserPools,
  DescribeUserPool: (call, input) => ({ UserPool: describeUserPool(requestedPool(call, input, 'DescribeUserPool')) }),
  GetUserPoolMfaConfig: (call, input) =>
    getUserPoolMfaConfig(requestedPool(call, input, 'GetUserPoolMfaConfig'), call.world.switches),
  SetUserPoolMfaConfig: setMfaConfig,
  ListTagsForResource: listTags,
  ...Object.fromEntries(statedReads.map((operation) => [operation, statedRead(operation)])),
};

function statedRead(operation: string): Operation {
  return (call, input) => {
    const answer = requestedPool(call, input, operation).answers?.[operation];
    if (answer === undefined) throw unknownOperation('cognito-idp', operation);
    return answer;
  };
}

function listUserPools(call: Call, input: Input): JsonObject {
  const size = input.requiredNumber('MaxResults', { min: 1, max: 60 });
  const token = input.text('NextToken', { min: 1, pattern: String.raw`[\S]+` });
  const { account, region } = call;
  authorize(call, 'cognito-idp:ListUserPools', arnOf(call, '*'));
  const shelf = account.shelves.get(region);
  const list = `ListUserPools/${account.facts.id}/${region}`;
  const cut = page(call, shelf?.listing ?? [], { list, token, size });
  if (cut === null) throw input.refuse('Invalid pagination token given.', 'INVALID_NEXT_TOKEN');
  shelf?.named(cut.items);
  const pools = cut.items.map((pool) =>
    listedPool(
      pool,
      replicasOf(account, pool).map((replica) => replica.region),
    ),
  );
  return { UserPools: pools, ...nextToken(cut) };
}

function setMfaConfig(call: Call, input: Input): JsonObject {
  const malformed = malformedSetRequest(call.members);
  if (malformed !== null) throw new ServiceFailure(malformed.name, malformed.message, malformed.status);
  const pool = requestedPool(call, input, 'SetUserPoolMfaConfig');
  const smsRole = smsRoleOf(call.members);
  if (smsRole !== null) authorize(call, 'iam:PassRole', smsRole);
  const outcome = setUserPoolMfaConfig(pool, call.members, call.world.switches);
  if (!outcome.ok) throw new ServiceFailure(outcome.error.name, outcome.error.message, outcome.error.status);
  const modified = { ...outcome.pool.userPool, LastModifiedDate: call.nowMs / 1000 };
  const changed = { ...outcome.pool, userPool: modified };
  call.account.shelves.get(pool.region)?.replace(changed);
  synchronizeReplicas(call.account, changed);
  return outcome.answer;
}

function listTags(call: Call, input: Input): JsonObject {
  const arn = input.requiredText('ResourceArn', { min: 20, max: 2048 });
  const [, region, accountId, id] = poolArn.exec(arn) ?? [];
  if (id === undefined) throw input.refuse('Invalid resource ARN.', 'INVALID_PATTERN');
  const isOwn = region === call.region && accountId === call.account.facts.id;
  return { Tags: tagsOf(existingPool(call, isOwn ? id : '', id, 'ListTagsForResource')) };
}

function requestedPool(call: Call, input: Input, operation: string): StoredPool {
  const id = input.requiredText('UserPoolId', poolId);
  return existingPool(call, id, id, operation);
}

/** Permission first: who may not read learns nothing of what exists. */
function existingPool(call: Call, id: string, named: string, operation: string): StoredPool {
  const pool = call.account.shelves.get(call.region)?.find(id);
  authorize(call, `cognito-idp:${operation}`, arnOf(call, named), () => (pool === undefined ? {} : tagsOf(pool)));
  if (pool !== undefined) return pool;
  throw new ServiceFailure('ResourceNotFoundException', `User pool ${named} does not exist.`);
}

function arnOf({ region, account }: Call, id: string): string {
  return `arn:aws:cognito-idp:${region}:${account.facts.id}:userpool/${id}`;
}

function tagsOf({ userPool }: StoredPool): Readonly<Record<string, string>> {
  const tags = userPool['UserPoolTags'];
  if (!isJsonObject(tags)) return {};
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === 'string'));
}

/** Sending an SMS role takes `iam:PassRole` on it (seen with AWS Amplify, aws-amplify/amplify-cli#7739). */
function smsRoleOf(members: JsonObject): string | null {
  const settings = member(member(members, 'SmsMfaConfiguration'), 'SmsConfiguration');
  const arn = member(settings, 'SnsCallerArn') ?? member(member(settings, 'EumsSms'), 'CallerArn');
  return typeof arn === 'string' && arn !== '' ? arn : null;
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}
