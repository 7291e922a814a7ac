import { sha256 } from '../../domain/model/sha256.ts';
import { jsonLine } from '../../escape/json.ts';
import type { NightMessage } from '../../report/news/night-message.ts';
import type { Channel } from '../channel.ts';
import type { Ledger } from '../ledger.ts';
import type { Post } from '../web.ts';

export interface WebhookOptions {
  readonly name: string;
  /** A secret: it stands in no message. */
  readonly address: URL;
  readonly post: Post;
  readonly ledger: Ledger;
}

/** One message a run and address, and none where there is no news. */
export function webhookChannel(
  { name, address, ledger }: WebhookOptions,
  send: (message: NightMessage) => Promise<void>,
): Channel {
  return {
    name,
    async deliver({ message }) {
      if (!message.hasNews) return 'nothing is new, so nothing was sent';
      const key = `${name} ${sha256(address.href).slice(0, 16)}`;
      const before = await ledger.once(key, (isAgain) => send(isAgain ? saidAgain(message) : message));
      return before === null ? `sent "${message.title}"` : `has it since ${before}, so nothing was sent`;
    },
  };
}

function saidAgain(message: NightMessage): NightMessage {
  return { ...message, facts: [...message.facts, 'sent again: it is not known whether it arrived the first time'] };
}

/** The message with as many lines as fit into so many bytes of JSON. */
export function fitting<T>(message: NightMessage, mostBytes: number, draw: (message: NightMessage) => T): T {
  const most = Math.max(0, ...message.sections.map(({ lines }) => lines.length));
  for (let lines = most; lines > 0; lines -= 1) {
    const drawn = draw(shortened(message, lines));
    if (Buffer.byteLength(jsonLine(drawn)) <= mostBytes) return drawn;
  }
  return draw(shortened(message, 0));
}

/** With at most so many lines in each section. */
function shortened(message: NightMessage, lines: number): NightMessage {
  const sections = message.sections.map((section) => ({
    ...section,
    lines: section.lines.slice(0, lines),
    leftOut: section.leftOut + Math.max(0, section.lines.length - lines),
  }));
  return { ...message, sections };
}
