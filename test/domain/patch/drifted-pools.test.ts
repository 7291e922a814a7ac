/** Of every drifted pool, in every tool: the text of its patch, applied and read back, clears what asked for it. */
import { describe, expect, it } from 'vitest';
import { patchTools, type PatchTool } from '../../../src/domain/patch/members.ts';
import { managingTool } from '../../../src/domain/patch/managing-tool.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { FreshPlan } from '../../../src/remediate/plan/fresh-plan.ts';
import { shownPatch } from '../../../src/report/plan/patch/patches.ts';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from '../../../src/sandbox/cognito/set-mfa-config.ts';
import { switchesWithDefaults } from '../../../src/sandbox/cognito/open-questions.ts';
import type { StoredPool } from '../../../src/sandbox/world/stored-pool.ts';
import { program, without } from '../../programs.ts';
import { driftedPools, owners, type DriftedPool } from './drifted-pools.ts';
import { lookAt, managedTags } from './look-at.ts';
import { readCdk, readCli, readCloudFormation, readTerraform } from './read-back.ts';

const cdk = program('AWS CDK (AWS_CDK)');
const switches = switchesWithDefaults({});

function missed(fresh: FreshPlan): readonly string[] {
  return fresh.verdict.record.findings.map(({ path }) => path);
}

/** What the tool's text would have the service do, in the order in which its notes say it. */
async function requestsOf(tool: PatchTool, fresh: FreshPlan): Promise<readonly JsonObject[]> {
  if (fresh.wanted === null) throw new Error('nothing to write');
  const texts = shownPatch(tool, fresh.wanted, false).texts.map(({ lines }) => lines.join('\n'));
  const own = texts.at(-1) ?? '';
  switch (tool) {
    case 'terraform':
      // The call comes first, and then the provider finds nothing to change.
      return texts.length > 1 ? [readCli(texts[0] ?? '')] : [await readTerraform(own)];
    case 'cloudformation':
      return [readCloudFormation(own)];
    case 'cdk':
    case 'amplify':
      return [readCdk(own, tool, cdk ?? '')];
    case 'cli':
      return [readCli(own)];
  }
}

function played(drifted: DriftedPool, input: JsonObject): StoredPool {
  const pool: StoredPool = {
    accountId: '111122223333',
    region: 'eu-west-1',
    primaryRegion: 'eu-west-1',
    id: 'eu-west-1_AbCdEf123',
    name: 'customers',
    mfaConfig: drifted.config,
    userPool: drifted.lacks ?? drifted.userPool,
  };
  const outcome = setUserPoolMfaConfig(pool, { UserPoolId: pool.id, ...input }, switches);
  if (!outcome.ok) throw new Error(`${outcome.error.name}: ${outcome.error.message}`);
  return outcome.pool;
}

it('there are forty pools, of every owner', () => {
  expect(driftedPools).toHaveLength(40);
  expect(owners.map(({ tags }) => managingTool(tags, managedTags))).toEqual([
    'cloudformation',
    'terraform',
    'cdk',
    'amplify',
  ]);
});

describe.each(patchTools)('in the text of %s', (tool) => {
  const needsCdk = tool === 'cdk' || tool === 'amplify';
  const missing = needsCdk ? without('AWS CDK (AWS_CDK)') : '';
  it.skipIf(missing !== '').each(driftedPools.map((drifted, index) => ({ ...drifted, index })))(
    `$name${missing}`,
    async ({ index, ...drifted }) => {
      const { tags } = owners[index % owners.length] ?? { tags: {} };
      const before = lookAt(drifted, tags, drifted.config, drifted.userPool);
      expect(missed(before)).not.toEqual([]);
      const after = (await requestsOf(tool, before)).map((input) => played(drifted, input)).at(-1);
      if (after === undefined) throw new Error('nothing is done');
      const config = getUserPoolMfaConfig(after, switches);
      expect(missed(lookAt(drifted, tags, config, after.userPool))).toEqual([]);
    },
  );
});
