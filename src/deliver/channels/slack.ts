import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError } from '@slack/webhook';
import { type Channel, DeliveryError } from '../channel.ts';
import { slackMessage } from '../messages/slack.ts';
import { answerInWords } from '../web.ts';
import { fitting, webhookChannel, type WebhookOptions } from './webhook-channel.ts';

/** Slack publishes no limit for a whole message of blocks; its text alone may have 40,000 characters. */
const mostBytes = 30_000;

/** A message through an incoming webhook of Slack, by Slack's own client. */
export function slack(options: WebhookOptions): Channel {
  const { address, post } = options;
  const webhook = new IncomingWebhook(address.href, {
    link_names: false,
    fetch: (url, { headers = {}, body } = {}) => post(url, { headers, body: typeof body === 'string' ? body : '' }),
  });
  return webhookChannel(options, async (message) => {
    try {
      await webhook.send(fitting(message, mostBytes, slackMessage));
    } catch (error) {
      throw asDeliveryError(error);
    }
  });
}

function asDeliveryError(error: unknown): unknown {
  if (error instanceof IncomingWebhookRequestError && error.original instanceof DeliveryError) return error.original;
  if (!(error instanceof IncomingWebhookHTTPError)) return error;
  const { statusCode, body } = error;
  const remedy = remedies.find(([word]) => body.includes(word))?.[1] ?? 'Look at the app of the webhook in Slack.';
  return new DeliveryError(`Slack refused the message: ${answerInWords(statusCode, body)}. ${remedy}`, {
    cause: error,
  });
}

/** Slack's words (Slack developer documentation, "Handling errors" of incoming webhooks), and what to do. */
const remedies: readonly (readonly [word: string, remedy: string])[] = [
  ['no_service', 'The webhook was removed or disabled: make a new one, and set the variable to its address.'],
  ['invalid_token', 'The address is not one of a webhook: copy it again.'],
  ['no_team', 'The address is not one of a webhook: copy it again.'],
  ['channel_is_archived', 'Bring its channel back, or make a webhook for another.'],
  ['channel_not_found', 'Its channel is gone: make a webhook for another.'],
  ['action_prohibited', 'An administrator of the workspace restricts it: ask them.'],
  ['posting_to_general_channel_denied', 'Make a webhook for another channel.'],
  ['rate_limited', 'Deliver again later.'],
];
