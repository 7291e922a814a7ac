/** Where a template would be deployed, as far as whoever asks says it. */
import { InvalidArgumentError, type Command } from 'commander';
import { isCognitoRegion } from '../../domain/model/regions.ts';
import { toAccountId, wholeNumber } from './flag-values.ts';

export interface DeploymentFlags {
  readonly account?: string;
  readonly accountName?: string;
  readonly accountTag?: Readonly<Record<string, string>>;
  readonly organizationalUnit?: string;
  readonly region?: string;
  /** `false`: the stack has no tags. */
  readonly stackTag?: Readonly<Record<string, string>> | false;
  readonly users?: number;
  readonly parameter?: Readonly<Record<string, string>>;
}

export function addDeploymentFlags(command: Command): Command {
  return command
    .option('--account <id>', 'the account where it would be deployed', toAccountId)
    .option('--account-name <name>', 'its name')
    .option('--account-tag <key=value>', 'a tag of it; repeatable', collectPairs)
    .option('--organizational-unit <unit>', 'its organizational unit, such as /Workloads/Prod', toUnitPath)
    .option('--region <name>', 'the region where it would be deployed', toRegion)
    .option('--stack-tag <key=value>', 'a tag of the stack, which its pools inherit; repeatable', collectPairs)
    .option('--no-stack-tag', 'the stack has no tags')
    .option('--users <n>', 'how many users its pools will have, for policies that ask', wholeNumber(0))
    .option('--parameter <key=value>', 'a parameter of the template; repeatable', collectPairs);
}

function collectPairs(
  text: string,
  earlier: Readonly<Record<string, string>> | boolean | undefined,
): Readonly<Record<string, string>> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('It must be like KEY=VALUE.');
  return { ...(typeof earlier === 'object' ? earlier : {}), [key]: value };
}

function toUnitPath(text: string): string {
  if (!text.startsWith('/'))
    throw new InvalidArgumentError('It must be a path from the root, such as /Workloads/Prod.');
  return text;
}

function toRegion(text: string): string {
  if (!isCognitoRegion(text))
    throw new InvalidArgumentError('It must be a region where Cognito is, such as eu-west-1.');
  return text;
}
