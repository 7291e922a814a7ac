/** Cloud Custodian over many accounts. Sources: its README; `c7n/resources/cognito.py`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asked, Command, Ended, Peer } from '../peer.ts';
import type { Said, Statement } from '../score.ts';
import { said } from './installed.ts';

export const c7nOrg: Peer = {
  name: 'c7n-org',
  from: 'packages `c7n` and `c7n-org`',
  atOnce: 1,
  version: () => {
    const version = said('custodian', 'version');
    return version === null || said('c7n-org', '--help') === null ? null : `c7n ${version}`;
  },
  async commands({ folder, accountIds, regions, roleArn }: Asked): Promise<readonly Command[]> {
    // YAML reads JSON. The name of an account is the folder of what was found in it.
    const accounts = accountIds.map((id) => ({ account_id: id, name: id, regions, role: roleArn(id) }));
    await writeFile(join(folder, 'accounts.yml'), JSON.stringify({ accounts }));
    const policies = [{ name: 'pools', resource: 'aws.user-pool' }];
    await writeFile(join(folder, 'pools.yml'), JSON.stringify({ policies }));
    const files = ['-c', 'accounts.yml', '-s', 'out', '-u', 'pools.yml'];
    const places = regions.flatMap((region) => ['--region', region]);
    // Without the last flag it answers from its cache of the last 15 minutes.
    return [{ line: ['c7n-org', 'run', ...files, ...places, '--cache-period', '0'], cwd: folder }];
  },
  said: async ({ folder }, ended) => new Map([...saidByLog(ended), ...(await found(join(folder, 'out')))]),
};

/** `out/ACCOUNT/REGION/POLICY/resources.json`. */
async function found(out: string): Promise<Said> {
  const files = (await readdir(out, { recursive: true })).filter((file) => file.endsWith('resources.json'));
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(join(out, file), 'utf8')] as const));
  return new Map(texts.flatMap(([file, text]) => [...saidByResources(file, text)]));
}

/** It has no verdict of its own: the mode is what a filter would look at. */
export function saidByResources(file: string, text: string): Said {
  const [accountId, region] = file.split('/');
  const pools: readonly { readonly Id: string; readonly MfaConfiguration?: string }[] = JSON.parse(text);
  return new Map(
    pools.map(({ Id, MfaConfiguration: mode = '(no mode)' }): [string, Statement] => [
      `${accountId}/${region}/${Id}`,
      { verdict: mode === 'ON' ? 'on' : 'not-on', words: mode },
    ]),
  );
}

/** The account that a policy failed in stands in its log only. */
export function saidByLog(ended: readonly Pick<Ended, 'stderr'>[]): Said {
  const lines = ended.flatMap(({ stderr }) => stderr.split('\n'));
  return new Map(lines.flatMap(failure));
}

/** `ERROR Exception running policy:… account:… region:… error:…`, or `WARNING Access denied api:… policy:… account:… region:…`. */
function failure(line: string): readonly [string, Statement][] {
  const [, account, region] = / account:(\d+) region:(\S+)/.exec(line) ?? [];
  if (account === undefined || region === undefined) return [];
  const [, error, operation] = /An error occurred \((\w+)\) when calling the (\w+) operation/.exec(line) ?? [];
  const [, denied] = /Access denied api:(\S+)/.exec(line) ?? [];
  if (error === undefined && denied === undefined) return [];
  const words = denied === undefined ? `in the log: ${error}, ${operation}` : `in the log: Access denied, ${denied}`;
  return [[`${account}/${region}`, { verdict: 'unknown', words }]];
}
