import type { ResultHead, Summary } from '../domain/result.ts';
import { counted } from '../words.ts';

/** The last line on standard error: the code, and in words all that applied, whichever of it made the code. */
export function exitSentence({ run, complete, summary }: ResultHead): string {
  const { pools, gaps, findings, changes } = summary;
  const drift = findings.critical + findings.high + findings.medium + findings.low + findings.info;
  const facts = [
    run.interrupted ? 'interrupted: what was read until then is saved' : '',
    run.exitCode === 4 ? 'a change failed, could not be verified, or was stopped by a limit' : '',
    gaps.open > 0 ? `not everything could be read (${counted(gaps.open, 'place')})` : '',
    pools.drifted > 0 ? counted(pools.drifted, 'pool drifts', 'pools drift') : '',
    pools.uncovered > 0 ? `${counted(pools.uncovered, 'pool is', 'pools are')} matched by no policy` : '',
    drift > 0 && pools.drifted + pools.uncovered === 0 ? `${counted(drift, 'finding')} in pools not wholly read` : '',
    changes === null ? '' : changedInWords(changes),
    drift === 0 && complete ? calm(pools.total, gaps.accepted) : '',
    gaps.accepted > 0 ? `${counted(gaps.accepted, 'gap is', 'gaps are')} accepted by exceptions` : '',
  ].filter((fact) => fact !== '');
  const excused = run.exitCode === 0 && (gaps.open > 0 || drift > 0);
  return `exit ${run.exitCode}: ${facts.join('; ')}${excused ? '; none of it counts as this run was asked to count' : ''}`;
}

function changedInWords(changes: NonNullable<Summary['changes']>): string {
  const isNew = changes.new === 0 ? 'no finding is new' : counted(changes.new, 'finding is new', 'findings are new');
  return changes.resolved === 0 ? isNew : `${isNew}, ${counted(changes.resolved, 'is', 'are')} resolved`;
}

function calm(pools: number, acceptedGaps: number): string {
  const read = acceptedGaps === 0 ? 'everything in scope was read' : 'everything was read that no exception covers';
  return `${read}; ${pools === 0 ? 'there is no user pool' : 'nothing drifts'}`;
}
