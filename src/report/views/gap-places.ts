import type { Place } from '../../domain/model/observation.ts';

/** `pool eu-west-1_Ab12 in eu-west-1 of 111122223333`, from the narrowest to the widest. */
export function placeInWords({ scope, accountId, region, poolId }: Place): string {
  if (scope === 'organization') return 'the organization';
  const account = `account ${accountId ?? 'not known'}`;
  if (scope === 'account') return account;
  const unit = `${region ?? 'a region'} of ${account}`;
  return scope === 'region' ? unit : `pool ${poolId ?? 'not known'} in ${unit}`;
}
