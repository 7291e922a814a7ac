/** Which second factors the users of the pools can really use. */
import { factorNames, type Factor } from '../../../domain/model/mfa/factors.ts';
import type { PoolRecord } from '../../../domain/result/result.ts';
import { savedFactors } from '../../../domain/result/saved-pool.ts';

export const modesInUse = ['ON', 'OPTIONAL', 'OFF', 'other'] as const;
export type ModeInUse = (typeof modesInUse)[number];

/** Of the pools whose configuration was read. `none`: surely no factor; `unknown`: no policy asked for what decides it. */
export interface FactorUse {
  readonly pools: number;
  readonly modes: Readonly<Record<ModeInUse, number>>;
  readonly factors: Readonly<Record<Factor | 'none', { readonly usable: number; readonly unknown: number }>>;
}

export interface FactorUseCollector {
  pool(pool: PoolRecord): void;
  found(): FactorUse;
}

export function newFactorUse(): FactorUseCollector {
  const counts = { ON: 0, OPTIONAL: 0, OFF: 0, other: 0 };
  const none = { usable: 0, unknown: 0 };
  const factors = { totp: { ...none }, passkey: { ...none }, sms: { ...none }, email: { ...none }, none };
  let pools = 0;
  return {
    pool(pool) {
      const found = savedFactors(pool);
      if (found === null) return;
      pools += 1;
      counts[modeOf(pool)] += 1;
      for (const factor of found.usable) factors[factor].usable += 1;
      for (const factor of found.unknown.keys()) factors[factor].unknown += 1;
      if (found.usable.length > 0) return;
      none[found.unknown.size === 0 ? 'usable' : 'unknown'] += 1;
    },
    found: () => ({ pools, modes: counts, factors }),
  };
}

function modeOf({ config }: PoolRecord): ModeInUse {
  return modesInUse.find((mode) => mode === config?.['MfaConfiguration']) ?? 'other';
}

/** In which they are shown. */
export const factorOrder = [...factorNames, 'none'] as const;
