/** One unit's way to pools that a test answers for, in virtual time. */
import type { PoolRead } from '../../src/domain/model/api/reads.ts';
import { failed, succeeded, type Attempt, type CallFailure } from '../../src/pacing/call-result.ts';
import type { ListedPool, Page, RawAnswer, UserPoolCalls } from '../../src/ports/cloud.ts';
import type { PoolSource } from '../../src/reading/read-pool.ts';
import { unitQuotas } from '../../src/reading/unit-quotas.ts';
import { virtualCalls } from '../pacing/service.ts';
import { refusal } from './fake-cloud.ts';
import { VirtualClock } from './virtual-clock.ts';

export const on = { MfaConfiguration: 'ON' };
export const denied: CallFailure = { ...refusal('AccessDeniedException', 'AccessDenied'), remedy: 'Allow it.' };
/** What the service says of a pool that is not there. */
export const notFound = refusal('ResourceNotFoundException', 'malformed');

export const pool = (name: string): ListedPool => ({ id: `p_${name}`, name });

export function answered(value: RawAnswer['value'] = on, requestId: string | null = 'r-1'): Attempt<RawAnswer> {
  return succeeded({ value, requestId });
}

/** Pages of pools by name, or the failure that one is. */
export function pagesOf(...pages: readonly (readonly string[] | CallFailure)[]): UserPoolCalls['list'] {
  return async (token): Promise<Attempt<Page<ListedPool>>> => {
    const at = Number(token ?? 0);
    const page = pages[at] ?? [];
    if ('code' in page) return failed(page);
    return succeeded({ items: page.map(pool), next: at + 1 < pages.length ? String(at + 1) : null });
  };
}

export interface Asked {
  /** `list`, or the read with the pool's id, in the order in which they were sent. */
  readonly sent: string[];
  readonly clock: VirtualClock;
  readonly source: PoolSource;
}

/** Every pool is ON unless `read` says otherwise, and nothing is listed. */
export function aSource({
  list = pagesOf([]),
  read = () => answered(),
  ready = async () => succeeded(undefined),
}: {
  readonly list?: (token: string | null, clock: VirtualClock) => ReturnType<UserPoolCalls['list']>;
  readonly read?: (
    read: PoolRead,
    poolId: string,
    clock: VirtualClock,
  ) => Attempt<RawAnswer> | Promise<Attempt<RawAnswer>>;
  readonly ready?: PoolSource['ready'];
} = {}): Asked {
  const clock = new VirtualClock();
  const { calls } = virtualCalls(clock);
  const sent: string[] = [];
  const pools: UserPoolCalls = {
    list(token) {
      sent.push('list');
      return list(token, clock);
    },
    async read(name, poolId) {
      sent.push(`${name} ${poolId}`);
      return read(name, poolId, clock);
    },
  };
  const pace = { UserPoolRead: 15, UserPoolResourceRead: 20 };
  const quotas = unitQuotas(calls, pace, { accountId: '111122223333', region: 'eu-west-1' });
  return { sent, clock, source: { calls, pools, ready, quotas } };
}
