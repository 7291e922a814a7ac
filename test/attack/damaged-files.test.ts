/**
 * Every file that the program reads, damaged in ways that the seed draws: whatever stands in it, the program ends as its
 * contract says, with a sentence and never a stack, and nothing in that sentence steers a terminal.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealPlan, type Plan } from '../../src/domain/remediation/model/plan.ts';
import { loadFaults } from '../../src/sandbox/faults/load-faults.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { organization, type Organization } from '../remediate/organization.ts';
import { seed, tries } from '../strength.ts';
import { temporaryFolder } from '../temporary.ts';
import { damagedJson, damagedLine, damagedText } from './damage.ts';
import { fallOver } from './fall-over.ts';

const root = resolve(import.meta.dirname, '../..');
const withoutAws = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1' };
const count = tries({ usual: 4, extended: 400 });
const timeoutMs = 30_000 + count * 4_000;

/** What it said that it may not say, and of which text; else nothing. */
async function fallsOverText(text: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  const said = await fallOver(work);
  return said === null ? [] : [`${said}\nfor\n${text}`];
}

type Damage = (text: string, key: string) => string;

const damages: Readonly<Record<string, Damage>> = {
  'as a text': (text, key) => damagedText(text, seed, key),
  'as JSON': (text, key) => damagedJson(text, seed, key),
  'in one line': (text, key) => damagedLine(text, seed, key),
};

/** Damages the file again and again, and tries it each time; resolves with how the program fell over it. */
async function fallsOver(
  file: string,
  kinds: readonly string[],
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const whole = await readFile(file, 'utf8');
  const falls: string[] = [];
  for (const kind of kinds) {
    for (let at = 0; at < count; at += 1) {
      const text = damages[kind]?.(whole, `${basename(file)}/${kind}/${at}`) ?? '';
      await writeFile(file, text);
      falls.push(...(await fallsOverText(text, work)));
    }
  }
  await writeFile(file, whole);
  return falls;
}

describe('files of YAML', () => {
  async function copied(name: string): Promise<string> {
    const folder = await temporaryFolder();
    const file = join(folder, 'damaged.yaml');
    await cp(join(root, name), file);
    return file;
  }

  it(
    'policies',
    async () => {
      const names = (await readdir(join(root, 'policies'))).filter((name) => name.endsWith('.yaml'));
      for (const name of names) {
        const file = await copied(`policies/${name}`);
        expect(
          await fallsOver(file, ['as a text'], () => run(['policy', 'check', '--policies', file], withoutAws)),
        ).toEqual([]);
      }
    },
    timeoutMs,
  );

  it(
    'the configuration',
    async () => {
      const file = await copied('demo/mfa-drift.yaml');
      const policies = join(root, 'policies');
      expect(
        await fallsOver(file, ['as a text'], () =>
          run(['policy', 'check', '--config', file, '--policies', policies], withoutAws),
        ),
      ).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'a fleet and faults',
    async () => {
      const fleet = await copied('demo/fleet.yaml');
      expect(
        await fallsOver(fleet, ['as a text'], async () => (await startSandbox({ fleet: loadFleet(fleet) })).close()),
      ).toEqual([]);
      const faults = join(await temporaryFolder(), 'faults.yaml');
      await writeFile(
        faults,
        'apiVersion: mfa-drift/v1\nkind: Faults\nseed: 3\nfaults:\n  - { fault: throttle, rate: 0.2, after: 2, count: 3 }\n  - latencyMs: [3, 9]\n',
      );
      expect(await fallsOver(faults, ['as a text'], async () => loadFaults(faults))).toEqual([]);
    },
    timeoutMs,
  );
});

/** Two pools that drift. */
function drifting(): Promise<Organization> {
  return organization([{ id: 'Plain' }, { id: 'Two' }]);
}

describe('what the program wrote itself', () => {
  it(
    'results, judged again and rendered, and the manifest of a pack',
    async () => {
      const org = await drifting();
      const { folder } = org;
      const [json, ndjson, pack] = ['r.json', 'r.ndjson', 'pack'].map((name) => join(folder, name));
      const reports = ['--report', `json=${json}`, '--report', `ndjson=${ndjson}`, '--evidence', `${pack}`];
      await org.cli('audit', '--run-dir', join(folder, 'run'), ...reports);
      const formats = ['json', 'table', 'csv', 'markdown', 'html', 'junit', 'sarif', 'github', 'ocsf', 'asff'];
      const out = formats.flatMap((format) => ['--report', `${format}=${join(folder, 'out', format)}`]);
      for (const [file, kind] of [
        [`${json}`, 'as JSON'],
        [`${ndjson}`, 'in one line'],
      ] as const) {
        const kinds = ['as a text', kind];
        expect(await fallsOver(file, kinds, () => run(['report', file, ...out], withoutAws))).toEqual([]);
        expect(
          await fallsOver(file, kinds, () =>
            org.cli('audit', '--from', file, '--report', `json=${join(folder, 'out')}`),
          ),
        ).toEqual([]);
      }
      expect(
        await fallsOver(join(`${pack}`, 'manifest.json'), ['as a text', 'as JSON'], () =>
          run(['report', '--verify', `${pack}`], withoutAws),
        ),
      ).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'plans, also with the digest that the damaged one would have',
    async () => {
      const org = await drifting();
      const { plan, journal } = org;
      await org.makePlan();
      expect(
        await fallsOver(plan, ['as a text', 'as JSON'], async () => {
          await rm(journal, { force: true });
          await writeFile(plan, resealed(await readFile(plan, 'utf8')));
          return org.apply();
        }),
      ).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'journals, continued and undone',
    async () => {
      const org = await drifting();
      await org.makePlan();
      await org.apply();
      expect(
        await fallsOver(org.journal, ['as a text', 'in one line'], async () => {
          const text = await readFile(org.journal, 'utf8');
          expect(await fallsOverText(text, () => org.rollback())).toEqual([]);
          await writeFile(org.journal, text);
          return org.apply();
        }),
      ).toEqual([]);
    },
    timeoutMs,
  );

  it.each(['run.json', 'units.ndjson', 'pools.ndjson'])(
    '%s of a run directory',
    async (name) => {
      const org = await drifting();
      const { folder } = org;
      const [runDirectory, left] = [join(folder, 'run'), join(folder, 'left')];
      const audit = ['audit', '--run-dir', runDirectory, '--report'];
      await expect(org.cli(...audit, 'json=/dev/full')).rejects.toThrow('no space is left');
      await mkdir(left);
      await cp(runDirectory, left, { recursive: true });
      expect(
        await fallsOver(join(left, name), ['as a text', 'in one line'], async () => {
          await rm(runDirectory, { recursive: true, force: true });
          await cp(left, runDirectory, { recursive: true });
          return org.cli(...audit, `json=${join(folder, 'result.json')}`, '--resume');
        }),
      ).toEqual([]);
    },
    timeoutMs,
  );
});

function resealed(text: string): string {
  try {
    const plan: Plan = JSON.parse(text);
    return JSON.stringify(sealPlan(plan));
  } catch {
    return text;
  }
}

it('a run whose report could not be written is replaced by the next, which says so, and resumed by --resume', async () => {
  const org = await drifting();
  const { folder, sandbox } = org;
  const audit = (...flags: string[]) => org.cli('audit', '--run-dir', join(folder, 'run'), ...flags);
  const good = `json=${join(folder, 'result.json')}`;
  const asked = () => sandbox.calls.count('GetUserPoolMfaConfig');
  await expect(audit('--report', 'json=/dev/full')).rejects.toThrow('no space is left');
  const before = asked();
  expect(await audit('--report', good, '--resume')).toMatchObject({ exitCode: 2 });
  expect(asked()).toBe(before);
  await expect(audit('--report', 'csv=/dev/full')).rejects.toThrow('no space is left');
  const next = await audit('--report', good);
  expect(next).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('that did not finish') });
  expect(asked()).toBe(before * 3);
});
