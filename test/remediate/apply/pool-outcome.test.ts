/** What is said of a pool in the end. */
import { describe, expect, test } from 'vitest';
import type { PoolOutcome } from '../../../src/domain/remediation/model/outcome.ts';
import { notStarted, outcomeOf, writtenOutcome, type Came } from '../../../src/remediate/apply/pool-outcome.ts';
import type { NotReady } from '../../../src/remediate/apply/preflight.ts';
import { aChange } from './a-change.ts';

const after = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const change = { ...aChange({ before: { MfaConfiguration: 'OFF' }, after }), remains: ['SMS stays off.'] };
const { accountId, region, poolId, poolName, users, risk, before, because } = change;
/** Whatever happened, it is told of this pool, and of what was to be done and why. */
const concerned = { accountId, region, poolId, poolName, users, risk, before, because };

describe('a pool that is left as it is', () => {
  test.each<readonly [NotReady, Pick<PoolOutcome, 'outcome' | 'code' | 'message' | 'after'>]>([
    [
      { kind: 'applied', config: after },
      { outcome: 'applied', code: null, message: '', after },
    ],
    [
      { kind: 'unchanged', config: after },
      { outcome: 'unchanged', code: null, message: '', after: null },
    ],
    [
      { kind: 'stale', message: 'It moved.' },
      { outcome: 'stale', code: null, message: 'It moved.', after: null },
    ],
    [
      { kind: 'refused', code: 'risk', message: 'Riskier.' },
      { outcome: 'refused', code: 'risk', message: 'Riskier.', after: null },
    ],
  ])('%o', (preflight, told) => {
    expect(outcomeOf(change, preflight)).toEqual({ ...concerned, ...told });
  });

  test('for want of a turn', () => {
    expect(notStarted(change)).toEqual({
      ...concerned,
      outcome: 'not-started',
      code: null,
      message: '',
      after: null,
    });
  });
});

describe('a pool that was written', () => {
  test.each<readonly [Came, string, string]>([
    [{ outcome: 'applied', message: '', after }, 'applied', 'SMS stays off.'],
    [{ outcome: 'applied', message: 'The journal is full.', after }, 'applied', 'SMS stays off. The journal is full.'],
    [{ outcome: 'failed', message: 'Refused.', after: null }, 'failed', 'Refused.'],
    [{ outcome: 'again', message: 'Met another.', after: null }, 'failed', 'Met another.'],
    [{ outcome: 'unknown', message: 'Lost.', after: null }, 'unknown', 'Lost.'],
  ])('%o', (came, outcome, message) => {
    expect(writtenOutcome(change, came)).toEqual({ ...concerned, outcome, code: null, message, after: came.after });
  });
});
