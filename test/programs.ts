/**
 * Programs that nobody here wrote and that tests compare with. Where one is missing, its tests are skipped aloud; under
 * `REQUIRE_TOOLS=1`, as in CI, those that npm and Debian have may not be missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Program {
  readonly from: 'npm' | 'Debian' | 'PyPI' | 'git' | 'HashiCorp' | 'systemd';
  /** How it is called; `null`: it is not here. */
  readonly find: () => string | null;
}

const programs = {
  /** A folder with `aws-cdk-lib` and `constructs` in its node_modules. */
  'AWS CDK (AWS_CDK)': {
    from: 'npm',
    find: () => existing(process.env['AWS_CDK']),
  },
  'AWS CLI': { from: 'PyPI', find: () => answering('aws', '--version') },
  boto3: { from: 'PyPI', find: () => answering('python3', '-c', 'import boto3') },
  'cfn-lint': { from: 'PyPI', find: () => answering('cfn-lint', '--version') },
  Chromium: {
    from: 'Debian',
    find: () => existing(process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'),
  },
  fish: { from: 'Debian', find: () => answering('fish', '--version') },
  Gnumeric: { from: 'Debian', find: () => answering('ssconvert', '--version') },
  jq: { from: 'Debian', find: () => answering('jq', '--version') },
  'jmespath of Python': { from: 'PyPI', find: () => answering('python3', '-c', 'import jmespath') },
  LibreOffice: { from: 'Debian', find: () => existing('/usr/bin/soffice', '/usr/bin/libreoffice') },
  moto: { from: 'PyPI', find: () => answering('moto_server', '--help') },
  /** The Python that has it. */
  pandas: {
    from: 'Debian',
    find: () => answering('python3', '-c', 'import pandas') ?? answering('/usr/bin/python3', '-c', 'import pandas'),
  },
  /** A folder with `nodejs-polars` and `dt-sql-parser` in its node_modules. */
  'Polars and grammars of SQL (SQL_ENGINES)': {
    from: 'npm',
    find: () => existing(process.env['SQL_ENGINES']),
  },
  'releases of ocsf-schema': { from: 'git', find: () => existing(process.env['OCSF_SCHEMA']) },
  script: { from: 'Debian', find: () => answering('script', '--version') },
  'SARIF multitool': {
    from: 'npm',
    find: () => answering(process.env['SARIF_MULTITOOL'] ?? 'sarif-multitool', '--version'),
  },
  sqlite3: { from: 'Debian', find: () => answering('sqlite3', '-version') },
  'systemd-analyze': { from: 'systemd', find: () => answering('systemd-analyze', '--version') },
  'Terraform with its AWS provider (TERRAFORM_PLUGINS)': {
    from: 'HashiCorp',
    find: () => (existing(process.env['TERRAFORM_PLUGINS']) === null ? null : answering('terraform', '-version')),
  },
  zsh: { from: 'Debian', find: () => answering('zsh', '--version') },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof programs;

const mayBeMissing = new Set<Program['from']>(['PyPI', 'git', 'HashiCorp', 'systemd']);

/** How the program is called; `null`: it is not here. Throws where it must be. */
export function program(name: ProgramName): string | null {
  const { from, find } = programs[name];
  const found = find();
  if (found === null && process.env['REQUIRE_TOOLS'] === '1' && !mayBeMissing.has(from)) {
    throw new Error(`${name} is not installed, and REQUIRE_TOOLS=1 asks for whatever ${from} has`);
  }
  return found;
}

/** Which of these are not here, for the name of what is skipped without them: `' (skipped: no moto)'`, or nothing. */
export function without(...names: readonly ProgramName[]): string {
  const missing = names.filter((name) => program(name) === null);
  return missing.length === 0 ? '' : ` (skipped: no ${missing.join(', no ')})`;
}

export function missingPrograms(): readonly string[] {
  return Object.entries(programs).flatMap(([name, { from, find }]) => (find() === null ? [`${name} (${from})`] : []));
}

function answering(command: string, ...args: readonly string[]): string | null {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0 ? command : null;
}

function existing(...files: readonly (string | undefined)[]): string | null {
  return files.find((file) => file !== undefined && existsSync(file)) ?? null;
}
