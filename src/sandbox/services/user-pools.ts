/**
 * Amazon Cognito user pools, as far as MFA goes. The rules of the configuration itself are in `cognito/`; here is what
 * surrounds them: who may call, which pool is meant, pages, replicas.
 */
import type { JsonObject } from '../../domain/model/json.ts';
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
import { authorize, nextToken, page, type ServiceCall, type Operation } from './operation.ts';
import { poolChanges } from './pool-changes.ts';
import { replicasOf, synchronizeReplicas } from './replicas.ts';
import { userOperations } from './users.ts';
import { arnOf, authorizePassing, member, requestedPool, requestedResource, tagsOf } from './requested-pool.ts';

export const userPoolOperations: Readonly<Record<string, Operation>> = {
  ListUserPools: listUserPools,
  DescribeUserPool: (call, input) => ({ UserPool: describeUserPool(requestedPool(call, input, 'DescribeUserPool')) }),
  GetUserPoolMfaConfig: (call, input) =>
    getUserPoolMfaConfig(requestedPool(call, input, 'GetUserPoolMfaConfig'), call.world.switches),
  SetUserPoolMfaConfig: setMfaConfig,
  ListTagsForResource: (call, input) => ({ Tags: tagsOf(requestedResource(call, input, 'ListTagsForResource')) }),
  ...poolChanges,
  ...userOperations,
  ...Object.fromEntries(statedReads.map((operation) => [operation, statedRead(operation)])),
};

function statedRead(operation: string): Operation {
  return (call, input) => {
    const answer = requestedPool(call, input, operation).answers?.[operation];
    if (answer === undefined) throw unknownOperation('cognito-idp', operation);
    return answer;
  };
}

function listUserPools(call: ServiceCall, input: Input): JsonObject {
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

function setMfaConfig(call: ServiceCall, input: Input): JsonObject {
  const malformed = malformedSetRequest(call.members);
  if (malformed !== null) throw new ServiceFailure(malformed.name, malformed.message, malformed.status);
  const pool = requestedPool(call, input, 'SetUserPoolMfaConfig');
  authorizePassing(call, member(call.members['SmsMfaConfiguration'], 'SmsConfiguration'));
  const outcome = setUserPoolMfaConfig(pool, call.members, call.world.switches);
  if (!outcome.ok) throw new ServiceFailure(outcome.error.name, outcome.error.message, outcome.error.status);
  const modified = { ...outcome.pool.userPool, LastModifiedDate: call.nowMs / 1000 };
  const changed = { ...outcome.pool, userPool: modified };
  call.account.shelves.get(pool.region)?.replace(changed);
  synchronizeReplicas(call.account, changed);
  return outcome.answer;
}
