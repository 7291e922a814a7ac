import { jsonLine, jsonPage } from '../../escape/json.ts';
import type { PageOptions } from '../format.ts';
import { maskForeignIds } from '../../result/redact.ts';
import { applyReportMarkdown } from './apply-report-markdown.ts';
import { applyReportTable } from './apply-report-table.ts';
import type { ApplyReport } from './apply-report.ts';
import type { RemediationFormat } from './format-names.ts';
import { planMarkdown } from './plan-markdown.ts';
import { planTable } from './plan-table.ts';
import type { PlanView } from './plan-view.ts';

type Draw<View> = (view: View, options: PageOptions) => Iterable<string>;

/** The formats of a plan by their names on the command line. `json` is the plan file's own text. */
export const planFormats = {
  table: shareable(planTable, maskPlan),
  markdown: shareable(planMarkdown, maskPlan),
  json: ({ plan }) => [planText(plan)],
} satisfies Record<RemediationFormat, Draw<PlanView>>;

/** The formats of what `apply` and `rollback` have done; `json` keeps everything, external ids too. */
export const applyReportFormats = {
  table: shareable(applyReportTable, maskReport),
  markdown: shareable(applyReportMarkdown, maskReport),
  json: ({ command, origin, outcomes, stop, journal, callerArn, exitCode, warnings }) => [
    `${jsonLine({ schemaVersion: '1', kind: 'ApplyReport', command, origin, callerArn, exitCode, stop, warnings, journal, outcomes })}\n`,
  ],
} satisfies Record<RemediationFormat, Draw<ApplyReport>>;

/** A format made to be read: where it may be handed on, what AWS said names no other account. */
function shareable<View>(draw: Draw<View>, mask: (view: View) => View): Draw<View> {
  return (view, options) => draw(options.masking === 'shared' ? mask(view) : view, options);
}

function maskPlan(view: PlanView): PlanView {
  return { ...view, plan: { ...view.plan, refused: view.plan.refused.map(maskMessage) } };
}

function maskReport(view: ApplyReport): ApplyReport {
  return { ...view, outcomes: view.outcomes.map(maskMessage) };
}

function maskMessage<T extends { readonly accountId: string; readonly message: string }>(said: T): T {
  return { ...said, message: maskForeignIds(said.message, said.accountId) };
}

/** A plan as its file holds it: two spaces deep, ending in one newline. */
export function planText(plan: object): string {
  return `${jsonPage(plan)}\n`;
}
