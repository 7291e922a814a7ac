/** A drifted pool before and after the text of its patch, in a tool's own terms, is applied and read back. */
import { patchTools, type PatchTool } from '../../../src/domain/patch/members.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { FreshPlan } from '../../../src/remediate/plan/fresh-plan.ts';
import { shownPatch } from '../../../src/report/plan/patch/patches.ts';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from '../../../src/sandbox/cognito/set-mfa-config.ts';
import { switchesWithDefaults } from '../../../src/sandbox/cognito/open-questions.ts';
import type { StoredPool } from '../../../src/sandbox/world/stored-pool.ts';
import { driftedPools, owners, type DriftedPool } from './drifted-pools.ts';
import { lookAt } from './look-at.ts';
import { readCdk, readCli, readCloudFormation, readTerraform } from './read-back.ts';

/** Read back by the CDK itself. */
export const cdkTools = ['cdk', 'amplify'] as const satisfies readonly PatchTool[];
export const otherTools = patchTools.filter((tool) => !cdkTools.some((other) => other === tool));

const switches = switchesWithDefaults({});

function missed(fresh: FreshPlan): readonly string[] {
  return fresh.verdict.record.findings.map(({ path }) => path);
}

/** What the tool's text would have the service do, in the order in which its notes say it. */
async function requestsOf(tool: PatchTool, fresh: FreshPlan, cdk: string | null): Promise<readonly JsonObject[]> {
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

/**
 * The paths of the findings of one of `driftedPools`, before and after.
 *
 * @param cdk the folder of `aws-cdk-lib`, for the tools that are read back by it
 */
export async function missedOf(
  tool: PatchTool,
  index: number,
  cdk: string | null = null,
): Promise<{ readonly before: readonly string[]; readonly after: readonly string[] }> {
  const drifted = driftedPools[index];
  if (drifted === undefined) throw new Error(`there is no drifted pool ${index}`);
  const { tags } = owners[index % owners.length] ?? { tags: {} };
  const before = lookAt(drifted, tags, drifted.config, drifted.userPool);
  const after = (await requestsOf(tool, before, cdk)).map((input) => played(drifted, input)).at(-1);
  if (after === undefined) throw new Error('nothing is done');
  const config = getUserPoolMfaConfig(after, switches);
  return { before: missed(before), after: missed(lookAt(drifted, tags, config, after.userPool)) };
}
