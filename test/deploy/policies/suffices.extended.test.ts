/** Each documented policy is enough for every command that it is documented for, in AWS's partition and in GovCloud's. */
import { describe, expect, it } from 'vitest';
import { played, scenarioNames, scenarioOf } from './scenarios.ts';

describe.each(['aws', 'aws-us-gov'] as const)('in %s', (partition) => {
  it.each(scenarioNames)('%s', async (name) => {
    const { lacks, exitCode } = scenarioOf(name);
    const { result, ...ended } = await played(name, partition);
    expect(result?.gaps ?? []).toEqual([]);
    const codes = result?.warnings.map(({ code }) => code) ?? [];
    expect(codes).not.toContain('fact-unread');
    expect(codes).not.toContain('blame-unread');
    expect([ended.exitCode, ended.stderr]).toEqual([exitCode, ended.stderr]);
    const denied = lacks === undefined ? (ended.stderr + ended.stdout).match(/denied|not authorized/gi) : null;
    expect(denied).toBeNull();
  });
});
