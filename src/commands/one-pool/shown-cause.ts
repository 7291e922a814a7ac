/** Who changed the one pool that is shown: as CloudTrail says now, or as a saved result has it. */
import { withCause } from '../../domain/baseline/causes.ts';
import { placeKey } from '../../domain/model/observation.ts';
import type { PoolRecord } from '../../domain/result/result.ts';
import type { RequestLimits } from '../../domain/settings.ts';
import type { Explanation } from '../../domain/verdict/explanation.ts';
import { findCauses } from '../../reading/blame/find-causes.ts';
import { driftingUnits } from '../../result/caused-result.ts';
import type { Session } from '../run/aws-session.ts';

/** Nothing is asked where the pool does not drift. */
export async function withLiveCause(
  explanation: Explanation,
  { connection: cloud, calls }: Session,
  limits: RequestLimits,
): Promise<Explanation> {
  const { record } = explanation.verdict;
  const { blames, codeEvents } = await findCauses(driftingUnits({ pools: () => alone(record) }), {
    cloud,
    calls,
    limits,
  });
  const key = placeKey(record);
  const found = { blame: blames.get(key) ?? null, codeEvent: codeEvents.get(key) ?? null };
  return withRecord(explanation, withCause(record, found, null, { now: record.observedAt, before: null }));
}

export function withSavedCause(explanation: Explanation, saved: PoolRecord): Explanation {
  const { record } = explanation.verdict;
  const before = { ...saved, record: saved, findings: new Map() };
  const runs = { now: record.observedAt, before: null };
  return withRecord(explanation, withCause(record, { blame: null, codeEvent: null }, before, runs));
}

async function* alone(record: PoolRecord): AsyncGenerator<PoolRecord, void, void> {
  yield record;
}

function withRecord(explanation: Explanation, record: PoolRecord): Explanation {
  return { ...explanation, verdict: { ...explanation.verdict, record } };
}
