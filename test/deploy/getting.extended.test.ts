/** What the README says of installing: packed and installed so. What takes longer is in releasing.extended.test.ts. */
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { clonedHere, root, tarball } from './packed-clone.ts';

/** They start many processes, one after another; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

const here = clonedHere();

describe('a packed tarball', () => {
  it('is installed in an empty folder without a network, brings nothing along, and runs the demo', async () => {
    const cwd = await temporaryFolder();
    here.sh(cwd, `npm init -y && npm install --offline ${join(here.clone, tarball)}`);
    expect((await readdir(join(cwd, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['mfa-drift']);
    expect(here.sh(cwd, 'npx --no -- mfa-drift demo', {}, 3)).toContain('\nexit 3: ');
    expect(here.sh(cwd, 'npx --no -- mfa-drift --version')).toBe('0.1.0\n');
  });

  it('lists the packages that were compiled in as npm lists them where it was built', async () => {
    interface Component {
      readonly purl: string;
      readonly version: string;
      readonly licenses?: unknown;
    }
    const { components }: { readonly components: readonly Component[] } = JSON.parse(
      await readFile(join(here.clone, 'dist/sbom.cdx.json'), 'utf8'),
    );
    const ofNpm: { readonly components: readonly Component[] } = JSON.parse(
      execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
    );
    const known = new Map(ofNpm.components.map(({ purl, licenses }) => [purl, licenses]));
    expect(components.length).toBeGreaterThan(40);
    expect(components.map(({ purl }) => purl)).toContain('pkg:npm/%40aws-sdk/client-sts@3.1169.0');
    for (const { purl, licenses } of components) expect([purl, licenses]).toEqual([purl, known.get(purl)]);
  });

  it('lists exactly the packages whose sources the maps of its chunks name, each with the text of an allowed licence', async () => {
    const dist = join(here.clone, 'dist');
    const maps = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith('.js.map'));
    const sources = await Promise.all(
      maps.map(
        async (file): Promise<readonly string[]> => JSON.parse(await readFile(join(dist, file), 'utf8')).sources,
      ),
    );
    const inMaps = sources
      .flat()
      .flatMap((source) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
    const { components } = JSON.parse(await readFile(join(dist, 'sbom.cdx.json'), 'utf8'));
    const listed: readonly { name: string; version: string; license: string }[] = components.map(
      ({
        name,
        version,
        licenses: [{ license }],
      }: {
        name: string;
        version: string;
        licenses: [{ license: { id: string } }];
      }) => ({ name, version, license: license.id }),
    );
    expect([...new Set(listed.map(({ name }) => name))].toSorted()).toEqual([...new Set(inMaps)].toSorted());
    const allowed = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0'];
    expect(listed.filter(({ license }) => !allowed.includes(license))).toEqual([]);
    const notices = (await readFile(join(dist, 'third-party-licenses.txt'), 'utf8')).split(`\n${'-'.repeat(80)}\n`);
    for (const { name, version, license } of listed) {
      const own = notices.filter((text) => text.startsWith(`${name} ${version} (${license})\n`));
      expect([name, own.length]).toEqual([name, 1]);
      expect(own[0]).toMatch(/permission|redistribution|Licensed under|Mozilla Public License/i);
      expect(own[0]?.length).toBeGreaterThan(500);
    }
  });
});

describe('publisher.json', () => {
  it.each([
    ['--repository https://github.com/acme/mfa', '--repository https://github.com/acme/mfa: it must be owner/name'],
    ['--image Acme/MFA', '--image Acme/MFA: it must be host/path'],
    ['--contact nobody', '--contact nobody: it must be'],
    ['--schemas https://acme.example/v1', '--schemas https://acme.example/v1: it must be'],
  ])('refuses %s and writes nothing', (args, message) => {
    expect(here.sh(here.clone, `node release/publisher.mjs ${args}`, {}, 1)).toContain(message);
    expect(here.sh(here.clone, 'git status --porcelain --untracked-files=no')).toBe('');
  });
});
