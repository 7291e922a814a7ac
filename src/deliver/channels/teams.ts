import { type Channel, DeliveryError } from '../channel.ts';
import { teamsMessage } from '../messages/teams.ts';
import { answerInWords } from '../web.ts';
import { postJson } from './post-json.ts';
import { fitting, webhookChannel, type WebhookOptions } from './webhook-channel.ts';

/** Teams takes about 28 KB (Microsoft Teams connector reference, "Message size limit"). */
const mostBytes = 25_000;

/** A card through a workflow of Teams. */
export function teams(options: WebhookOptions): Channel {
  return webhookChannel(options, async (message) => {
    const answer = await postJson(options, fitting(message, mostBytes, teamsMessage));
    // The older connectors answer 200 and tell in words what went wrong (Teams documentation, "Rate limiting for connectors").
    if (/failed with error/i.test(answer))
      throw new DeliveryError(`Teams refused the message: ${answerInWords(200, answer)}. Deliver again later.`);
  });
}
