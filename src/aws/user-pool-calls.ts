import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ListedPool, UserPoolCalls } from '../audit/cloud.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import { rawAnswer } from './answer-text.ts';
import type { Clients } from './clients.ts';
import type { Action } from './failures.ts';
import type { Identity } from './identity.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import { requestAs } from './requests.ts';

/** The most that ListUserPools gives at a time (API reference, ListUserPools). */
const pageSize = 60;

export function userPoolCalls(clients: Clients, identity: Identity, region: string): UserPoolCalls {
  const client: CognitoIdentityProviderClient = clients.cognito(identity, region);
  const send = <T>(action: Action, request: () => Promise<T>) =>
    requestAs(identity, client, clients.clockOffset, action, request);
  return {
    list: (token) =>
      send('cognito-idp:ListUserPools', async () => {
        const next = token === null ? {} : { NextToken: token };
        const answer = rawAnswer(await client.send(new ListUserPoolsCommand({ MaxResults: pageSize, ...next })));
        const listed = answer['UserPools'];
        if (!Array.isArray(listed)) throw unlike('it lists no pools, not even none');
        return { items: listed.map(listedPool), next: nextToken(answer) };
      }),
    mfaConfig: (poolId) =>
      send('cognito-idp:GetUserPoolMfaConfig', async () => {
        const answer = await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId }));
        const value = rawAnswer(answer);
        if (typeof value['MfaConfiguration'] !== 'string') throw unlike('it has no MfaConfiguration');
        return { value, requestId: answer.$metadata.requestId ?? null };
      }),
    describe: (poolId) =>
      send('cognito-idp:DescribeUserPool', async () => {
        const answer = await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
        return { value: userPoolOf(rawAnswer(answer)), requestId: answer.$metadata.requestId ?? null };
      }),
  };
}

/** Id and name are all that is needed; a date in another form, or a member that is new, is nobody's gap. */
function listedPool(pool: JsonValue): ListedPool {
  const { Id: id, Name: name } = isJsonObject(pool) ? pool : {};
  if (typeof id !== 'string' || id === '') throw unlike('it lists a pool without an id');
  return { id, name: typeof name === 'string' ? name : '' };
}

function nextToken({ NextToken: token }: JsonObject): string | null {
  if (token === undefined || token === null || token === '') return null;
  if (typeof token !== 'string') throw unlike('its NextToken is no text');
  return token;
}

function userPoolOf(answer: JsonObject): JsonObject {
  const pool = answer['UserPool'];
  if (!isJsonObject(pool)) throw unlike('it has no UserPool');
  return pool;
}

function unlike(what: string): MalformedAnswer {
  return new MalformedAnswer(`the answer is not what the API promises: ${what}`, { isDamaged: false });
}
