/** News for programs: one record each, with an id that is the same whenever the same night is told again. */
import type { News } from '../../domain/news/news.ts';
import { sha256 } from '../../domain/model/sha256.ts';
import type { ResultHead } from '../../domain/result/result.ts';

/** Of a run: what every record of it says. */
export function newsRecord(item: News, { run }: ResultHead): { readonly id: string } {
  const { kind, ...about } = item;
  const id = sha256(JSON.stringify([run.id, kind, subjectOf(item)])).slice(0, 32);
  const { id: runId, startedAt, organizationId } = run;
  const record = {
    id,
    kind,
    runId,
    startedAt,
    organizationId,
    ...('pool' in about ? { ...about, pool: namesOf(about.pool) } : about),
  };
  return record;
}

/** What it is about, whatever is said of it. */
function subjectOf(item: News): readonly unknown[] {
  switch (item.kind) {
    case 'new':
    case 'worse':
    case 'resolved':
      return [item.finding.id];
    case 'unreadable':
    case 'readable': {
      const { scope, accountId, region, poolId } = item.gap;
      return [scope, accountId, region, poolId];
    }
    case 'exception-ends': {
      const { owner, reason, ticket, expires } = item.exception;
      return [owner, reason, ticket, expires];
    }
    case 'selector-empty':
      return [item.policy.name];
  }
}

type Names = Extract<News, { readonly kind: 'new' }>['pool'];

/** A pool's whole record is in the result. */
function namesOf({ accountId, accountName, region, poolId, poolName, poolArn }: Names): Names {
  return { accountId, accountName, region, poolId, poolName, poolArn };
}
