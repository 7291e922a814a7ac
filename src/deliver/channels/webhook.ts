import { sha256 } from '../../domain/model/sha256.ts';
import type { Channel } from '../channel.ts';
import { postJson } from './post-json.ts';
import { disarmed } from '../messages/disarmed.ts';
import { webhookChannel, type WebhookOptions } from './webhook-channel.ts';

/**
 * JSON for a receiver of one's own, which knows a message that it has by its `Idempotency-Key`, and may hand the sentences on to
 * whatever finds mentions and links in them.
 */
export function webhook(options: WebhookOptions): Channel {
  return webhookChannel(options, async ({ runId, title, facts, sections }) => {
    const id = sha256(JSON.stringify(['night', runId, options.name])).slice(0, 32);
    const told = sections.map((section) => ({ ...section, lines: section.lines.map(disarmed) }));
    const message = { schemaVersion: '1', kind: 'Night', id, runId, title, facts: facts.map(disarmed), sections: told };
    await postJson(options, message, { 'idempotency-key': id });
  });
}
