/**
 * CloudSploit, one account a process. It has no package: `PEER_CLOUDSPLOIT` names a checkout with its npm dependencies; of those
 * for other clouds it loads with AWS only a part, and no stand-ins are needed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Asked, Command, Peer } from '../peer.ts';
import type { Said, Statement, Verdict } from '../score.ts';
import { checkout, written } from './installed.ts';
import { placeOfArn } from './prowler.ts';

const here = () => checkout('PEER_CLOUDSPLOIT', 'index.js');

const endpoint = fileURLToPath(new URL('../../../../../bench/peers/tools/sdk-2-endpoint.cjs', import.meta.url));

export const cloudSploit: Peer = {
  name: 'CloudSploit',
  from: '`https://github.com/aquasecurity/cloudsploit`',
  // Its documentation says nothing of many accounts: as many as Prowler.
  atOnce: 3,
  version: () => here()?.commit ?? null,
  async commands({ folder, accountIds, roleArn, environment }: Asked): Promise<readonly Command[]> {
    await writeFile(join(folder, 'config'), profiles(accountIds, roleArn, environment));
    const check = ['index.js', '--plugin', 'cognitoMFAEnabled', '--console', 'none'];
    return accountIds.map((id) => ({
      line: [process.execPath, '--require', endpoint, ...check, '--json', join(folder, `${id}.json`)],
      cwd: here()?.folder ?? '',
      env: { ...noKeys, AWS_PROFILE: id, AWS_SDK_LOAD_CONFIG: '1', AWS_CONFIG_FILE: join(folder, 'config') },
    }));
  },
  async said({ folder, accountIds }, ended) {
    const texts = await Promise.all(
      accountIds.map(async (id) => [id, await written(join(folder, `${id}.json`))] as const),
    );
    const log = accountIds.flatMap((id, at) => [...saidByLog(id, ended[at]?.stdout ?? '')]);
    const results = texts.flatMap(([id, text]) => (text === null || text === '' ? [] : [...saidByResults(id, text)]));
    return new Map([...log, ...results]);
  },
};

/** It assumes no role by itself: its SDK does, for a profile. Keys in the environment would come before that. */
const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

function profiles(
  accountIds: readonly string[],
  roleArn: Asked['roleArn'],
  { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' }: Asked['environment'],
): string {
  const caller = `[profile caller]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
  return caller + accountIds.map((each) => profile(each, roleArn(each))).join('');
}

function profile(name: string, arn: string): string {
  return `[profile ${name}]\nrole_arn = ${arn}\nsource_profile = caller\n`;
}

interface Result {
  readonly resource: string;
  readonly region: string;
  readonly status: string;
  readonly message: string;
}

const verdicts: Readonly<Record<string, Verdict>> = { OK: 'on', WARN: 'not-on', FAIL: 'not-on' };

/** An account that it can't enter has an empty file of results, exit code 0, and one line like this. */
export function saidByLog(accountId: string, stdout: string): Said {
  const [, code] = /\[INFO\]\[REGIONS\] Could not load all regions from EC2: .*"code":"(\w+)"/.exec(stdout) ?? [];
  return new Map(code === undefined ? [] : [[accountId, { verdict: 'unknown', words: `in the log: ${code}` }]]);
}

/** A region without a pool is a result too, without a resource; a region that could not be listed likewise. */
export function saidByResults(accountId: string, text: string): Said {
  const results: readonly Result[] = JSON.parse(text);
  return new Map(
    results.map(({ resource, region, status, message }): [string, Statement] => [
      resource.startsWith('arn:') ? placeOfArn(resource) : `${accountId}/${region}`,
      { verdict: verdicts[status] ?? 'unknown', words: `${status} "${withoutNames(message)}"` },
    ]),
  );
}

/** Of `Unable to query Cognito user pools: User: arn:… is not authorized to perform: …` the first part. */
function withoutNames(message: string): string {
  return message.split(': ', 1)[0] ?? message;
}
