import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { fileVariable, offVariable, variableOf } from '../../src/config/settings/environment.ts';
import { severities } from '../../src/domain/model/severity.ts';
import { flagName } from '../../src/domain/settings/flags.ts';
import { remediationModes, type Bounds, type KindName, type SettingRow } from '../../src/domain/settings/kinds.ts';
import { settings, settingSections, type SettingPath } from '../../src/domain/settings/table.ts';
import { markdownTable } from '../markdown-table.ts';

const kindWords: Readonly<Record<KindName, string>> = {
  truth: 'true or false',
  whole: 'whole number',
  number: 'number',
  severity: `one of ${severities.join(', ')}`,
  mode: `one of ${remediationModes.join(', ')}`,
  risks: 'list of risks',
  roleName: "role's name, `path/name`, or ARN with PARTITION and ACCOUNT",
  roleArn: "role's whole ARN",
  externalId: 'text',
  rolesByAccount: 'map: account id to `{ name: ROLE }`',
  accountIds: 'list of account ids, in quotes',
  accountSelectors: 'list of selector blocks: `accounts`, `organizationalUnits`, `accountTags`',
  regions: '`enabled`, a list of regions, or `{ exclude: [GLOB] }`',
  paths: 'list of paths',
  tags: "list of tags' keys",
  hosts: 'list of hosts, with or without a port',
  reports: 'list of `FORMAT` or `FORMAT=FILE`',
  targets: 'list of targets',
};

function typeOf(row: SettingRow): string {
  const { over, least, most }: Bounds = row.kind === 'whole' || row.kind === 'number' ? row : {};
  const bounds = [
    ...(over === undefined ? [] : [`over ${over}`]),
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ];
  return [kindWords[row.kind], ...bounds].join(', ');
}

function codeOr(text: string | null): string {
  return text === null ? '–' : `\`${text}\``;
}

function flagOf({ flag }: SettingRow): string {
  if (flag === null) return '–';
  return flag.effect === 'adds' ? `${codeOr(flagName(flag))}, which adds to it` : codeOr(flagName(flag));
}

function rowOf(path: SettingPath, row: SettingRow): readonly string[] {
  const preset = row.default === null ? null : JSON.stringify(row.default);
  return [codeOr(path), typeOf(row), codeOr(preset), row.description, flagOf(row), codeOr(variableOf(path))];
}

function table(isHere: (path: string) => boolean): string {
  return markdownTable(
    ['key', 'type', 'default', 'what it says', 'flag', 'variable'],
    settings.filter(([path]) => isHere(path)).map(([path, row]) => rowOf(path, row)),
  );
}

const sections = Object.entries(settingSections)
  .filter(([path]) => !path.includes('.'))
  .map(
    ([path, { description }]) => `## \`${path}\`\n${description}\n\n${table((key) => key.startsWith(`${path}.`))}\n`,
  );

/** What a flag settles beside its own setting. */
const implied = settings.flatMap(([, { flag }]) =>
  Object.entries(flag?.implies ?? {}).map(([path, value]) => {
    const own = settings.find(([other]) => other === path)?.[1].flag;
    return `With ${codeOr(flag && flagName(flag))} alone, ${codeOr(path)} is ${value}, unless ${codeOr(own ? flagName(own) : null)} says otherwise.`;
  }),
);

const example = await readFile('test/config/whole.yaml', 'utf8');

/** The page as the code has it; `npx vitest run configuration-page --update` writes it anew. */
const page = `# Configuration

Every key of \`mfa-drift.yaml\`, written from the table of settings that the program itself goes by; a test holds it to that.
\`mfa-drift\` is on the path as [Install](../README.md#install) says.

A value comes from the flag, where it is given; else from the variable; else from the file; else it is the default. The file is
the one that \`--config\` names, else the one that \`${fileVariable}\` names, else \`mfa-drift.yaml\` or \`mfa-drift.yml\` in the
working directory; without any, the defaults hold. What is wrong in file, variables and flags is told at once, each with its
place, before anything is read or changed: \`mfa-drift policy check\`.

- \`\${env:NAME}\` in any text of the file is that variable's value; one that is not set is an error.
- A variable's list has commas between its entries: \`MFA_DRIFT_REGIONS=eu-west-1,eu-central-1\`. An empty variable counts as
  not set, and one that is nearly a name of this page is an error.
- A flag that takes a list is repeated: \`--policies one --policies two\`. Which command takes which flag, its \`--help\` says.
- Paths in the file, and the default of \`policies\`, are relative to the file; those of flags and variables to the working directory.
- Editors complete and check the file with [its JSON Schema](../policies/schemas/config.schema.json).
- \`${offVariable}=off\` beats every flag and every file: nothing is changed.

A file that says most of it, with the defaults where there are some:

\`\`\`yaml
${example}\`\`\`

${sections.join('\n')}
## The rest
${table((path) => !path.includes('.'))}

${implied.join('\n')}
`;

it('docs/configuration.md lists every setting as the code has it', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/configuration.md');
});
