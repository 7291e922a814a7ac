/** The readiness of one pool for ON, from what was read of it and of its users. */
import { configOf, type Subject } from '../../domain/model/subject.ts';
import { mfaStateOf } from '../../domain/model/mfa/mfa-state.ts';
import type { Failure } from '../../domain/model/observation.ts';
import { settingsOf } from '../../domain/model/mfa/pool-settings.ts';
import type { NotMeasured, Readiness } from '../../domain/readiness/record.ts';
import { requiredFacts } from '../../domain/readiness/required-facts.ts';
import type { UserReader } from '../../ports/user-reader.ts';
import { measureReadiness, OutOfTime, type Measuring } from './measure.ts';
import { UnreadUsers } from './unread-users.ts';

type Options = Omit<Measuring, 'pool' | 'estimatedUsers'>;

export async function poolReadiness(subject: Subject, reader: UserReader, options: Options): Promise<Readiness> {
  const { pool, region } = subject;
  const config = configOf(pool);
  if (config === null || pool.userPool?.read !== true) return { measured: false, failure: unread(subject) };
  const settings = settingsOf(pool.userPool.value, region);
  const facts = requiredFacts(mfaStateOf(config), settings);
  return readinessOf(reader, { ...options, pool: facts, estimatedUsers: settings.users });
}

export async function readinessOf(reader: UserReader, measuring: Measuring): Promise<Readiness> {
  try {
    return { measured: true, measurement: await measureReadiness(reader, measuring) };
  } catch (error) {
    if (error instanceof UnreadUsers) return { measured: false, failure: error.failure };
    if (error instanceof OutOfTime) return { measured: false, failure: tooLong };
    throw error;
  }
}

function unread({ pool }: Subject): Failure {
  if (!pool.mfaConfig.read) return pool.mfaConfig.failure;
  if (pool.userPool?.read === false) return pool.userPool.failure;
  return {
    code: 'malformed',
    message: 'The MFA configuration of the pool is none.',
    remedy: 'Look at it with mfa-drift show.',
  };
}

const tooLong: NotMeasured = {
  code: 'too-long',
  message: 'Listing the users takes longer than it may.',
  remedy: 'Give it more time with --max-time; 200,000 users take about four minutes.',
};
