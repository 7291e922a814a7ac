/** What judged templates come to. */
import type { JudgedPool, JudgedTemplate } from './judged-template.ts';

/** `drift` also where more is not known. */
export const stands = ['holds', 'drift', 'unknown'] as const;
export type Stand = (typeof stands)[number];

export interface TemplateCounts {
  readonly pools: number;
  readonly drifting: number;
  /** Pools of which not everything is known, and what else may change pools. */
  readonly unknown: number;
}

export function countTemplates(judged: readonly JudgedTemplate[]): TemplateCounts {
  const pools = judged.flatMap((template) => template.pools);
  return {
    pools: pools.length,
    drifting: pools.filter((pool) => standOf(pool) === 'drift').length,
    unknown:
      pools.filter(({ verdict }) => verdict.gaps.length > 0).length + judged.flatMap((one) => one.unjudged).length,
  };
}

/** 0: every pool surely holds; 2: one would drift; 3: something is known only at the deployment. */
export function templateExitCode({ drifting, unknown }: TemplateCounts): 0 | 2 | 3 {
  if (unknown > 0) return 3;
  return drifting > 0 ? 2 : 0;
}

export function standOf({ verdict: { record, gaps } }: Pick<JudgedPool, 'verdict'>): Stand {
  if (record.findings.length > 0) return 'drift';
  return gaps.length > 0 ? 'unknown' : 'holds';
}
