import { expect, test } from 'vitest';
import { isIncomplete, outcomes } from '../../../../src/domain/remediation/model/outcome.ts';

test('only what is as it was approved is complete', () => {
  expect(outcomes.filter((outcome) => !isIncomplete({ outcome }))).toEqual(['applied', 'unchanged']);
});
