/**
 * ElectricEye, the whole organization in one process. It has no package: `PEER_ELECTRICEYE` names a checkout, and
 * `PEER_ELECTRICEYE_PYTHON` the interpreter with its requirements (default `python3`).
 *
 * For the modules of other clouds (google-auth, azure-identity, azure-mgmt-resource, snowflake-connector-python) stand-ins will do:
 * they are imported, and with AWS never used. It reads botocore's endpoints.json from GitHub at its start; where that is out of
 * reach, the copy that botocore has is to be given to it.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditRole } from '../../fleet.ts';
import type { Asked, Command, Peer } from '../peer.ts';
import type { Said, Statement } from '../score.ts';
import { deniedInLog } from './denied-in-log.ts';
import { checkout, written } from './installed.ts';
import { placeOfArn } from './prowler.ts';

const here = () => checkout('PEER_ELECTRICEYE', 'eeauditor/controller.py');

/** As it stands, and once more without the account whose role it can't assume, since it ends there and writes nothing. */
export const electricEye = [
  peer('ElectricEye', ({ accountIds }) => accountIds),
  peer('ElectricEye, enterable accounts', ({ enterableIds }) => enterableIds),
] as const;

function peer(name: string, accountsOf: (asked: Asked) => readonly string[]): Peer {
  return {
    name,
    from: '`https://github.com/jonrau1/ElectricEye`',
    atOnce: 1,
    version: () => here()?.commit ?? null,
    async commands(asked: Asked): Promise<readonly Command[]> {
      const { folder, regions } = asked;
      await writeFile(join(folder, 'settings.toml'), settings(accountsOf(asked), regions));
      const python = process.env['PEER_ELECTRICEYE_PYTHON'] ?? 'python3';
      const check = ['-t', 'AWS', '-a', 'Amazon_CognitoIdP_Auditor', '-c', 'cognitoidp_mfa_check'];
      const output = ['-o', 'json', '-of', join(folder, 'findings'), '-tp', join(folder, 'settings.toml')];
      return [{ line: [python, 'controller.py', ...check, ...output], cwd: join(here()?.folder ?? '', 'eeauditor') }];
    },
    async said({ folder }, ended) {
      const findings = await written(join(folder, 'findings.json'));
      const log = ended.flatMap(({ stderr }) => [...deniedInLog(stderr)]);
      return new Map([...log, ...(findings === null ? [] : saidByFindings(findings))]);
    },
  };
}

/** Of its own file the parts that it reads for AWS. A list of accounts: for an organization it reads one page of twenty. */
function settings(accountIds: readonly string[], regions: readonly string[]): string {
  return [
    '[global]',
    'aws_multi_account_target_type = "Accounts"',
    'credentials_location = "CONFIG_FILE"',
    '[regions_and_accounts.aws]',
    `aws_account_targets = ${JSON.stringify(accountIds)}`,
    `aws_regions_selection = ${JSON.stringify(regions)}`,
    `aws_electric_eye_iam_role_name = "${auditRole}"`,
    '',
  ].join('\n');
}

interface Finding {
  readonly Compliance: { readonly Status: string };
  readonly Description: string;
  readonly Resources: readonly { readonly Id: string }[];
}

/** A list of ASFF. */
export function saidByFindings(text: string): Said {
  const findings: readonly Finding[] = JSON.parse(text);
  return new Map(
    findings.flatMap(({ Compliance: { Status: status }, Description: description, Resources: resources }) =>
      resources.map(({ Id: arn }): [string, Statement] => [
        placeOfArn(arn),
        { verdict: status === 'PASSED' ? 'on' : 'not-on', words: `${status} "${withoutNames(description)}"` },
      ]),
    ),
  );
}

/** Of `Cognito user pool arn:… does not enforce …. AWS recommends …` the statement. */
function withoutNames(description: string): string {
  return /^Cognito user pool \S+ (.*?)\.(?: |$)/.exec(description)?.[1] ?? description;
}
