/** Prowler, one account a process, three at a time, as its documentation has it for many accounts. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asked, Command, Peer } from '../peer.ts';
import type { Said, Statement, Verdict } from '../score.ts';
import { deniedInLog } from './denied-in-log.ts';
import { said } from './installed.ts';

export const prowler: Peer = {
  name: 'Prowler',
  from: 'package `prowler`',
  atOnce: 3,
  version: () => said('prowler', '--version'),
  commands({ folder, accountIds, regions, roleArn }: Asked): Promise<readonly Command[]> {
    const check = ['--check', 'cognito_user_pool_mfa_enabled', '--region', ...regions, '--no-banner', '--no-color'];
    const output = ['--output-formats', 'json-ocsf', '--output-directory', folder];
    return Promise.resolve(
      accountIds.map((id) => ({
        line: ['prowler', 'aws', ...check, ...output, '--role', roleArn(id), '--output-filename', id],
        cwd: folder,
      })),
    );
  },
  async said({ folder }, ended) {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.ocsf.json'));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const log = ended.flatMap(({ stdout, stderr }) => [...deniedInLog(`${stdout}\n${stderr}`)]);
    return new Map([...log, ...texts.flatMap((text) => [...saidByOcsf(text)])]);
  },
};

interface Finding {
  readonly status_code: string;
  readonly status_detail: string;
  readonly resources: readonly { readonly uid: string }[];
}

const verdicts: Readonly<Record<string, Verdict>> = { PASS: 'on', FAIL: 'not-on', MANUAL: 'unknown' };

export function saidByOcsf(text: string): Said {
  const findings: readonly Finding[] = JSON.parse(text);
  return new Map(
    findings.flatMap(({ status_code: code, status_detail: detail, resources }) =>
      resources.map(({ uid }): [string, Statement] => [
        placeOfArn(uid),
        { verdict: verdicts[code] ?? 'unknown', words: `${code} "${withoutNames(detail)}"` },
      ]),
    ),
  );
}

/** `arn:aws:cognito-idp:REGION:ACCOUNT:userpool/ID`. */
export function placeOfArn(arn: string): string {
  const [, , , region, accountId, resource = ''] = arn.split(':');
  return `${accountId}/${region}/${resource.replace('userpool/', '')}`;
}

function withoutNames(detail: string): string {
  return detail.replace(/User pool \S+ /, '');
}
