import { describe, expect, it } from 'vitest';
import { changeTimeOf, isBeyondEvents } from '../../../src/domain/blame/drifting-pool.ts';

describe('when a pool was last changed', () => {
  it('is said in seconds, and counted in milliseconds', () => {
    expect(changeTimeOf({ LastModifiedDate: 1_764_400_000.5 })).toBe(1_764_400_000_500);
  });

  it.each([null, {}, { LastModifiedDate: '2026-11-29' }, { CreationDate: 1 }])('is not known from %j', (userPool) => {
    expect(changeTimeOf(userPool)).toBeNull();
  });
});

describe('CloudTrail’s events', () => {
  const now = '2026-11-29T00:00:00.000Z';
  // 90 days before, by the calendar: 29 of November, 31 of October, 30 of September.
  const first = Date.UTC(2026, 7, 31);

  it('reach back 90 days', () => {
    expect(isBeyondEvents(first - 1, now)).toBe(true);
    expect(isBeyondEvents(first, now)).toBe(false);
  });

  it('may have any change whose time is not known', () => {
    expect(isBeyondEvents(null, now)).toBe(false);
  });
});
