import type { ResolvedFinding, PolicyRecord } from '../../../domain/result/result.ts';
import { resolvedInWords } from '../../text/finding-words.ts';

import type { Importer } from './finding.ts';
import { poolFinding } from './pool-finding.ts';

/** The finding under the id that it had, archived. Only what was put right has passed; of the rest nothing is claimed. */
export function resolvedFinding(finding: ResolvedFinding, facts: PolicyRecord | undefined, importer: Importer): object {
  const pool = { ...finding, observedAt: importer.head.run.finishedAt, requestId: null };
  const archived = poolFinding(pool, { ...finding, status: 'fixed', exception: null }, facts, importer);
  const note = {
    Text: resolvedInWords(finding.reason),
    UpdatedBy: 'mfa-drift',
    UpdatedAt: importer.head.run.finishedAt,
  };
  return finding.reason === 'fixed'
    ? { ...archived, Note: note }
    : { ...archived, Note: note, Compliance: { Status: 'NOT_AVAILABLE' } };
}
