/** Pools whose users were asked, since a change waits for them. */
import type { PoolRecord } from '../../domain/result/result.ts';
import { isReady, type ReadinessRecord } from '../../domain/readiness/record.ts';

export interface MeasuredPool {
  readonly pool: PoolRecord;
  readonly now: ReadinessRecord;
  /** The baseline's; `null`: it has none, or there was no comparison. */
  readonly earlier: ReadinessRecord | null;
  readonly stage: keyof typeof stageWords;
}

export interface MeasuredPools {
  pool(record: PoolRecord): void;
  /** In the result's order, the first of them. */
  readonly kept: readonly MeasuredPool[];
  /** All of them, and those of them that are rolled out. */
  counts(): { readonly all: number; readonly rollingOut: number };
}

export const stageWords = {
  'rolling-out': 'rolling out',
  waits: 'waits',
  changed: 'changed',
  ready: 'ready, and not changed',
} as const;

export function newMeasuredPools(limit: number): MeasuredPools {
  const kept: MeasuredPool[] = [];
  const counts = { all: 0, rollingOut: 0 };
  return {
    pool(record) {
      const { readiness: now, earlierReadiness: earlier } = record;
      if (now === null) return;
      const stage = stageOf(record, now);
      counts.all += 1;
      if (stage === 'rolling-out') counts.rollingOut += 1;
      if (kept.length < limit) kept.push({ pool: record, now, earlier, stage });
    },
    kept,
    counts: () => counts,
  };
}

function stageOf({ findings, remediation }: PoolRecord, now: ReadinessRecord): MeasuredPool['stage'] {
  if (findings.some(({ fix }) => fix?.status === 'rolling-out')) return 'rolling-out';
  if (remediation?.outcome === 'applied') return 'changed';
  return isReady(now) ? 'ready' : 'waits';
}
