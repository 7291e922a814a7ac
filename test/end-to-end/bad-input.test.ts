/** Each bad input is one clear error with its place, exit code 1, and nothing is read or written. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explanationOf } from '../../src/commands/output/explanation.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryFolder } from '../temporary.ts';
import { run, type Ended } from './in-process.ts';
import { plainFleet } from './plain-fleet.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ fleet: plainFleet(2, 1) });
});
afterAll(async () => {
  await sandbox.close();
});

const head = 'apiVersion: mfa-drift/v1\nkind: Policy\n';
const good = `${head}name: mode\nexpect:\n  MfaConfiguration: ON\n`;
const config = 'apiVersion: mfa-drift/v1\nkind: Config\n';

interface BadInput {
  readonly name: string;
  /** By path; a path that ends in a slash is a folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Where the error points. */
  readonly place: string;
  /** What was found, and the way out. */
  readonly says: readonly RegExp[];
}

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
g: [*f, *f, *f, *f, *f, *f, *f, *f, *f]
`;

const badInputs: readonly BadInput[] = [
  {
    name: 'a misspelt key',
    files: { 'policies/mode.yaml': `${head}name: mode\nexpect:\n  MfaConfigurtion: ON\n` },
    place: 'policies/mode.yaml:5:3',
    says: [/MfaConfigurtion/, /did you mean MfaConfiguration\?/i],
  },
  {
    name: 'ON that a YAML 1.1 tool turned into true',
    files: { 'policies/mode.yaml': `${head}name: mode\nexpect:\n  MfaConfiguration: true\n` },
    place: 'policies/mode.yaml:5:21',
    says: [/OFF, OPTIONAL or ON|OFF, ON or OPTIONAL/, /YAML 1\.1/],
  },
  {
    name: 'a name that two policies have',
    files: { 'policies/a.yaml': good, 'policies/b.yaml': good },
    place: 'policies/b.yaml:3:7',
    says: [/mode/, /policies\/a\.yaml:3/],
  },
  {
    name: 'an unknown variable',
    files: {
      'policies/mode.yaml': `${head}name: mode\nexpect:\n  WebAuthnConfiguration:\n    RelyingPartyId: "auth.\${account.nam}"\n`,
    },
    place: 'policies/mode.yaml:6:21',
    says: [/account\.nam\b/, /account\.name\b/],
  },
  {
    name: 'a pattern that is none',
    files: {
      'policies/mode.yaml': `${head}name: mode\nexpect:\n  WebAuthnConfiguration:\n    RelyingPartyId: { pattern: "auth(" }\n`,
    },
    place: 'policies/mode.yaml:6:32',
    says: [/auth\(/],
  },
  { name: 'an alias bomb', files: { 'policies/bomb.yaml': bomb }, place: 'policies/bomb.yaml', says: [/alias/i] },
  { name: 'an empty file', files: { 'policies/mode.yaml': '' }, place: 'policies/mode.yaml', says: [/empty/i] },
  {
    name: 'a folder where the configuration should be',
    files: { 'policies/mode.yaml': good, 'mfa-drift.yaml/': '' },
    place: 'mfa-drift.yaml',
    says: [/folder|directory/i],
  },
  {
    name: 'an account id that YAML read as a number',
    files: { 'policies/mode.yaml': good, 'mfa-drift.yaml': `${config}accounts:\n  ids: [111122220000]\n` },
    place: 'mfa-drift.yaml:4:9',
    says: [/111122220000/, /quote/i],
  },
  {
    name: 'a glob that YAML read as an alias',
    files: { 'policies/mode.yaml': `${head}name: mode\nmatch:\n  accounts: [*-prod]\nexpect: {}\n` },
    place: 'policies/mode.yaml:5:14',
    says: [/\*-prod/, /quote/i],
  },
];

test.each(badInputs)('$name', async ({ files, place, says }) => {
  const folder = await folderWith(files);
  const before = await readdir(folder, { recursive: true });
  const ended = await runIn(folder, ['audit', '--report', 'json=out/result.json'], sandbox.environment);
  for (const words of says) expect(ended).toEqual({ exitCode: 1, stdout: '', stderr: expect.stringMatching(words) });
  expect(placesIn(ended.stderr)).toEqual([place]);
  expect(await readdir(folder, { recursive: true })).toEqual(before);
  expect(sandbox.calls.count('ListUserPools')).toBe(0);
});

interface BadCredentials {
  readonly name: string;
  readonly environment: (usual: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  readonly says: RegExp;
}

const badCredentials: readonly BadCredentials[] = [
  {
    name: 'no credentials',
    environment: ({ AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...rest }) => rest,
    says: /credentials/i,
  },
  {
    name: 'a wrong secret',
    environment: (usual) => ({ ...usual, AWS_SECRET_ACCESS_KEY: 'A'.repeat(40) }),
    says: /SignatureDoesNotMatch|signature/i,
  },
];

test.each(badCredentials)('$name', async ({ environment, says }) => {
  const folder = await folderWith({ 'policies/mode.yaml': good });
  const before = await readdir(folder, { recursive: true });
  const args = ['audit', '--report', 'json=out/result.json'];
  const ended = await runIn(folder, args, environment(sandbox.environment));
  expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr.trimEnd().split('\n').length).toBeLessThan(6);
  expect(await readdir(folder, { recursive: true })).toEqual(before);
});

test('a session that has expired', async () => {
  const fleet = plainFleet(2, 1);
  const expiring = await startSandbox({
    fleet: { ...fleet, caller: { ...fleet.caller, kind: 'role' } },
    faults: { faults: [{ fault: 'expireSession', count: 1 }] },
  });
  try {
    const folder = await folderWith({ 'policies/mode.yaml': good });
    const ended = await runIn(folder, ['audit'], expiring.environment);
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toMatch(/expired/i);
  } finally {
    await expiring.close();
  }
});

test('a region that does not exist, each night anew: the first run leaves nothing that stops the second', async () => {
  const text = `${config}regions: [eu-west-1, eu-west-9]\n`;
  const folder = await folderWith({ 'policies/mode.yaml': good, 'mfa-drift.yaml': text });
  for (const extra of [[], [], ['--run-dir', 'kept'], ['--run-dir', 'kept']]) {
    const args = ['audit', '--report', 'json=out/result.json', '--quiet', ...extra];
    const ended = await runIn(folder, args, sandbox.environment);
    expect(ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^mfa-drift\.yaml:\d+:22  "eu-west-9" is no region/m),
    });
  }
  expect(await readdir(folder)).not.toContain('out');
  expect(sandbox.calls.count('ListUserPools')).toBe(0);
});

/** Paths in what is said count from the working directory, so it is the folder meanwhile. */
async function runIn(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await run(args, environment).catch(explained);
  } finally {
    process.chdir(before);
  }
}

/** As the program's entry point tells it. */
async function explained(error: unknown): Promise<Ended> {
  const { text, exitCode } = await explanationOf(error, new AbortController().signal);
  return { exitCode, stdout: '', stderr: text };
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(path.endsWith('/') ? target : dirname(target), { recursive: true });
    if (!path.endsWith('/')) await writeFile(target, text);
  }
  return folder;
}

/** `file:line:column`, or the file alone, at the start of each line that names one. */
function placesIn(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^((?:policies\/[\w-]+|mfa-drift)\.yaml(?::\d+:\d+)?)\s/gm)].map(
    ([, place]) => place ?? '',
  );
}
