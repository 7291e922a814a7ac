import { expect, test } from 'vitest';
import { isExtended } from './strength.ts';

test('what runs once a week tries as much as it is to', () => {
  expect(isExtended).toBe(true);
});
