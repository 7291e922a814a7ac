/** What `init` writes, by path: configuration, a first policy with its test, and what runs it. */
import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { noUsersYet, policySkeleton, skeletonTest } from '../../config/policies/policy-text.ts';
import { packageFile } from '../../package-file.ts';
import type { InitAnswers } from './answers.ts';
import { runners } from './runners.ts';

export type NewFiles = Readonly<Record<string, string>>;

/** Those that are written whatever the answers are. */
export const ownFiles = ['mfa-drift.yaml', 'policies/first.yaml', 'policies/first.test.yaml'] as const;

export async function newFiles(answers: InitAnswers): Promise<NewFiles> {
  const own = {
    'mfa-drift.yaml': configuration(answers),
    'policies/first.yaml': `${policySkeleton(answers.mfa)}${noUsersYet}`,
  };
  const shipped = Object.entries<string>(runners[answers.runner].files).map(async ([from, to]) => {
    const text = await readFile(packageFile(from), 'utf8');
    return [to, answers.runner === 'kubernetes' ? withOwnData(text, own) : text];
  });
  return {
    ...own,
    'policies/first.test.yaml': skeletonTest(answers.mfa),
    ...Object.fromEntries(await Promise.all(shipped)),
  };
}

function configuration({ scope, role, externalId }: InitAnswers): string {
  const id = externalId === '' ? '' : `, externalId: ${JSON.stringify(externalId)}`;
  const accounts =
    scope === 'organization' ? `accounts: { organization: true }\nrole: { name: ${JSON.stringify(role)}${id} }\n` : '';
  return `# yaml-language-server: $schema=node_modules/mfa-drift/policies/schemas/config.schema.json
# Every key is optional; docs/configuration.md of mfa-drift has them all, with their defaults.
apiVersion: mfa-drift/v1
kind: Config
${accounts}policies: [policies]
failOn: low                    # the least severity that fails the night
`;
}

/** The pods read configuration and policy from a map that stands in the file. */
function withOwnData(text: string, own: Readonly<Record<'mfa-drift.yaml' | 'policies/first.yaml', string>>): string {
  const documents = parseAllDocuments(text);
  const maps = documents.filter((document) => document.get('kind') === 'ConfigMap');
  for (const map of maps) {
    map.setIn(['data', 'mfa-drift.yaml'], own['mfa-drift.yaml']);
    map.setIn(['data', 'policy.yaml'], own['policies/first.yaml']);
  }
  return documents.map((document) => document.toString({ lineWidth: 0 })).join('');
}
