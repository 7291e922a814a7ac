import { format } from 'prettier';
import { expect, test } from 'vitest';
import { planSchema } from '../../../src/remediate/plan/plan-schema.ts';

test('the published schema is the one that plans are read with', async () => {
  const text = await format(JSON.stringify(planSchema), { parser: 'json', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../../policies/schemas/plan.schema.json');
});
