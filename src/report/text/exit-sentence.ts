import type { ResultHead, Summary } from '../../domain/result/result.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { remediationInWords } from './remediation-words.ts';
import { uncountedInWords } from '../views/verdict.ts';

/** Deliveries, and the names of those that failed. */
export interface Deliveries {
  readonly channels: number;
  readonly failed: readonly string[];
}

/**
 * The last line on standard error: the code, and in words all that applied, whichever of it made the code.
 *
 * @param deliveries with one that failed, which makes 4 of whatever the result says
 */
export function exitSentence(head: ResultHead, deliveries: Deliveries | null = null): string {
  const { run, complete, summary } = head;
  const { pools, gaps, drift, changes, remediation } = summary;
  const facts = [
    deliveries === null ? '' : undeliveredInWords(deliveries),
    run.interrupted ? 'interrupted: what was read until then is saved' : '',
    remediation === null ? '' : remediationInWords(remediation),
    gaps.open > 0 ? `not everything could be read (${counted(gaps.open, 'place')})` : '',
    drift.pools > 0 ? driftInWords(head) : '',
    pools.uncovered > 0 ? `${ofPools(pools.uncovered, summary)} matched by no policy` : '',
    changes === null ? '' : changedInWords(changes),
    drift.pools === 0 && complete ? calm(pools.total, gaps.accepted) : '',
    gaps.accepted > 0 ? `${counted(gaps.accepted, 'gap is', 'gaps are')} accepted by exceptions` : '',
  ].filter((fact) => fact !== '');
  const isExcused = run.exitCode === 0 && (gaps.open > 0 || drift.failing > 0);
  return `exit ${deliveries === null ? run.exitCode : 4}: ${facts.join('; ')}${isExcused ? '; none of it counts as this run was asked to count' : ''}`;
}

/** `1 of 3 deliveries failed (slack)` */
export function undeliveredInWords({ channels, failed }: Deliveries): string {
  return `${wholeNumber(failed.length)} of ${counted(channels, 'delivery', 'deliveries')} failed (${failed.join(', ')})`;
}

/** `14 of 117 pools drift, and 16 below low only` */
function driftInWords(head: ResultHead): string {
  const { drift } = head.summary;
  const others = drift.pools - drift.failing;
  const shown = drift.failing === 0 ? others : drift.failing;
  const drifts = `${ofPools(shown, head.summary)} ${shown === 1 ? 'drifts' : 'drift'}`;
  if (others === 0) return drifts;
  return drift.failing === 0
    ? `${drifts} ${uncountedInWords(head)}`
    : `${drifts}, and ${wholeNumber(others)} ${uncountedInWords(head)}`;
}

function ofPools(count: number, { pools }: Summary): string {
  return `${wholeNumber(count)} of ${counted(pools.total, 'pool')}`;
}

function changedInWords(changes: NonNullable<Summary['changes']>): string {
  const isNew = changes.new === 0 ? 'no finding is new' : counted(changes.new, 'finding is new', 'findings are new');
  return changes.resolved === 0 ? isNew : `${isNew}, ${counted(changes.resolved, 'is', 'are')} resolved`;
}

function calm(pools: number, acceptedGaps: number): string {
  const read = acceptedGaps === 0 ? 'everything in scope was read' : 'everything was read that no exception covers';
  return `${read}; ${pools === 0 ? 'there is no user pool' : 'nothing drifts'}`;
}
