/** The same of the CDK and of Amplify, whose overrides are the CDK's: it synthesises the text, and what it makes of it is read back. */
import { describe, expect, it } from 'vitest';
import { program, without } from '../../programs.ts';
import { driftedPools } from './drifted-pools.ts';
import { cdkTools, missedOf } from './patched-pool.ts';

const cdk = program('AWS CDK (AWS_CDK)');
const missing = without('AWS CDK (AWS_CDK)');

describe.each(cdkTools)('in the text of %s', (tool) => {
  it.skipIf(missing !== '').each(driftedPools.map(({ name }, index) => ({ name, index })))(
    `$name${missing}`,
    async ({ index }) => {
      const { before, after } = await missedOf(tool, index, cdk);
      expect(before).not.toEqual([]);
      expect(after).toEqual([]);
    },
  );
});
