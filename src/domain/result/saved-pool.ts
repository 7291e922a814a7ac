/** A pool of a saved result as it was read then, so that it can be judged again. */
import { byFurtherRead, type FurtherRead } from '../model/api/reads.ts';
import { settingsOfSubject, usableFactors, type UsableFactors } from '../model/mfa/factors.ts';
import { mfaStateOf } from '../model/mfa/mfa-state.ts';
import type { Failure, PoolObservation, Reading } from '../model/observation.ts';
import type { PoolRecord } from './result.ts';

const notSaved: Failure = {
  code: 'expectation-unreadable',
  message: 'it is not in the saved result',
  remedy: 'Audit again with these policies: the saved result does not hold what they ask for.',
};

const unexplained: Failure = {
  code: 'malformed',
  message: 'The saved result has no configuration of the pool and does not say why.',
  remedy: 'Audit again.',
};

/**
 * Judge it with `fromResult`: members of `UserPool` that the saved run did not need are not known.
 *
 * @param failure why there is no configuration, as the saved result's gap says
 */
export function savedObservation(record: PoolRecord, failure: Failure | null): PoolObservation {
  const { poolId, poolName, observedAt, requestId, config } = record;
  return {
    poolId,
    poolName,
    observedAt,
    requestId,
    mfaConfig: config === null ? { read: false, failure: failure ?? unexplained } : { read: true, value: config },
    ...byFurtherRead((read) => savedReading(record, read)),
  };
}

/** The second factors of its users, as far as the result knows them; `null` where its configuration was not read. */
export function savedFactors(record: PoolRecord): UsableFactors | null {
  if (record.config === null) return null;
  const subject = { pool: savedObservation(record, null), fromResult: true };
  return usableFactors(mfaStateOf(record.config), settingsOfSubject(subject));
}

/** Tags stand in a record by themselves. */
function savedReading(record: PoolRecord, read: FurtherRead): Reading {
  const members = record[read];
  const tags = read === 'userPool' ? record.tags : null;
  if (members === null && tags === null) return { read: false, failure: notSaved };
  return { read: true, value: { ...members, ...(tags === null ? {} : { UserPoolTags: tags }) } };
}
