/** In which order pictures show how pools stand, and what they call it. */
import type { PoolStatus } from '../../../../domain/result/result.ts';

export const verdicts = ['compliant', 'excepted', 'uncovered', 'unreadable', 'drifted'] as const;

export const verdictWords: Readonly<Record<PoolStatus, string>> = {
  compliant: 'hold',
  excepted: 'excepted',
  uncovered: 'no policy',
  unreadable: 'not wholly read',
  drifted: 'drift',
};
