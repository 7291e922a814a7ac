/** CreateUserPool, UpdateUserPool, DeleteUserPool and tags: what drift comes of. The rules are in `cognito/life/`. */
import type { JsonObject } from '../../domain/model/json.ts';
import { createUserPool, deleteUserPool, updateUserPool, type LifeOutcome } from '../cognito/life/changes.ts';
import { describeUserPool } from '../cognito/user-pools.ts';
import { poolId } from '../fleet/pools.ts';
import type { Input } from '../input.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import { shelfIn } from '../world/world.ts';
import { authorize, type ServiceCall, type Operation } from './operation.ts';
import { synchronizeReplicas } from './replicas.ts';
import { authorizePassing, requestedPool, requestedResource, tagsOf } from './requested-pool.ts';

export const poolChanges: Readonly<Record<string, Operation>> = {
  CreateUserPool: createPool,
  UpdateUserPool: updatePool,
  DeleteUserPool: deletePool,
  TagResource: (call, input) => retag(call, requestedResource(call, input, 'TagResource'), added(call.members['Tags'])),
  UntagResource: (call, input) => {
    const pool = requestedResource(call, input, 'UntagResource');
    const gone = call.members['TagKeys'];
    if (!Array.isArray(gone)) throw input.refuse('TagKeys is required.', 'INPUT_REQUIRED');
    return retag(call, pool, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.includes(key))));
  },
};

const name = { min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` };

function checkWords(input: Input): void {
  input.text('MfaConfiguration', { values: ['OFF', 'ON', 'OPTIONAL'] });
  input.text('DeletionProtection', { values: ['ACTIVE', 'INACTIVE'] });
  input.text('UserPoolTier', { values: ['LITE', 'ESSENTIALS', 'PLUS'] });
}

/** The action knows no resource (service authorization reference, "Amazon Cognito User Pools"). */
function createPool(call: ServiceCall, input: Input): JsonObject {
  const poolName = input.requiredText('PoolName', name);
  checkWords(input);
  authorize(call, 'cognito-idp:CreateUserPool', '*');
  authorizePassing(call, call.members['SmsConfiguration']);
  const { account, region, nowMs, world } = call;
  const shelf = shelfIn(account, region);
  const accountId = account.facts.id;
  const id = poolId(world.fleet.seed, accountId, region, `${poolName}/${shelf.listing.length}`);
  const after = accepted(createUserPool({ accountId, region, id, name: poolName }, call.members, nowMs));
  shelf.add({ pool: after, vanishes: false });
  return { UserPool: describeUserPool(after) };
}

function updatePool(call: ServiceCall, input: Input): JsonObject {
  const before = requestedPool(call, input, 'UpdateUserPool');
  input.text('PoolName', name);
  checkWords(input);
  authorizePassing(call, call.members['SmsConfiguration']);
  return store(call, accepted(updateUserPool(before, call.members, call.nowMs)));
}

function deletePool(call: ServiceCall, input: Input): JsonObject {
  const pool = accepted(deleteUserPool(requestedPool(call, input, 'DeleteUserPool'), call.members));
  call.account.shelves.get(pool.region)?.remove(pool.id);
  return {};
}

function accepted(outcome: LifeOutcome): StoredPool {
  if (outcome.ok) return outcome.pool;
  throw new ServiceFailure(outcome.error.name, outcome.error.message, outcome.error.status);
}

function store(call: ServiceCall, pool: StoredPool): JsonObject {
  call.account.shelves.get(pool.region)?.replace(pool);
  synchronizeReplicas(call.account, pool);
  return {};
}

type Tags = Readonly<Record<string, string>>;

/** Keys of 1 to 128 characters, values of up to 256, 50 in all (API reference, TagResource); the wording is not measured. */
function added(given: unknown): (tags: Tags) => Tags {
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const sound = entries.filter(
    (tag): tag is [string, string] =>
      typeof tag[1] === 'string' && tag[1].length <= 256 && tag[0].length >= 1 && tag[0].length <= 128,
  );
  if (sound.length === 0 || sound.length < entries.length) throw refusedTags('Tags must have a key and a value.');
  if (sound.some(([key]) => key.startsWith('aws:')))
    throw refusedTags('aws: prefixed tag key names are not allowed for external use.');
  return (tags) => ({ ...tags, ...Object.fromEntries(sound) });
}

function retag(call: ServiceCall, pool: StoredPool, change: (tags: Tags) => Tags): JsonObject {
  const tags = change(tagsOf(pool));
  if (Object.keys(tags).length > 50) throw refusedTags('A user pool has at most 50 tags.');
  return store(call, { ...pool, userPool: { ...pool.userPool, UserPoolTags: tags } });
}

function refusedTags(message: string): ServiceFailure {
  return new ServiceFailure('InvalidParameterException', message);
}
