/**
 * A night as a message of Slack. Names of others stand only in `text` elements of `rich_text`, which Slack shows as they
 * are: mentions, links, emoji and styles are elements of their own there (Block Kit reference, "Rich text block"). What a
 * notification shows, the message's own text, is our words and numbers alone.
 */
import type { IncomingWebhookSendArguments } from '@slack/webhook';
import { wholeNumber } from '../../number-format.ts';
import type { NewsSection, NightMessage } from '../../report/news/night-message.ts';
import { disarmed } from './disarmed.ts';

type Blocks = NonNullable<IncomingWebhookSendArguments['blocks']>;

export function slackMessage({ title, facts, sections, runId }: NightMessage): IncomingWebhookSendArguments {
  const head = richText([boldLine(title), ...facts.map((fact) => plainLine(disarmed(fact)))]);
  const foot = richText([plainLine(`run ${runId}`)]);
  return {
    text: title,
    blocks: [head, ...sections.map(sectionBlock), foot],
    unfurl_links: false,
    unfurl_media: false,
  };
}

type RichText = Extract<Blocks[number], { readonly type: 'rich_text' }>;
type Element = RichText['elements'][number];

function richText(elements: readonly Element[]): RichText {
  return { type: 'rich_text', elements: [...elements] };
}

function sectionBlock({ heading, lines, leftOut }: NewsSection): RichText {
  const rest = leftOut === 0 ? [] : [`and ${wholeNumber(leftOut)} more`];
  const items = [...lines.map(disarmed), ...rest];
  return richText([
    boldLine(heading),
    { type: 'rich_text_list', style: 'bullet', elements: items.map((text) => textSection(text)) },
  ]);
}

function boldLine(text: string): Element {
  return { type: 'rich_text_section', elements: [{ type: 'text', text: `${text}\n`, style: { bold: true } }] };
}

function plainLine(text: string): Element {
  return textSection(`${text}\n`);
}

function textSection(text: string) {
  return { type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text }] };
}
