/** What `DescribeUserPool` and `ListUserPools` say about a stored pool. */
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import { memberAt, smsConfigurationOf } from './pool-settings.ts';
import { poolArn } from '../fleet/region-list.ts';

/** 2024-01-01, for pools that say no date. */
const longAgo = 1_704_067_200;

/** The `UserPool` member of the answer; dates are epoch seconds. It says the mode, and nothing else of MFA. */
export function describeUserPool(pool: StoredPool): JsonObject {
  const sms = smsConfigurationOf(pool);
  const template = memberAt(pool.mfaConfig, 'SmsMfaConfiguration', 'SmsAuthenticationMessage');
  return {
    UserPoolTier: 'ESSENTIALS',
    DeletionProtection: 'INACTIVE',
    EstimatedNumberOfUsers: 0,
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    ...pool.userPool,
    ...(sms === null ? {} : { SmsConfiguration: sms }),
    ...(template === undefined ? {} : { SmsAuthenticationMessage: template }),
    ...dates(pool),
    Id: pool.id,
    Name: pool.name,
    Arn: poolArn(pool.accountId, pool.region, pool.id),
    MfaConfiguration: pool.mfaConfig['MfaConfiguration'] ?? 'OFF',
  };
}

/** One element of `UserPools`: no ARN, no tags, no MFA mode. `replicaRegions` is a member only where there are any. */
export function listedPool(pool: StoredPool, replicaRegions: readonly string[] = []): JsonObject {
  return {
    Id: pool.id,
    Name: pool.name,
    LambdaConfig: pool.userPool['LambdaConfig'] ?? {},
    ...dates(pool),
    ...(replicaRegions.length === 0 ? {} : { ReplicaRegions: replicaRegions }),
  };
}

function dates({ userPool }: StoredPool): JsonObject {
  const created = epochSeconds(userPool['CreationDate']) ?? longAgo;
  return { CreationDate: created, LastModifiedDate: epochSeconds(userPool['LastModifiedDate']) ?? created };
}

/** A fleet may write a date as epoch seconds or as ISO 8601. */
function epochSeconds(date: JsonValue | undefined): number | null {
  if (typeof date === 'number') return date;
  const milliseconds = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}
