import { jsonLine, jsonPage } from '../escape/json.ts';
import type { PageOptions } from '../format.ts';
import { deedsMarkdown } from './deeds-markdown.ts';
import { deedsTable } from './deeds-table.ts';
import type { DeedsView } from './deeds-view.ts';
import type { RemediationFormat } from './format-names.ts';
import { planMarkdown } from './plan-markdown.ts';
import { planTable } from './plan-table.ts';
import type { PlanView } from './plan-view.ts';

type Draw<View> = (view: View, options: PageOptions) => Iterable<string>;

/** The formats of a plan by their names on the command line. `json` is the plan file's own text. */
export const planFormats = {
  table: planTable,
  markdown: planMarkdown,
  json: ({ plan }) => [planText(plan)],
} satisfies Record<RemediationFormat, Draw<PlanView>>;

/** The formats of what `apply` and `rollback` have done; `json` keeps everything, external ids too. */
export const deedsFormats = {
  table: deedsTable,
  markdown: deedsMarkdown,
  json: ({ command, outcomes, stop, journal, exitCode }) => [
    `${jsonLine({ schemaVersion: '1', kind: 'Deeds', command, exitCode, stop, journal, outcomes })}\n`,
  ],
} satisfies Record<RemediationFormat, Draw<DeedsView>>;

/** A plan as its file holds it: two spaces deep, ending in one newline. */
export function planText(plan: object): string {
  return `${jsonPage(plan)}\n`;
}
