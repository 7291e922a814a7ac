import { sha256 } from '../../domain/model/sha256.ts';
import type { Channel } from '../channel.ts';
import { postJson } from './post-json.ts';
import { webhookChannel, type WebhookOptions } from './webhook-channel.ts';

/** JSON for a receiver of one's own, which knows a message that it has by its `Idempotency-Key`. */
export function webhook(options: WebhookOptions): Channel {
  return webhookChannel(options, async ({ runId, title, facts, sections }) => {
    const id = sha256(JSON.stringify(['night', runId, options.name])).slice(0, 32);
    const message = { schemaVersion: '1', kind: 'Night', id, runId, title, facts, sections };
    await postJson(options, message, { 'idempotency-key': id });
  });
}
