import { accountIdPattern, isPoolId, poolIdPattern } from '../../domain/model/ids.ts';
import type { PoolPlace } from '../../domain/model/observation.ts';
import { UserError } from '../../errors.ts';

export interface PlaceFlags {
  readonly account?: readonly string[];
  readonly region?: readonly string[];
}

const arn = new RegExp(`^arn:[a-z-]+:cognito-idp:([a-z0-9-]+):(${accountIdPattern}):userpool/(${poolIdPattern})$`);

/**
 * A pool by its ARN, or by its id with `--account` and `--region`. A region is never taken from the id: a replica has
 * its primary's (AWS developer guide, "Multi-Region replication").
 *
 * @throws UserError for what names no pool, or names its place twice or not at all.
 */
export function parsePoolReference(text: string, { account, region }: PlaceFlags): PoolPlace {
  const [, arnRegion, arnAccount, arnId] = arn.exec(text) ?? [];
  if (arnRegion !== undefined && arnAccount !== undefined && arnId !== undefined) {
    if (account !== undefined || region !== undefined) {
      throw new UserError('An ARN says account and region itself: leave --account and --region out.');
    }
    return { accountId: arnAccount, region: arnRegion, poolId: arnId };
  }
  requirePoolId(text);
  const [accountId, ...otherAccounts] = account ?? [];
  const [regionName, ...otherRegions] = region ?? [];
  if (accountId === undefined || regionName === undefined || otherAccounts.length + otherRegions.length > 0) {
    throw new UserError(`${text} is an id: name its place with one --account and one --region, or give the ARN.`);
  }
  return { accountId, region: regionName, poolId: text };
}

/** The id of a pool whose place is not the question, given as such or in its ARN. Throws UserError for what is neither. */
export function poolIdIn(text: string): string {
  const id = arn.exec(text)?.[3] ?? text;
  requirePoolId(id);
  return id;
}

function requirePoolId(text: string): void {
  if (!isPoolId(text))
    throw new UserError(`${text} is neither a user pool's ARN nor its id (such as eu-west-1_AbCdEf123).`);
}
