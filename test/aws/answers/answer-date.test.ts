import { describe, expect, it } from 'vitest';
import { isDateBelievable } from '../../../src/aws/answers/answer-date.ts';

describe('the time that STS says', () => {
  it.each<[string | null, boolean, boolean]>([
    [null, true, true],
    [null, false, false],
    ['https://sts.internal.example.com', true, true],
    ['https://sts.internal.example.com', false, false],
    ['http://sts.internal.example.com', true, false],
    ['http://10.0.0.7:4566', true, false],
    ['http://127.0.0.1:4566', true, true],
    ['http://127.8.9.10', true, true],
    ['http://localhost:4566', true, true],
    ['http://[::1]:4566', true, true],
    ['https://127.0.0.1:4566', false, true],
    ['http://127.0.0.1.example.com', true, false],
    ['http://localhost.example.com', true, false],
    ['http://[::ffff:127.0.0.1]', true, false],
  ])('from %s, certificates checked: %s, is believed: %s', (endpoint, verifies, isBelieved) => {
    expect(isDateBelievable(endpoint, verifies)).toBe(isBelieved);
  });
});
