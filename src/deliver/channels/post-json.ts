import { jsonLine } from '../../escape/json.ts';
import { DeliveryError } from '../channel.ts';
import { answerInWords } from '../web.ts';
import type { WebhookOptions } from './webhook-channel.ts';

/**
 * Resolves with what the answer says.
 *
 * @throws DeliveryError where it is not one that accepts
 */
export async function postJson(
  { address, post }: Pick<WebhookOptions, 'address' | 'post'>,
  message: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await post(address, {
    headers: { 'content-type': 'application/json', ...headers },
    body: jsonLine(message),
  });
  const answer = await response.text();
  if (response.ok) return answer;
  throw new DeliveryError(
    `the message was refused: ${answerInWords(response.status, answer)}. ${remedyFor(response.status)}`,
  );
}

function remedyFor(status: number): string {
  if (status === 401 || status === 403)
    return 'The address is not allowed to post: make it anew, and set the variable.';
  if (status === 404 || status === 410) return 'There is no webhook at the address any more: make a new one.';
  if (status === 413) return 'Its limit is smaller than the message.';
  return status >= 500 || status === 429 ? 'Deliver again later.' : 'Look at what receives it.';
}
