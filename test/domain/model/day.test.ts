/** Days and times as results, plans and journals keep them; what JavaScript makes of a time is the yardstick. */
import { assert, date, property } from 'fast-check';
import { expect, test } from 'vitest';
import { dayPattern, momentPattern } from '../../../src/domain/model/day.ts';

const day = new RegExp(dayPattern);
const moment = new RegExp(momentPattern);

test('every time is taken as toISOString writes it, and its day', () => {
  const written = date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  assert(
    property(written, (each) => {
      const text = each.toISOString();
      expect(text).toMatch(moment);
      expect(text.replace(/\.\d+Z$/, 'Z')).toMatch(moment);
      expect(text.slice(0, 10)).toMatch(day);
    }),
  );
});

test.each([
  '2026-11-29T02:00:00',
  '2026-11-29T02:00:00+01:00',
  '2026-11-29 02:00:00Z',
  '2026-11-29T02:00Z',
  '2026-11-29T24:00:00Z',
  '2026-11-29T02:60:00Z',
  '2016-12-31T23:59:60Z',
  '2026-11-29T02:00:00.Z',
  '2026-11-29T02:00:00Z ',
  ' 2026-11-29T02:00:00Z',
])('%j is no time in UTC', (text) => {
  expect(text).not.toMatch(moment);
});

test.each([
  '2026-13-01',
  '2026-00-01',
  '2026-11-32',
  '2026-11-00',
  '26-11-29',
  '2026-1-29',
  '2026-11-29T',
  'x2026-11-29',
])('%s is no day, and begins no time', (text) => {
  expect(text).not.toMatch(day);
  expect(`${text}T02:00:00Z`).not.toMatch(moment);
});
