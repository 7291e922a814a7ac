import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { MetadataBearer } from '@smithy/types';
import type { ListedPool, RawAnswer, UserPoolCalls } from '../audit/cloud.ts';
import type { JsonObject } from '../domain/json.ts';
import { rawAnswer } from './answer-text.ts';
import type { Clients } from './clients.ts';
import type { Identity } from './identity.ts';
import { listIn, nextTokenIn, objectIn, optionalTextIn, pageToken, textIn } from './members.ts';
import { requestsAs } from './requests.ts';

/** The most that ListUserPools gives at a time (API reference, ListUserPools). */
const pageSize = 60;

export function userPoolCalls(clients: Clients, identity: Identity, region: string): UserPoolCalls {
  const client: CognitoIdentityProviderClient = clients.cognito(identity, region);
  const request = requestsAs(identity, client, clients.clockOffset);
  return {
    list: (token) =>
      request(
        'cognito-idp:ListUserPools',
        () => client.send(new ListUserPoolsCommand({ MaxResults: pageSize, ...pageToken(token) })),
        (output) => {
          const answer = rawAnswer(output);
          return { items: listIn(answer, 'UserPools', listedPool), next: nextTokenIn(answer) };
        },
      ),
    mfaConfig: (poolId) =>
      request(
        'cognito-idp:GetUserPoolMfaConfig',
        () => client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId })),
        (output) => answered(output, mfaConfigOf),
      ),
    describe: (poolId) =>
      request(
        'cognito-idp:DescribeUserPool',
        () => client.send(new DescribeUserPoolCommand({ UserPoolId: poolId })),
        (output) => answered(output, (answer) => objectIn(answer, 'UserPool')),
      ),
  };
}

function answered(output: MetadataBearer, read: (answer: JsonObject) => JsonObject): RawAnswer {
  return { value: read(rawAnswer(output)), requestId: output.$metadata.requestId ?? null };
}

function listedPool(pool: JsonObject): ListedPool {
  return { id: textIn(pool, 'Id'), name: optionalTextIn(pool, 'Name') ?? '' };
}

/** The service always says the mode. */
function mfaConfigOf(answer: JsonObject): JsonObject {
  textIn(answer, 'MfaConfiguration');
  return answer;
}
