/** Which pool a request means, and whether its caller may. */
import { isJsonObject, type JsonValue } from '../../domain/model/json.ts';
import { poolArn } from '../fleet/region-list.ts';
import type { Input } from '../input.ts';
import { ServiceFailure } from '../service-failure.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import { authorize, type ServiceCall } from './operation.ts';

const poolId = { min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` };
const arnPattern = /^arn:[\w-]+:cognito-idp:([\w-]+):(\d{12}):userpool\/([\w-]+_[0-9a-zA-Z]+)$/;

/** By `UserPoolId`. */
export function requestedPool(call: ServiceCall, input: Input, operation: string): StoredPool {
  const id = input.requiredText('UserPoolId', poolId);
  return existingPool(call, id, id, operation);
}

/** By `ResourceArn`, as the operations about tags name it. */
export function requestedResource(call: ServiceCall, input: Input, operation: string): StoredPool {
  const arn = input.requiredText('ResourceArn', { min: 20, max: 2048 });
  const [, region, accountId, id] = arnPattern.exec(arn) ?? [];
  if (id === undefined) throw input.refuse('Invalid resource ARN.', 'INVALID_PATTERN');
  const isOwn = region === call.region && accountId === call.account.facts.id;
  return existingPool(call, isOwn ? id : '', id, operation);
}

/** Permission first: who may not read learns nothing of what exists. */
function existingPool(call: ServiceCall, id: string, named: string, operation: string): StoredPool {
  const pool = call.account.shelves.get(call.region)?.find(id);
  authorize(call, `cognito-idp:${operation}`, arnOf(call, named), (key) => tagUnder(key, pool));
  if (pool !== undefined) return pool;
  throw new ServiceFailure('ResourceNotFoundException', `User pool ${named} does not exist.`);
}

export function arnOf({ region, account }: ServiceCall, id: string): string {
  return poolArn(account.facts.id, region, id);
}

function tagUnder(key: string, pool: StoredPool | undefined): string | undefined {
  const prefix = 'aws:ResourceTag/';
  return key.startsWith(prefix) && pool !== undefined ? tagsOf(pool)[key.slice(prefix.length)] : undefined;
}

export function tagsOf({ userPool }: StoredPool): Readonly<Record<string, string>> {
  const tags = userPool['UserPoolTags'];
  if (!isJsonObject(tags)) return {};
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === 'string'));
}

/** Sending an SMS role takes `iam:PassRole` on it (seen with AWS Amplify, aws-amplify/amplify-cli#7739). */
export function authorizePassing(call: ServiceCall, smsConfiguration: JsonValue | undefined): void {
  const arn = member(smsConfiguration, 'SnsCallerArn') ?? member(member(smsConfiguration, 'EumsSms'), 'CallerArn');
  if (typeof arn !== 'string' || arn === '') return;
  const passedTo = 'cognito-idp.amazonaws.com';
  authorize(call, 'iam:PassRole', arn, (key) => (key === 'iam:PassedToService' ? passedTo : undefined));
}

export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}
