/** The ports to AWS, paced: each account and region has its own quotas, and a write is never tried again by itself. */
import type { Cloud, RawAnswer } from '../../ports/cloud.ts';
import { IdentityChanged } from '../../errors.ts';
import { failed, isGone, succeeded, type Attempt, type CallFailure } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import { FailureRow } from '../../pacing/failure-row.ts';
import type { Quota } from '../../pacing/quota.ts';
import { asFailure } from '../../reading/accounts/account-registry.ts';
import { paceOf, unitQuotas, type UnitQuotas } from '../../reading/unit-quotas.ts';
import { byFurtherRead, furtherReads, poolReads, type PoolRead } from '../../domain/model/api/reads.ts';
import type { Reading, PoolPlace } from '../../domain/model/observation.ts';
import type { RequestLimits } from '../../domain/settings.ts';
import type { AccountWriters, PoolReads, PoolWrites, WriteAnswer } from '../../ports/account-writer.ts';
import { confirmedOwner } from './confirmed-owner.ts';

export interface AccessOptions {
  readonly cloud: Pick<Cloud, 'account'> & AccountWriters;
  readonly calls: Calls;
  readonly limits: RequestLimits;
}

/** Nobody publishes STS's quota, and this is one call for each account. */
const identityPerSecond = 20;

/** What all requests to one account in one region share. */
interface UnitAccess {
  readonly reading: UnitQuotas;
  readonly writing: Quota;
  /** Of looks. */
  readonly row: FailureRow;
}

export function poolAccess({ cloud, calls, limits }: AccessOptions): PoolReads & PoolWrites {
  const units = remembered((key) => newUnit(calls, limits, key));
  const unitOf = ({ accountId, region }: Omit<PoolPlace, 'poolId'>) => units(`${accountId}/${region}`);
  const accounts = remembered((accountId: string) => cloud.account(accountId));
  const writerOf = remembered((accountId: string) => cloud.writer(accountId));
  const identity = calls.quota({ perSecond: identityPerSecond, name: 'sts' });
  const ownerOf = remembered((accountId) =>
    confirmedOwner(accountId, accounts(accountId), writerOf(accountId), calls, identity),
  );
  let changed: IdentityChanged | null = null;

  /** The run ends with the next look, once it is written down that this write was not made. */
  function whereChanged(error: unknown): CallFailure {
    if (!(error instanceof IdentityChanged)) throw error;
    changed = error;
    const { fact: message, remedy } = error;
    return { name: 'IdentityChanged', code: 'credentials', retry: 'no', message, remedy, requestId: null };
  }

  function ask(
    read: PoolRead,
    { accountId, region, poolId }: PoolPlace,
    row?: FailureRow,
  ): Promise<Attempt<RawAnswer>> {
    const account = accounts(accountId);
    const pools = account.userPools(region);
    const { reading } = unitOf({ accountId, region });
    return calls.run(
      reading[poolReads[read].quota],
      () => pools.read(read, poolId),
      () => account.ready(),
      row,
    );
  }

  return {
    async look(place) {
      if (changed !== null) throw changed;
      const { row } = unitOf(place);
      const [config, ...further] = await Promise.all([
        ask('mfaConfig', place, row),
        ...furtherReads.map((read) => ask(read, place, row)),
      ]);
      row.note([config, ...further].flatMap((answer) => (answer.ok ? [] : [answer.failure])));
      if ([config, ...further].some(isGone)) return { kind: 'gone' };
      return {
        kind: 'seen',
        observedAt: calls.clock.date().toISOString(),
        requestId: config.ok ? config.value.requestId : config.failure.requestId,
        mfaConfig: readingOf(config),
        ...byFurtherRead((_read, index) => readingOf(further[index] ?? config)),
      };
    },
    // Whatever else could not be read there: what was written is looked for.
    readBack: async (place) => readingOf(await ask('mfaConfig', place)),
    async owner(accountId) {
      const owner = await ownerOf(accountId)();
      return owner.ok ? owner.value : { failure: asFailure(owner.failure) };
    },
    async set({ accountId, region }, input) {
      const writer = writerOf(accountId);
      const quota = unitOf({ accountId, region }).writing;
      const sent: CallFailure[] = [];
      // A second attempt must begin with reading the pool again, so that this ends the run of attempts after the first.
      const prepare = async (): Promise<Attempt<void>> => {
        if (sent[0] !== undefined) return failed(sent[0]);
        const owner = await ownerOf(accountId)().catch((error: unknown) => failed(whereChanged(error)));
        return owner.ok ? succeeded(undefined) : owner;
      };
      const send = async (): Promise<Attempt<void>> => {
        const answer = await writer.set(region, input);
        if (!answer.ok) sent.push(answer.failure);
        return answer;
      };
      const answer = await calls.run(quota, send, prepare);
      if (answer.ok) return { kind: 'taken' };
      return { kind: sent.length === 0 ? 'refused' : kindOf(answer.failure), failure: asFailure(answer.failure) };
    },
  };
}

/** `key`: ACCOUNT/REGION. */
function newUnit(calls: Calls, limits: RequestLimits, key: string): UnitAccess {
  const [accountId = '', region = ''] = key.split('/');
  const endpoint = `cognito-idp/${region}`;
  const perSecond = limits.quotas.UserPoolResourceUpdate * limits.quotaShare;
  return {
    reading: unitQuotas(calls, paceOf(limits), { accountId, region }, endpoint),
    writing: calls.quota({ perSecond, name: `${key}/UserPoolResourceUpdate`, endpoint }),
    row: new FailureRow(),
  };
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function readingOf(answer: Attempt<RawAnswer>): Reading {
  return answer.ok ? { read: true, value: answer.value.value } : { read: false, failure: asFailure(answer.failure) };
}

function kindOf({ name, code, retry }: CallFailure): Exclude<WriteAnswer['kind'], 'taken'> {
  if (name === 'ConcurrentModificationException' || code === 'throttled') return 'contended';
  if (code === 'credentials') return retry === 'no' ? 'refused' : 'contended';
  const isAnswered = code !== 'network' && code !== 'malformed' && retry === 'no';
  return isAnswered ? 'refused' : 'lost';
}
