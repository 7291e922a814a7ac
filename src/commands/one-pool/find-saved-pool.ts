import type { PoolRecord } from '../../domain/result/result.ts';
import { savedObservation } from '../../domain/result/saved-pool.ts';
import type { Subject } from '../../domain/model/subject.ts';
import { UserError } from '../../errors.ts';
import { openSavedResult, type SavedResult } from '../../result/saved/open.ts';
import type { PlaceFlags } from '../line/pool-reference.ts';

/** To be judged again, and as it was. */
export interface SavedPool {
  readonly subject: Subject;
  readonly record: PoolRecord;
}

/**
 * One pool of a saved result, by its ARN or id; `--account` and `--region` tell pools of one id apart, such as a replica
 * and its primary.
 *
 * @throws UserError when none or several are meant.
 */
export async function findSavedPool(file: string, text: string, flags: PlaceFlags): Promise<SavedPool> {
  const saved = await openSavedResult(file);
  const found: PoolRecord[] = [];
  for await (const pool of saved.pools()) if (isMeant(pool, text, flags)) found.push(pool);
  const [pool, ...others] = found;
  if (pool === undefined) throw new UserError(`${file} holds no user pool ${text}.`);
  if (others.length > 0) {
    const arns = found.map(({ poolArn }) => `  ${poolArn}`);
    throw new UserError([`${file} holds ${found.length} user pools ${text}; name one by its ARN:`, ...arns]);
  }
  return { subject: await subjectOf(saved, pool), record: pool };
}

function isMeant(pool: PoolRecord, text: string, { account, region }: PlaceFlags): boolean {
  if (pool.poolArn === text) return true;
  return pool.poolId === text && (account?.includes(pool.accountId) ?? true) && (region?.includes(pool.region) ?? true);
}

async function subjectOf(saved: SavedResult, pool: PoolRecord): Promise<Subject> {
  for await (const account of saved.accounts()) {
    if (account.id !== pool.accountId) continue;
    return {
      account,
      region: pool.region,
      pool: savedObservation(pool, await failureOf(saved, pool)),
      fromResult: true,
    };
  }
  throw new UserError(`${saved.file} holds the pool ${pool.poolArn}, but not its account.`);
}

async function failureOf(saved: SavedResult, { poolId, accountId, region }: PoolRecord) {
  for await (const gap of saved.gaps()) {
    if (gap.poolId === poolId && gap.accountId === accountId && gap.region === region) return gap;
  }
  return null;
}
