import { describe, expect, it } from 'vitest';
import { cognitoRegions } from '../../../src/domain/model/regions.ts';
import { UnknownTextError, UserError } from '../../../src/errors.ts';
import { failed, succeeded } from '../../../src/pacing/call-result.ts';
import type { Cloud } from '../../../src/ports/cloud.ts';
import { chooseRegions } from '../../../src/reading/accounts/region-choice.ts';
import { recordedCalls, throttledFailure } from '../../pacing/service.ts';
import { fakeCloud, refusal } from '../fake-cloud.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { scopeOf } from '../a-scope.ts';
import { caller, denied } from './fake-organization.ts';

type Scoped = NonNullable<Parameters<typeof scopeOf>[0]>;

/** `eu-west-9` stands for a region that is newer than the built-in list. */
function cloudOf(
  more: Partial<Cloud> = {},
  regions: Parameters<typeof fakeCloud>[0]['regions'] = [{ region: 'eu-west-9', state: 'DISABLED' }],
) {
  return { ...fakeCloud({ accounts: [], regions, unit: () => ({}) }), ...more };
}

function choose(scoped: Scoped, cloud: Cloud = cloudOf()) {
  const clock = new VirtualClock();
  const { calls } = recordedCalls(clock);
  return clock.run(chooseRegions(cloud, calls, scopeOf(scoped)));
}

const list = (...regions: string[]): Scoped => ({ settings: { regions: { kind: 'list', regions } } });
const without = (...exclude: string[]): Scoped => ({ settings: { regions: { kind: 'enabled', exclude } } });
const flags = (...regions: string[]): Scoped => ({ filters: { regions } });

describe('the regions of a run', () => {
  it.each<[string, Scoped, Partial<Cloud>, readonly string[]]>([
    ['all of the partition', {}, {}, cognitoRegions.aws],
    ['all of another partition', {}, { partition: 'aws-us-gov' }, ['us-gov-east-1', 'us-gov-west-1']],
    [
      'those of a list, in its order and each once',
      list('us-east-1', 'eu-west-1', 'us-east-1'),
      {},
      ['us-east-1', 'eu-west-1'],
    ],
    ['those of --region, in its order', flags('us-east-1', 'eu-west-1'), {}, ['us-east-1', 'eu-west-1']],
    [
      'those of --region out of a list',
      { ...list('eu-west-1', 'us-east-1'), ...flags('us-east-1') },
      {},
      ['us-east-1'],
    ],
    ['one that the caller’s account knows', list('eu-west-9'), {}, ['eu-west-9']],
  ])('are %s', async (_which, scoped, more, wanted) => {
    expect((await choose(scoped, cloudOf(more))).wanted).toEqual(wanted);
  });

  it('are those that no glob leaves out', async () => {
    const { wanted } = await choose(
      without('ap-*', 'us-*', '?a-*', 'eu-central-?', '*-north-*', '*-south-?', 'm?-*', 'il-central-1'),
    );
    expect(wanted).toEqual(cognitoRegions.aws.filter((region) => region.startsWith('eu-west-')));
  });

  it.each<[string, Scoped, boolean, boolean]>([
    ['where all are wanted', {}, true, false],
    ['where a glob leaves others out', without('us-*'), true, true],
    ['where a glob leaves it out', without('eu-*'), false, true],
    ['beside a list', list('us-east-1'), false, true],
    ['beside --region', flags('us-east-1'), false, false],
  ])('take in a new one of the account’s, and say what is left out: %s', async (_when, scoped, takesNew, leavesOut) => {
    const choice = await choose(scoped);
    expect([choice.takesNew('eu-west-9'), choice.leavesOut]).toEqual([takesNew, leavesOut]);
  });

  it('are left out by the configuration, and not by --region', async () => {
    const ofList = await choose(list('eu-west-1'));
    expect(['eu-west-1', 'us-east-1'].map((region) => ofList.isLeftOut(region))).toEqual([false, true]);
    const ofGlobs = await choose(without('us-*'));
    expect(['eu-west-1', 'us-east-1'].map((region) => ofGlobs.isLeftOut(region))).toEqual([false, true]);
    const ofFlag = await choose(flags('eu-west-1'));
    expect(['eu-west-1', 'us-east-1'].map((region) => ofFlag.isLeftOut(region))).toEqual([false, false]);
  });
});

describe('no region can be', () => {
  const known = `Known are: ${cognitoRegions.aws.join(', ')}.`;
  it.each<[string, Scoped, string]>([
    [
      'one that does not exist',
      list('eu-west-1', 'eu-wst-1', 'eu-west-8'),
      `"eu-wst-1", "eu-west-8" is no region that serves Cognito user pools, nor does account:ListRegions know it. ${known}`,
    ],
    [
      'one that does not exist, by a flag',
      flags('eu-wst-1'),
      `"eu-wst-1" is no region that serves Cognito user pools, nor does account:ListRegions know it. ${known}`,
    ],
    [
      'one of another partition',
      list('us-gov-west-1', 'eu-west-1', 'us-gov-east-1'),
      'us-gov-west-1, us-gov-east-1 is not in the partition of the caller, aws.',
    ],
    [
      'one of --region that a list leaves out',
      { ...list('eu-west-1'), ...flags('us-east-1', 'eu-west-1', 'us-east-2') },
      '--region: the configuration leaves out us-east-1, us-east-2 (regions).',
    ],
    [
      'one of --region that a glob leaves out',
      { ...without('us-*'), ...flags('us-east-1') },
      '--region: the configuration leaves out us-east-1 (regions).',
    ],
    ['none', without('*'), 'No region in scope: the configuration leaves out all of them (regions).'],
    ['none of a list', list(), 'No region in scope: the configuration leaves out all of them (regions).'],
  ])('%s', async (_which, scoped, message) => {
    const refused = await choose(scoped).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({ message });
  });

  it('one that the built-in list does not know, where the caller may not list regions', async () => {
    await expect(choose(list('eu-west-9'), cloudOf({}, denied))).rejects.toThrow(UnknownTextError);
  });
});

describe('the caller’s account', () => {
  /** Its regions, and which accounts were asked. */
  function asking(ready = succeeded<void>(undefined)) {
    const asked: string[] = [];
    const cloud = cloudOf();
    const { account } = cloud;
    const asks: Cloud = {
      ...cloud,
      account: (id) => ({
        ...account(id),
        ready: async () => ready,
        regions: async (token) => {
          asked.push(id);
          return account(id).regions(token);
        },
      }),
    };
    return { asked, asks };
  }

  it('is asked for its regions only where one is written that the built-in list does not know', async () => {
    const { asked, asks } = asking();
    await choose({ ...list('eu-west-1'), ...flags('eu-west-1') }, asks);
    expect(asked).toEqual([]);
    await choose(list('eu-west-1', 'eu-west-9'), asks);
    expect(asked).toEqual([caller]);
  });

  it('is asked at a pace of which the log says whose it is', async () => {
    const clock = new VirtualClock();
    const { calls, lines } = recordedCalls(clock);
    const cloud = cloudOf({}, throttledFailure);
    await expect(clock.run(chooseRegions(cloud, calls, scopeOf(list('eu-west-9'))))).rejects.toThrow(UnknownTextError);
    expect(lines.map(([, { quota }]) => quota)).toContain('account:ListRegions');
  });

  it('is asked for nothing without credentials', async () => {
    const { asked, asks } = asking(failed(refusal('ExpiredToken')));
    await expect(choose(list('eu-west-9'), asks)).rejects.toThrow(UnknownTextError);
    expect(asked).toEqual([]);
  });
});
