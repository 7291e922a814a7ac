/**
 * Every file that the program reads, damaged in ways that the seed draws: whatever stands in it, the program ends as its
 * contract says, with a sentence and never a stack, and nothing in that sentence steers a terminal.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../src/commands/explanation.ts';
import { sealPlan, type Plan } from '../../src/domain/remediation/plan.ts';
import { loadFaults } from '../../src/sandbox/faults/load-faults.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { organization, type Organization } from '../remediate/organization.ts';
import { seed, tries } from '../strength.ts';
import { temporaryFolder } from '../temporary.ts';
import { damagedJson, damagedLine, damagedText } from './damage.ts';

const root = resolve(import.meta.dirname, '../..');
const withoutAws = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1' };
const count = tries({ usual: 4, extended: 400 });
const timeoutMs = 30_000 + count * 4_000;

const steering = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** The damaged text, where the program fell over it. */
async function mustEndWell(text: string, work: () => Promise<unknown>): Promise<void> {
  const said = await work().then(
    (ended) => (isEnded(ended) ? ended.stderr : ''),
    async (error: unknown) => (await explanationOf(error, new AbortController().signal)).text,
  );
  expect(said, text).not.toMatch(/This is a bug|\n {4}at /);
  expect(said, text).not.toMatch(steering);
}

function isEnded(value: unknown): value is { readonly stderr: string } {
  return typeof value === 'object' && value !== null && 'stderr' in value && typeof value.stderr === 'string';
}

type Damage = (text: string, key: string) => string;

const damages: Readonly<Record<string, Damage>> = {
  'as a text': (text, key) => damagedText(text, seed, key),
  'as JSON': (text, key) => damagedJson(text, seed, key),
  'in one line': (text, key) => damagedLine(text, seed, key),
};

/** Damages the file again and again, and tries it each time. */
async function damageEach(file: string, kinds: readonly string[], work: () => Promise<unknown>): Promise<void> {
  const whole = await readFile(file, 'utf8');
  for (const kind of kinds) {
    for (let at = 0; at < count; at += 1) {
      const text = damages[kind]?.(whole, `${file.slice(file.lastIndexOf('/'))}/${kind}/${at}`) ?? '';
      await writeFile(file, text);
      await mustEndWell(text, work);
    }
  }
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
        await damageEach(file, ['as a text'], () => run(['policy', 'check', '--policies', file], withoutAws));
      }
    },
    timeoutMs,
  );

  it(
    'the configuration',
    async () => {
      const file = await copied('demo/mfa-drift.yaml');
      const policies = join(root, 'policies');
      await damageEach(file, ['as a text'], () =>
        run(['policy', 'check', '--config', file, '--policies', policies], withoutAws),
      );
    },
    timeoutMs,
  );

  it(
    'a fleet and faults',
    async () => {
      const fleet = await copied('demo/fleet.yaml');
      await damageEach(fleet, ['as a text'], async () => (await startSandbox({ fleet: loadFleet(fleet) })).close());
      const faults = join(await temporaryFolder(), 'faults.yaml');
      await writeFile(
        faults,
        'apiVersion: mfa-drift/v1\nkind: Faults\nseed: 3\nfaults:\n  - { fault: throttle, rate: 0.2, after: 2, count: 3 }\n  - latencyMs: [3, 9]\n',
      );
      await damageEach(faults, ['as a text'], async () => loadFaults(faults));
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
      const { folder, cli } = await drifting();
      const [json, ndjson, pack] = ['r.json', 'r.ndjson', 'pack'].map((name) => join(folder, name));
      const reports = ['--report', `json=${json}`, '--report', `ndjson=${ndjson}`, '--evidence', `${pack}`];
      await cli('audit', '--run-dir', join(folder, 'run'), ...reports);
      const formats = ['json', 'table', 'csv', 'markdown', 'html', 'junit', 'sarif', 'github', 'ocsf', 'asff'];
      const out = formats.flatMap((format) => ['--report', `${format}=${join(folder, 'out', format)}`]);
      for (const [file, kind] of [
        [`${json}`, 'as JSON'],
        [`${ndjson}`, 'in one line'],
      ] as const) {
        const kinds = ['as a text', kind];
        const whole = await readFile(file);
        await damageEach(file, kinds, () => run(['report', file, ...out], withoutAws));
        await writeFile(file, whole);
        await damageEach(file, kinds, () => cli('audit', '--from', file, '--report', `json=${join(folder, 'out')}`));
      }
      await damageEach(join(`${pack}`, 'manifest.json'), ['as a text', 'as JSON'], () =>
        run(['report', '--verify', `${pack}`], withoutAws),
      );
    },
    timeoutMs,
  );

  it(
    'plans, also with the digest that the damaged one would have',
    async () => {
      const { plan, journal, apply, makePlan } = await drifting();
      await makePlan();
      await damageEach(plan, ['as a text', 'as JSON'], async () => {
        await rm(journal, { force: true });
        await writeFile(plan, resealed(await readFile(plan, 'utf8')));
        return apply();
      });
    },
    timeoutMs,
  );

  it(
    'journals, gone on with and undone',
    async () => {
      const org = await drifting();
      await org.makePlan();
      await org.apply();
      await damageEach(org.journal, ['as a text', 'in one line'], async () => {
        const text = await readFile(org.journal, 'utf8');
        await mustEndWell(text, () => org.rollback());
        await writeFile(org.journal, text);
        return org.apply();
      });
    },
    timeoutMs,
  );

  it.each(['run.json', 'units.ndjson', 'pools.ndjson'])(
    '%s of a run directory',
    async (name) => {
      const { folder, cli } = await drifting();
      const [runDirectory, left] = [join(folder, 'run'), join(folder, 'left')];
      const audit = ['audit', '--run-dir', runDirectory, '--report'];
      await expect(cli(...audit, 'json=/dev/full')).rejects.toThrow('no space is left');
      await mkdir(left);
      await cp(runDirectory, left, { recursive: true });
      await damageEach(join(left, name), ['as a text', 'in one line'], async () => {
        await rm(runDirectory, { recursive: true, force: true });
        await cp(left, runDirectory, { recursive: true });
        return cli(...audit, `json=${join(folder, 'result.json')}`, '--resume');
      });
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

it('a run whose report could not be written is replaced by the next, which says so, and gone on with by --resume', async () => {
  const { folder, cli, sandbox } = await drifting();
  const audit = (...flags: string[]) => cli('audit', '--run-dir', join(folder, 'run'), ...flags);
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
