/** The repository as a clone of it would be, packed as a release packs it, and a shell there. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');
export const tarball = 'mfa-drift-0.1.0.tgz';

/** What a script says, on both streams, as a runner of GitHub runs it; it must end with that code. */
type Sh = (cwd: string, script: string, environment?: Readonly<Record<string, string>>, code?: number) => string;

/** With a home and a cache of npm that are the folder's own. */
function shellAt(home: string): Sh {
  return (cwd, script, environment = {}, code = 0) => {
    const env = { ...process.env, HOME: home, npm_config_cache: join(home, 'npm'), ...environment };
    const args = ['-eo', 'pipefail', '-c', `exec 2>&1\n${script}`];
    const { status, stdout } = spawnSync('bash', args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (status !== code) throw new Error(`exit ${status} of ${script}\n${stdout}`);
    return stdout;
  };
}

/** In `home/clone`, in a git repository without history; the packages are those here. Resolves to that folder. */
async function packedClone(home: string): Promise<string> {
  const sh = shellAt(home);
  const folder = join(home, 'clone');
  const files = sh(root, 'git ls-files -z --cached --others --exclude-standard').split('\0').filter(Boolean);
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const identity = 'git config user.name test && git config user.email test@example.com';
  sh(folder, `git init -q -b main && ${identity} && git add -A && git reset -q node_modules && git commit -qm clone`);
  sh(folder, 'npm pack --silent');
  return folder;
}

/** A packed clone and its shell for the tests of a file; there once they begin, and gone after them. */
export function clonedHere(): { readonly home: string; readonly clone: string; readonly sh: Sh } {
  const here = { home: '', clone: '', sh: shellAt('') };
  beforeAll(async () => {
    here.home = await mkdtemp(join(tmpdir(), 'mfa-drift-packed-'));
    here.sh = shellAt(here.home);
    here.clone = await packedClone(here.home);
  });
  afterAll(() => rm(here.home, { recursive: true, force: true }));
  return here;
}
