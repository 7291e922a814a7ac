/** Of every drifted pool, in every tool: the text of its patch, applied and read back, clears what asked for it. */
import { describe, expect, it } from 'vitest';
import { managingTool } from '../../../src/domain/patch/managing-tool.ts';
import { driftedPools, owners } from './drifted-pools.ts';
import { managedTags } from './look-at.ts';
import { missedOf, otherTools } from './patched-pool.ts';

it('there are forty pools, of every owner', () => {
  expect(driftedPools).toHaveLength(40);
  expect(owners.map(({ tags }) => managingTool(tags, managedTags))).toEqual([
    'cloudformation',
    'terraform',
    'cdk',
    'amplify',
  ]);
});

describe.each(otherTools)('in the text of %s', (tool) => {
  it.each(driftedPools.map(({ name }, index) => ({ name, index })))('$name', async ({ index }) => {
    const { before, after } = await missedOf(tool, index);
    expect(before).not.toEqual([]);
    expect(after).toEqual([]);
  });
});
