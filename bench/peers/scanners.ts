/**
 * Scanners that a company may have beside this program: how each is asked for the MFA mode of every pool, and where it
 * leaves what it found. Sources: the READMEs of c7n-org and Prowler.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { SandboxProcess } from '../sandbox-process.ts';

export interface Told {
  /** Pools whose mode was read, and rightly: in this organization every one is OPTIONAL. */
  readonly right: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  /** Of processes that failed: the end of what they said. */
  readonly complaints?: readonly string[];
}

export interface Fleet {
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly roleArn: (accountId: string) => string;
}

export interface Scanner {
  readonly name: string;
  isThere(): boolean;
  read(sandbox: SandboxProcess, fleet: Fleet): Promise<Told>;
}

export const scanners: readonly Scanner[] = [
  {
    name: 'c7n-org',
    isThere: () => isOnPath('c7n-org'),
    read: (sandbox, fleet) =>
      inFolder(async (folder) => {
        const [accounts, policies, out] = [
          join(folder, 'accounts.yml'),
          join(folder, 'pools.yml'),
          join(folder, 'out'),
        ];
        const { accountIds, regions, roleArn } = fleet;
        // YAML reads JSON.
        const entries = accountIds.map((id) => ({ account_id: id, name: `a${id}`, regions, role: roleArn(id) }));
        await writeFile(accounts, JSON.stringify({ accounts: entries }));
        await writeFile(policies, JSON.stringify({ policies: [{ name: 'pools', resource: 'aws.user-pool' }] }));
        const places = regions.flatMap((region) => ['--region', region]);
        const told = await measured(
          [['c7n-org', 'run', '-c', accounts, '-s', out, '-u', policies, ...places]],
          1,
          sandbox,
        );
        const found = await jsonBelow<{ readonly MfaConfiguration?: string }>(out, 'resources.json');
        return { ...told, right: found.filter(({ MfaConfiguration: mode }) => mode === 'OPTIONAL').length };
      }),
  },
  {
    // One account a process, three at a time, as its documentation has it for many accounts.
    name: 'Prowler',
    isThere: () => isOnPath('prowler'),
    read: (sandbox, { accountIds, regions, roleArn }) =>
      inFolder(async (folder) => {
        const output = ['--output-formats', 'json-ocsf', '--output-directory', folder, '--no-banner'];
        const asked = ['prowler', 'aws', '--check', 'cognito_user_pool_mfa_enabled', '--region', ...regions, ...output];
        const commands = accountIds.map((id) => [...asked, '--role', roleArn(id), '--output-filename', id]);
        const told = await measured(commands, 3, sandbox);
        const found = await jsonBelow<{ readonly status_code?: string }>(folder, '.ocsf.json');
        return { ...told, right: found.filter(({ status_code: status }) => status === 'FAIL').length };
      }),
  },
];

function isOnPath(command: string): boolean {
  return spawnSync(command, ['--help']).error === undefined;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mfa-drift-bench-peers-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Python's own account of what the commands and their children took. */
async function measured(
  commands: readonly (readonly string[])[],
  atOnce: number,
  { environment }: SandboxProcess,
): Promise<Omit<Told, 'right'>> {
  const script = fileURLToPath(new URL('../../../../bench/peers/measured.py', import.meta.url));
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  const child = spawn('python3', [script, String(atOnce)], { env: { ...process.env, ...environment, ...files } });
  child.stdin.end(JSON.stringify(commands));
  return JSON.parse(await text(child.stdout));
}

/** The entries of all JSON arrays in files so named, at any depth. */
async function jsonBelow<T>(folder: string, ending: string): Promise<readonly T[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const texts = files.filter((file) => file.endsWith(ending)).map((file) => readFile(join(folder, file), 'utf8'));
  return (await Promise.all(texts)).flatMap((found) => JSON.parse(found) as T[]);
}
