/**
 * A night as a message for Teams: an adaptive card in the envelope that the workflow "Post to a channel when a webhook
 * request is received" takes. Names of others stand only in runs of `RichTextBlock`, in which "Markdown is not supported"
 * (Adaptive Cards, schema of TextRun); a mention would be an entity of its own.
 */
import { wholeNumber } from '../../number-format.ts';
import type { NewsSection, NightMessage } from '../../report/news/night-message.ts';
import { disarmed } from './disarmed.ts';

export function teamsMessage({ title, facts, sections, runId }: NightMessage): object {
  const body = [
    bold(title),
    ...facts.map((fact) => plain(disarmed(fact))),
    ...sections.flatMap(({ heading, lines, leftOut }: NewsSection) => [
      bold(heading),
      ...lines.map((line) => plain(`• ${disarmed(line)}`)),
      ...(leftOut === 0 ? [] : [plain(`• and ${wholeNumber(leftOut)} more`)]),
    ]),
    plain(`run ${runId}`),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body,
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function plain(text: string): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] };
}

function bold(text: string): object {
  return { type: 'RichTextBlock', spacing: 'Medium', inlines: [{ type: 'TextRun', text, weight: 'Bolder' }] };
}
