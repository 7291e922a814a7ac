import type { DatedReadiness } from '../../../src/domain/readiness/record.ts';
import { byReading, type Outcomes } from '../../../src/domain/readiness/measurement.ts';
import type { ReadinessQuestion } from '../../../src/domain/remediation/plan/readiness-gate.ts';

/** Ten users were counted: so many could sign in, and the others are locked out. */
export function measuredOf({ pool, enrolment }: ReadinessQuestion, ready: number): DatedReadiness {
  const share = ready / 10;
  const outcomes: Outcomes = { ready, 'must-enrol': 0, 'locked-out': 10 - ready, 'passkey-only': 0 };
  return {
    measured: true,
    measuredAt: '2026-11-22T02:14:00.000Z',
    measurement: {
      design: 'counted',
      fellBack: null,
      enrolment,
      pool,
      population: 10,
      listed: { local: 10, federated: 0, disabled: 0, unconfirmed: 0 },
      asked: 10,
      branches: {},
      outcomes: byReading(() => outcomes),
      shares: byReading(() => ({ share, low: share, high: share })),
      pages: 1,
      reads: 10,
      billed: 0,
    },
  };
}
