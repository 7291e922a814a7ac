/** Pools as they were read, for judging. */
import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Account, Failure, PoolObservation, Reading } from '../../src/domain/model/observation.ts';
import type { Subject } from '../../src/domain/model/subject.ts';

export const denied: Failure = { code: 'AccessDenied', message: 'AccessDeniedException: no', remedy: 'Allow it.' };

export function anAccount(more: Partial<Account> = {}): Account {
  return {
    id: '111122223333',
    name: 'shop-prod',
    state: 'ACTIVE',
    path: [
      { id: 'ou-ab12-workload', name: 'Workloads' },
      { id: 'ou-ab12-prodprod', name: 'Prod' },
    ],
    tags: { env: 'prod' },
    arn: null,
    regionsNotAudited: null,
    ...more,
  };
}

export function read(value: JsonObject): Reading {
  return { read: true, value };
}

export const unread: Reading = { read: false, failure: denied };

export function aPool(config: JsonObject, more: Partial<PoolObservation> = {}): PoolObservation {
  return {
    poolId: 'eu-west-1_AbCdEf123',
    poolName: 'customers',
    observedAt: '2026-11-22T02:14:07.000Z',
    requestId: '8f0c',
    mfaConfig: read(config),
    ...byFurtherRead(() => null),
    ...more,
  };
}

export function aSubject(config: JsonObject, userPool: JsonObject | null = null, more: Partial<Subject> = {}): Subject {
  const pool = aPool(config, { userPool: userPool === null ? null : read(userPool) });
  return { account: anAccount(), region: 'eu-west-1', pool, ...more };
}
