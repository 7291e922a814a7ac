import type { PoolPlace } from '../../domain/model/observation.ts';
import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { MetadataBearer } from '@smithy/types';
import type { ListedPool, RawAnswer, UserPoolCalls } from '../../ports/cloud.ts';
import { actionOf, poolReads, type PoolRead } from '../../domain/model/api/reads.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { configFlaw } from '../../domain/model/subject.ts';
import { rawAnswer } from '../answers/answer-text.ts';
import type { CognitoReader } from '../templates/cognito-reader.ts';
import type { Clients } from '../session/clients.ts';
import type { Identity } from '../session/identity.ts';
import { objectIn, optionalTextIn, pageIn, pageToken, textIn, unlike } from '../answers/members.ts';
import { requestsAs } from './requests.ts';

/** The most that ListUserPools gives at a time (API reference, ListUserPools). */
const pageSize = 60;

export function userPoolCalls(
  clients: Clients,
  identity: Identity,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): UserPoolCalls {
  const reader = clients.cognitoReader(identity, region);
  const request = requestsAs(identity, reader, clients);
  return {
    list: (token) =>
      request(
        'cognito-idp:ListUserPools',
        () => reader.ask('ListUserPools', ListUserPoolsCommand, { MaxResults: pageSize, ...pageToken(token) }),
        (output) => pageIn(rawAnswer(output), 'UserPools', listedPool),
      ),
    read: (read, poolId) => {
      const { ask, believed } = reads[read];
      return request(
        actionOf(read),
        () => ask(reader, poolReads[read].request, { UserPoolId: poolId }),
        (output) => answered(output, (answer) => believed(answer, { accountId, region, poolId })),
      );
    },
  };
}

interface ReadCalls {
  /** `request`: the operation's name. */
  readonly ask: (
    reader: CognitoReader,
    request: string,
    input: { readonly UserPoolId: string },
  ) => Promise<MetadataBearer>;
  /** What of the answer is believed to be about this very pool; throws `unlike`. */
  readonly believed: (answer: JsonObject, place: PoolPlace) => JsonObject;
}

const reads: Readonly<Record<PoolRead, ReadCalls>> = {
  mfaConfig: {
    ask: (reader, request, input) => reader.ask(request, GetUserPoolMfaConfigCommand, input),
    believed: mfaConfigOf,
  },
  userPool: {
    ask: (reader, request, input) => reader.ask(request, DescribeUserPoolCommand, input),
    believed: userPoolOf,
  },
};

function answered(output: MetadataBearer, read: (answer: JsonObject) => JsonObject): RawAnswer {
  return { value: read(rawAnswer(output)), requestId: output.$metadata.requestId ?? null };
}

function listedPool(pool: JsonObject): ListedPool {
  return { id: textIn(pool, 'Id'), name: textIn(pool, 'Name') };
}

function mfaConfigOf(answer: JsonObject): JsonObject {
  const flaw = configFlaw(answer);
  if (flaw !== null) throw unlike(flaw);
  return answer;
}

/** The description of this very pool: another one's tells nothing of it. */
function userPoolOf(answer: JsonObject, place: PoolPlace): JsonObject {
  const pool = objectIn(answer, 'UserPool');
  const id = textIn(pool, 'Id');
  const arn = optionalTextIn(pool, 'Arn');
  if (id !== place.poolId) throw unlike(`it describes pool ${id}, not ${place.poolId}`);
  if (arn !== null && !isArnOf(arn, place))
    throw unlike(`it describes ${arn}, not ${place.poolId} of account ${place.accountId}`);
  return pool;
}

/** Nobody has measured whether a replica's description names its own region or that of its primary, as its id does. */
function isArnOf(arn: string, { accountId, region, poolId }: PoolPlace): boolean {
  const [, , service, arnRegion = '', owner, resource] = arn.split(':');
  const regions = [region, poolId.slice(0, poolId.lastIndexOf('_'))];
  return (
    service === 'cognito-idp' && regions.includes(arnRegion) && owner === accountId && resource === `userpool/${poolId}`
  );
}
