import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { poolReadiness, readinessOf } from '../../../src/reading/readiness/pool-readiness.ts';
import { UnreadUsers } from '../../../src/reading/readiness/unread-users.ts';
import { aPool, aSubject, denied, read, unread } from '../../domain/a-pool.ts';
import { readerOver, manyUsers } from './listed-users.ts';
import { measuring } from './simulated-fleets.ts';

const reader = readerOver(manyUsers(3));
const optional = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

async function measurementOf(config: JsonObject, userPool: JsonObject) {
  const found = await poolReadiness(aSubject(config, userPool), reader, measuring());
  if (!found.measured) throw new Error(found.failure.message);
  return found.measurement;
}

describe('the readiness of a pool', () => {
  it.each<[string, JsonObject]>([
    ['OPTIONAL with TOTP', optional],
    ['OFF, which would need a factor', { MfaConfiguration: 'OFF' }],
    ['ON', { ...optional, MfaConfiguration: 'ON' }],
  ])('is measured as if it were ON: %s', async (_what, config) => {
    const AccountRecoverySetting = { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] };
    const { pool, population, fellBack } = await measurementOf(config, { AccountRecoverySetting });
    expect(pool).toEqual({ required: true, passkeys: true, totp: true, sms: false, email: false, recovery: 'email' });
    expect([population, fellBack]).toEqual([3, null]);
  });

  // The pool has three users, and says that it has a million.
  it('is drawn by the size that the pool says', async () => {
    const { fellBack } = await measurementOf(optional, { EstimatedNumberOfUsers: 1_000_000 });
    expect(fellBack).toMatch(/by its own estimate 1000000/);
  });

  const subject = aSubject(optional, {});
  const pool = (more: Parameters<typeof aPool>[1]) => ({ ...subject, pool: aPool(optional, more) });
  const none = {
    code: 'malformed',
    message: 'The MFA configuration of the pool is none.',
    remedy: 'Look at it with mfa-drift show.',
  };
  it.each([
    ['its configuration could not be read', pool({ mfaConfig: unread, userPool: read({}) }), denied],
    ['it could not be described', pool({ userPool: unread }), denied],
    ['its configuration has no mode', aSubject({}, {}), none],
    ['its configuration is unlike any', aSubject({ MfaConfiguration: 1 }, {}), none],
  ])('is not measured where %s', async (_why, unreadable, failure) => {
    const silent = { ...reader, listUsers: () => Promise.reject(new Error('nobody is to be asked')) };
    expect(await poolReadiness(unreadable, silent, measuring())).toEqual({ measured: false, failure });
  });
});

describe('what keeps a pool from being measured', () => {
  function failing(thrown: Error) {
    return readinessOf({ ...reader, listUsers: () => Promise.reject(thrown) }, measuring());
  }

  it('is said, where its users could not be read', async () => {
    expect(await failing(new UnreadUsers(denied))).toEqual({ measured: false, failure: denied });
  });

  it('is said, where listing them takes too long', async () => {
    let now = 0;
    expect(await readinessOf(reader, measuring({ maxTimeMs: 100, now: () => (now += 101) }))).toEqual({
      measured: false,
      failure: {
        code: 'too-long',
        message: 'Listing the users takes longer than it may.',
        remedy: 'Give it more time with --max-time; 200,000 users take about four minutes.',
      },
    });
  });

  it('is a fault of the program otherwise', async () => {
    await expect(failing(new RangeError('a bug'))).rejects.toThrow(RangeError);
  });
});
