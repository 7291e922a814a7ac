import type { StoredPool } from '../../world/stored-pool.ts';
import { memberAt, smsConfigurationOf } from '../pool-settings.ts';

/** The pool with the SMS block that its own SMS configuration and message make, as GetUserPoolMfaConfig shows it. */
export function withSms(pool: StoredPool): StoredPool {
  const configuration = smsConfigurationOf(pool);
  if (configuration === null) return pool;
  const message = memberAt(pool.userPool, 'SmsAuthenticationMessage');
  const block = {
    ...(message === undefined ? {} : { SmsAuthenticationMessage: message }),
    SmsConfiguration: configuration,
  };
  return { ...pool, mfaConfig: { ...pool.mfaConfig, SmsMfaConfiguration: block } };
}
