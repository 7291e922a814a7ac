/** What a replica takes over from its primary. */
import type { JsonValue } from '../../domain/model/json.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import { withoutSms } from './pool-settings.ts';

/** The members of `DescribeUserPool` that each region sets for itself. Source: AWS developer guide, Multi-Region replication. */
const regional = ['EmailConfiguration', 'SmsConfiguration', 'SmsConfigurationFailure', 'LambdaConfig', 'UserPoolTags'];

/** The replica once the primary's settings have come over: the primary's, but for what each region sets for itself. */
export function replicatedFrom(primary: StoredPool, replica: StoredPool): StoredPool {
  const primarys = withoutSms(primary.mfaConfig);
  const sms = replica.mfaConfig['SmsMfaConfiguration'];
  const own = Object.entries(replica.userPool).filter(([name]) => regional.includes(name));
  const global = Object.entries(primary.userPool).filter(([name]) => !regional.includes(name));
  return {
    ...replica,
    mfaConfig: sms === undefined ? primarys : { ...primarys, SmsMfaConfiguration: sms },
    userPool: Object.fromEntries<JsonValue>([...global, ...own]),
  };
}
