/** What a call changes of the answer of `DescribeUserPool`. */
import type { JsonObject } from '../../model/json.ts';
import { mfaStateOf } from '../../model/mfa/mfa-state.ts';
import { objectAt } from '../../model/api/api-values.ts';

/**
 * `UserPool` after the call: it says the mode, and the SMS configuration of an SMS block becomes the pool's own. Source:
 * API model, UserPoolType and SmsMfaConfigType.
 */
export function userPoolAfter(userPool: JsonObject, input: JsonObject): JsonObject {
  const { mode, sms } = mfaStateOf(input);
  const configuration = objectAt(sms ?? undefined, 'SmsConfiguration');
  const template = sms?.['SmsAuthenticationMessage'];
  return {
    ...userPool,
    MfaConfiguration: mode,
    ...(configuration === null ? {} : { SmsConfiguration: configuration }),
    ...(template === undefined ? {} : { SmsAuthenticationMessage: template }),
  };
}
