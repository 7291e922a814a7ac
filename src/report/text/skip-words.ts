import { skipReasons, type SkipReason } from '../../domain/model/observation.ts';
import { counted } from '../../number-format.ts';

const skipWords: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  suspended: ['account suspended', 'accounts suspended'],
  'pending-closure': ['account closing', 'accounts closing'],
  closed: ['account closed', 'accounts closed'],
  'pending-activation': ['account not active yet', 'accounts not active yet'],
  'region-not-enabled': ['region not enabled', 'regions not enabled'],
  'left-out': ['account left out', 'accounts left out'],
  'pool-deleted': ['pool deleted meanwhile', 'pools deleted meanwhile'],
};

/** `1 account suspended`, `17 regions not enabled`, in the order of the reasons. */
export function skipsInWords(skips: ReadonlyMap<SkipReason, number>): readonly string[] {
  return skipReasons.flatMap((reason) => {
    const count = skips.get(reason);
    return count === undefined ? [] : [counted(count, ...skipWords[reason])];
  });
}
