/** What the README and docs/releasing.md say of a library, a git dependency and a release: packed, named and run so. */
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../temporary.ts';
import { clonedHere, root, tarball } from './packed-clone.ts';

/** They start many processes, one after another; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

const here = clonedHere();

describe('a packed tarball', () => {
  it('is a library: its example is type-checked and runs, and its schemas are there', async () => {
    const cwd = await temporaryFolder();
    here.sh(cwd, `npm init -y && npm pkg set type=module && npm install --offline ${join(here.clone, tarball)}`);
    await cp(join(root, 'docs/examples/library.ts'), join(cwd, 'library.ts'));
    await mkdir(join(cwd, 'node_modules/@types'));
    await symlink(join(root, 'node_modules/@types/node'), join(cwd, 'node_modules/@types/node'));
    const strictly = '--ignoreConfig --strict --exactOptionalPropertyTypes --skipLibCheck false --types node';
    here.sh(
      cwd,
      `node ${join(root, 'node_modules/typescript/bin/tsc')} library.ts ${strictly} --module nodenext --target es2023`,
    );
    here.sh(cwd, 'npx --no -- mfa-drift demo --report json=result.json --quiet', {}, 3);
    here.sh(cwd, 'npx --no -- mfa-drift policy init --out first.yaml');
    const said = here.sh(cwd, 'node library.js result.json');
    expect(said).toContain('drifted 0\nmedium every-pool MfaConfiguration {"oneOf":["ON","OPTIONAL"]} "OFF"\n');
    expect(said.split('\n').length).toBeGreaterThan(100);
    expect(here.sh(cwd, 'node library.js library.js', {}, 1)).toContain('library.js:1:1 is not JSON');

    const schemas = await readdir(join(root, 'policies/schemas'));
    const print = `for (const file of ${JSON.stringify(schemas)}) console.log((await import('mfa-drift/schemas/' + file, { with: { type: 'json' } })).default.$id)`;
    const ids = here.sh(cwd, `node --no-warnings --input-type=module -e "$PRINT"`, { PRINT: print });
    const names = schemas.map((file) => `urn:mfa-drift:schema:v1:${file.replace('.schema.json', '')}\n`);
    expect(ids).toBe(names.join(''));
  });
});

describe('the release workflow', () => {
  /** The script of a step of release.yml, as it would run. */
  async function step(job: string, id: string): Promise<string> {
    const { jobs } = parse(await readFile(join(root, '.github/workflows/release.yml'), 'utf8'));
    return jobs[job].steps.find((each: { readonly id?: string }) => each.id === id).run;
  }

  it('packs what has nothing to run, commits it to the branch release, and that is a git dependency without a build', async () => {
    const [temporary, origin, workspace] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
    const output = join(temporary, 'output');
    const runner = { GITHUB_OUTPUT: output, RUNNER_TEMP: temporary, GITHUB_WORKSPACE: join(workspace, 'checkout') };
    const run = { ...runner, GITHUB_SHA: 'f'.repeat(40), GITHUB_REF_NAME: 'v0.1.0', FILE: tarball };
    here.sh(temporary, `git init -q --bare -b main ${origin} && git clone -q ${here.clone} ${runner.GITHUB_WORKSPACE}`);
    await symlink(join(root, 'node_modules'), join(runner.GITHUB_WORKSPACE, 'node_modules'));
    here.sh(
      runner.GITHUB_WORKSPACE,
      `git remote set-url origin ${origin} && git push -q origin main\n${await step('package', 'pack')}`,
      run,
    );
    expect(await readFile(output, 'utf8')).toBe(`file=${tarball}\nimage=registry.invalid/mfa-drift\n`);

    here.sh(runner.GITHUB_WORKSPACE, `mkdir out && cp ${tarball} out\n${await step('branch', 'commit')}`, run);
    const manifest = JSON.parse(here.sh(origin, 'git show release:package.json'));
    expect([manifest.scripts, manifest.dependencies, manifest.devDependencies]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const committed = here.sh(origin, 'git ls-tree -r --name-only release').split('\n');
    expect(committed).toEqual(expect.arrayContaining(['action.yml', 'dist/cli.js', 'policies/floor.yaml']));
    expect(committed.filter((file) => /^(?:src|test|\.github)\//.test(file))).toEqual([]);

    // The same once more, onto the branch that is there now: git has nothing to commit, and says so with 1.
    here.sh(runner.GITHUB_WORKSPACE, 'git worktree remove --force ../release && git fetch -q origin release:release');
    here.sh(runner.GITHUB_WORKSPACE, await step('branch', 'commit'), { ...run, GITHUB_SHA: 'e'.repeat(40) }, 1);

    const cwd = await temporaryFolder();
    here.sh(cwd, `npm init -y && npm install --allow-git=root git+file://${origin}#release`);
    expect(here.sh(cwd, 'npx --no -- mfa-drift demo', {}, 3)).toContain('\nexit 3: ');
  });
});

describe('publisher.json', () => {
  const acme =
    '--repository acme/mfa --image ghcr.io/acme/mfa --contact sec@acme.example --schemas https://acme.example/v1/';
  const placeholders =
    'OWNER/REPOSITORY|registry\\.invalid/mfa-drift|security@publisher\\.invalid|urn:mfa-drift:schema';
  /** Files that have it, but for the script that knows the placeholders, its test and what tells of it. */
  const named = (folder: string, pattern: string): readonly string[] =>
    here
      .sh(
        folder,
        `git grep -lIE '${pattern}' -- . ':!release/publisher.mjs' ':!test/deploy' ':!docs/releasing.md' || true`,
      )
      .split('\n')
      .filter(Boolean);

  it('is the one place: everything that names a publisher is made from it, twice if need be', async () => {
    const copy = join(await temporaryFolder(), 'copy');
    here.sh(here.home, `git clone -q ${here.clone} ${copy}`);
    expect(here.sh(copy, 'node release/publisher.mjs --is-set', {}, 1)).toContain(
      'has no repository, no image, no contact yet',
    );
    const before = named(copy, placeholders);
    expect(before).toEqual(expect.arrayContaining(['SECURITY.md', 'README.md', 'src/result/saved/schema.ts']));

    here.sh(copy, `node release/publisher.mjs ${acme} && node release/publisher.mjs --is-set`);
    expect(named(copy, placeholders)).toEqual([]);
    expect(named(copy, 'acme/mfa|acme\\.example')).toEqual([...before, 'package.json'].toSorted());
    expect(JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'))).toMatchObject({
      repository: { type: 'git', url: 'git+https://github.com/acme/mfa.git' },
      homepage: 'https://github.com/acme/mfa#readme',
      bugs: 'https://github.com/acme/mfa/issues',
    });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    here.sh(copy, 'node bundle.mjs');
    here.sh(copy, 'node dist/cli.js demo --report sarif=out.sarif', {}, 3);
    const { runs } = JSON.parse(await readFile(join(copy, 'out.sarif'), 'utf8'));
    expect(runs[0].tool.driver.informationUri).toBe('https://github.com/acme/mfa#readme');
    expect(JSON.parse(await readFile(join(copy, 'policies/schemas/result.schema.json'), 'utf8')).$id).toBe(
      'https://acme.example/v1/result',
    );

    here.sh(
      copy,
      'node release/publisher.mjs --repository umbrella/drift --image ghcr.io/umbrella/drift --contact https://u.example',
    );
    expect(named(copy, 'acme/mfa|sec@acme')).toEqual([]);
  });

  it('brings the version of the image up to that of the package', async () => {
    const copy = join(await temporaryFolder(), 'copy');
    here.sh(here.home, `git clone -q ${here.clone} ${copy}`);
    expect(named(copy, 'registry.invalid/mfa-drift:0\\.1\\.0')).toContain('deploy/kubernetes.yaml');
    here.sh(copy, 'npm version 1.2.3 --no-git-tag-version');
    expect(named(copy, 'registry.invalid/mfa-drift:0\\.1\\.0')).toEqual([]);
    expect(named(copy, 'registry.invalid/mfa-drift:1\\.2\\.3')).toContain('deploy/kubernetes.yaml');
  });

  it('nothing names a place of ours beside it: no page, image or package that might be somebody else’s', () => {
    expect(
      named(root, '(github\\.com|githubusercontent\\.com|ghcr\\.io|docker\\.io|hub\\.docker\\.com)/[^ )]*mfa-?drift'),
    ).toEqual([]);
  });
});
