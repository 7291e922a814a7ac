import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import { counted } from '../../number-format.ts';
import { visible } from '../../escape/visible.ts';
import type { PageOptions } from '../format.ts';
import { newPage } from '../formats/table/page.ts';
import { poolGroups } from './apply-report-table.ts';

export interface JournalView {
  readonly file: string;
  readonly start: {
    readonly at: string;
    readonly runId: string;
    readonly planDigest: string | null;
    readonly organizationId: string | null;
    readonly rollback: boolean;
    readonly endpoints: readonly string[];
    readonly callerArn: string;
  };
  /** Others who went on with it. */
  readonly otherCallers: readonly string[];
  /** Lines after the first. */
  readonly lines: number;
  readonly outcomes: readonly PoolOutcome[];
  readonly digest: string;
}

export function* journalTable(view: JournalView, options: PageOptions): Generator<string> {
  const { start, outcomes, lines, digest, file } = view;
  const page = newPage(options);
  const of = start.planDigest === null ? `the audit ${start.runId}` : `the plan ${start.planDigest}`;
  yield `JOURNAL  ${start.rollback ? 'of a rollback of ' : 'of '}${visible(of)}\n`;
  yield `begun ${visible(start.at)} · ${start.organizationId === null ? 'no organization' : visible(start.organizationId)} · ${counted(lines, 'line')} about ${counted(outcomes.length, 'pool')} that may have been written\n`;
  yield `by ${[start.callerArn, ...view.otherCallers].map(visible).join(', then ')}\n`;
  if (start.endpoints.length > 0) yield `written through ${start.endpoints.map(visible).join(', ')}, not to AWS\n`;
  yield* poolGroups(
    { origin: start.rollback ? 'rollback' : 'policies', names: new Map() },
    outcomes,
    options.masking !== 'nothing',
    page,
  );
  yield `\ndigest of ${visible(file)}:\n${digest}\n`;
}
