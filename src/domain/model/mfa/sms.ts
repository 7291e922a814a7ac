/** Who sends a pool's SMS messages, and from where. Source: API model, SmsConfigurationType and EumsSmsType. */
import type { JsonObject } from '../json.ts';
import { objectAt, textAt } from '../api/api-values.ts';

/** The ARN of the role that Cognito sends with, through SNS or through End User Messaging; `null`: nothing is set up. */
export function smsRole(configuration: JsonObject | null): string | null {
  const sns = textAt(configuration ?? undefined, 'SnsCallerArn');
  const eums = textAt(configuration ?? undefined, 'EumsSms', 'CallerArn');
  return nonEmpty(sns) ?? nonEmpty(eums);
}

/** The external id that goes with the role; `null`: none. */
export function smsExternalId(configuration: JsonObject | null): string | null {
  const sender = textAt(configuration ?? undefined, 'SnsCallerArn') ? [] : ['EumsSms'];
  return textAt(configuration ?? undefined, ...sender, 'ExternalId');
}

/** Whether a configuration names both senders, of which the service takes one. */
export function namesTwoSenders(configuration: JsonObject): boolean {
  return nonEmpty(textAt(configuration, 'SnsCallerArn')) !== null && objectAt(configuration, 'EumsSms') !== null;
}

function nonEmpty(text: string | null): string | null {
  return text === '' ? null : text;
}
