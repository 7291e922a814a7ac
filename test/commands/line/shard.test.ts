import { describe, expect, it } from 'vitest';
import { shardOf } from '../../../src/commands/line/shard.ts';

const batch = { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '4' };
const gitlab = { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4' };
const kubernetes = { JOB_COMPLETION_INDEX: '0' };

describe('--shard', () => {
  it.each([
    ['2/4', {}, { index: 2, count: 4 }],
    ['1/1', {}, { index: 1, count: 1 }],
    ['auto', batch, { index: 1, count: 4 }],
    ['auto', { ...batch, AWS_BATCH_JOB_ARRAY_INDEX: '3' }, { index: 4, count: 4 }],
    ['auto', gitlab, { index: 1, count: 4 }],
    ['auto', { ...gitlab, CI_NODE_INDEX: '4' }, { index: 4, count: 4 }],
    ['auto', { SYSTEM_JOBPOSITIONINPHASE: '1', SYSTEM_TOTALJOBSINPHASE: '4' }, { index: 1, count: 4 }],
    ['auto', { SYSTEM_JOBPOSITIONINPHASE: '4', SYSTEM_TOTALJOBSINPHASE: '4' }, { index: 4, count: 4 }],
    ['auto', { BUILDKITE_PARALLEL_JOB: '0', BUILDKITE_PARALLEL_JOB_COUNT: '4' }, { index: 1, count: 4 }],
    ['auto', { BUILDKITE_PARALLEL_JOB: '3', BUILDKITE_PARALLEL_JOB_COUNT: '4' }, { index: 4, count: 4 }],
    ['auto', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '4' }, { index: 1, count: 4 }],
    ['auto', { CIRCLE_NODE_INDEX: '3', CIRCLE_NODE_TOTAL: '4' }, { index: 4, count: 4 }],
    ['auto/4', kubernetes, { index: 1, count: 4 }],
    ['auto/4', { JOB_COMPLETION_INDEX: '3' }, { index: 4, count: 4 }],
  ])('%s with %o is %o', (spec, environment, shard) => {
    expect(shardOf(spec, environment)).toEqual(shard);
  });

  it('is never taken from variables that nobody asked for', () => {
    expect(shardOf(undefined, { ...batch, ...gitlab, ...kubernetes })).toBeNull();
    expect(shardOf('1/2', { ...batch, ...gitlab })).toEqual({ index: 1, count: 2 });
  });

  it.each([
    ['0/4', {}, /no shard 0 of 4; the first is 1/],
    ['5/4', {}, /no shard 5 of 4/],
    ['1/0', {}, /at least one shard/],
    ['1', {}, /must be I\/N such as 1\/4, auto, or auto\/N/],
    ['one/4', {}, /must be I\/N/],
    ['1/4/2', {}, /must be I\/N/],
    ['', {}, /must be I\/N/],
    [
      'auto',
      {},
      /none of an AWS Batch array job \(AWS_BATCH_JOB_ARRAY_INDEX\), .*, a GitLab parallel job \(CI_NODE_INDEX\)\. Say/,
    ],
    ['auto', kubernetes, /--shard auto\/N, with N its completions/],
    ['auto', { ...batch, ...gitlab }, /at once\. Say which part is meant/],
    ['auto', { CIRCLE_NODE_INDEX: '4', CIRCLE_NODE_TOTAL: '4' }, /no shard 5 of 4/],
    ['auto', { SYSTEM_JOBPOSITIONINPHASE: '0', SYSTEM_TOTALJOBSINPHASE: '4' }, /no shard 0 of 4/],
    ['auto', { AWS_BATCH_JOB_ARRAY_INDEX: '0' }, /AWS_BATCH_JOB_ARRAY_SIZE must be a whole number, not ""/],
    ['auto', { ...gitlab, CI_NODE_TOTAL: 'x' }, /CI_NODE_TOTAL must be a whole number, not "x"/],
    ['auto', { ...batch, AWS_BATCH_JOB_ARRAY_INDEX: '4' }, /no shard 5 of 4/],
    ['auto/4', {}, /JOB_COMPLETION_INDEX is not set/],
    ['auto/4', { JOB_COMPLETION_INDEX: '4' }, /no shard 5 of 4.*|N must be its completions/],
    ['auto/x', kubernetes, /must be I\/N/],
  ])('%s with %o is an error that says the way out', (spec, environment, message) => {
    expect(() => shardOf(spec, environment)).toThrow(message);
  });
});
