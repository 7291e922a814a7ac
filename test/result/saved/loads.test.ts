/** As test/domain/loads.test.ts: a schema that can't be made takes the tests of every file along that asks for it. */
import { expect, test } from 'vitest';

const modules = Object.values(import.meta.glob('../../../src/result/saved/*.ts'));
const loads = await Promise.allSettled(modules.map((load) => load()));

test('every module of saved results can be loaded', () => {
  expect(loads.length).toBeGreaterThan(10);
  expect(loads.filter(({ status }) => status === 'rejected')).toEqual([]);
});
