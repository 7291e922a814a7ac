/** What a call changes of the answer of `DescribeUserPool`. */
import type { JsonObject } from '../../model/json.ts';
import { modeOf, objectAt } from '../../model/configuration.ts';

/**
 * `UserPool` after the call: it says the mode, and the SMS configuration of an SMS block becomes the pool's own. Source:
 * API model, UserPoolType and SmsMfaConfigType.
 */
export function userPoolAfter(userPool: JsonObject, input: JsonObject): JsonObject {
  const configuration = objectAt(input, 'SmsMfaConfiguration', 'SmsConfiguration');
  const template = objectAt(input, 'SmsMfaConfiguration')?.['SmsAuthenticationMessage'];
  return {
    ...userPool,
    MfaConfiguration: modeOf(input),
    ...(configuration === null ? {} : { SmsConfiguration: configuration }),
    ...(template === undefined ? {} : { SmsAuthenticationMessage: template }),
  };
}
