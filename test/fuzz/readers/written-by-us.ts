/** What the program writes itself, and reads again after somebody had it in hands. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLedger, ledgerFile } from '../../../src/deliver/ledger.ts';
import { sealPlan, type Plan } from '../../../src/domain/remediation/model/plan.ts';
import { manifestFileOf, tableFile } from '../../../src/history/layout.ts';
import { readNights } from '../../../src/history/read-nights.ts';
import { tableNames } from '../../../src/history/tables.ts';
import { trendOf } from '../../../src/history/trend.ts';
import { digestOfLine } from '../../../src/remediate/journal/format.ts';
import { readPlan } from '../../../src/remediate/plan/read-plan.ts';
import { noPatches } from '../../../src/report/plan/plan-view.ts';
import { planFormats } from '../../../src/report/plan/registry.ts';
import { openRunDirectory } from '../../../src/run-directory/run-directory.ts';
import { replaceTable } from '../../history/replace-table.ts';
import type { Reader } from '../loop.ts';
import { configurationFile, filesIn, named, nameIn, policiesFolder, saidBy } from './reader.ts';

const formats = ['json', 'ndjson', 'csv', 'markdown', 'html', 'junit', 'sarif', 'github', 'ocsf', 'asff'];

/** Rendered in every format, judged again, and held against another. */
export const results: Reader = {
  seeds: (world) => filesIn(world, /^(?:result\.json|result\.ndjson|indented\.json)$/),
  async open(folder, world) {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'result');
    const outputs = formats.flatMap((format) => ['--report', `${format}=${join(folder, 'out', format)}`]);
    const judged = [
      '--config',
      configurationFile,
      '--policies',
      policiesFolder,
      '--baseline',
      join(world, 'result.json'),
    ];
    return async (input) => {
      await writeFile(file, input);
      const rendered = await saidBy('report', file, '--report', 'table', ...outputs);
      return `${rendered}${await saidBy('audit', '--from', file, ...judged)}`;
    };
  },
};

/** As a person is shown it before anything is changed. */
export const plans: Reader = {
  seeds: (world) => filesIn(world, /^plan\.json$/),
  mend: (input) => {
    try {
      const plan: Plan = JSON.parse(input.toString('utf8'));
      return Buffer.from(JSON.stringify(sealPlan(plan)));
    } catch {
      return input;
    }
  },
  async open(folder) {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'plan.json');
    return async (input) => {
      await writeFile(file, input);
      const plan = await readPlan(file, { digest: null });
      const view = { plan, file, applyFlags: [], overLimit: null, warnings: [], names: new Map(), patches: noPatches };
      const options = { columns: 100, color: false, masking: 'shared', fallbackFile: 'mfa-drift.yaml' } as const;
      return [...planFormats.table(view, options), ...planFormats.markdown(view, options)].join('');
    };
  },
};

/** Every line names the digest of the one before. */
function chained(input: Buffer): Buffer {
  let previous: string | null = null;
  const lines = input
    .toString('utf8')
    .split('\n')
    .map((line) => {
      const mended = previous === null ? line : withPrevious(line, previous);
      previous = digestOfLine(mended);
      return mended;
    });
  return Buffer.from(lines.join('\n'));
}

function withPrevious(line: string, previous: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? JSON.stringify({ ...entry, previous }) : line;
  } catch {
    return line;
  }
}

export const journals: Reader = {
  seeds: (world) => filesIn(world, /^journal\.ndjson$/),
  mend: chained,
  async open(folder) {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'journal.ndjson');
    return async (input) => {
      await writeFile(file, input);
      return `${await saidBy('journal', file)}${(await saidBy('journal', file, '--redact')).slice(0, 0)}`;
    };
  },
};

const runFiles = ['run.json', 'units.ndjson', 'pools.ndjson'];

/** Resumed; an input is one of the files, the others are as they were written. */
export const runDirectories: Reader = {
  seeds: (world) => Promise.all(runFiles.map(async (name) => named(name, await readFile(join(world, 'left', name))))),
  async open(folder, world) {
    const left = join(world, 'left');
    const { inputs } = JSON.parse(await readFile(join(left, 'run.json'), 'utf8'));
    return async (input) => {
      const { name, bytes } = nameIn(input);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const file of runFiles) await cp(join(left, file), join(folder, file));
      await writeFile(join(folder, runFiles.includes(name) ? name : 'units.ndjson'), bytes);
      const told: string[] = [];
      const now = new Date();
      const run = await openRunDirectory(folder, {
        resume: true,
        maxAgeMs: 3_600_000,
        now,
        startedAt: now,
        newRunId: 'new',
        inputs,
        fallbackFolder: null,
        notice: (text) => told.push(text),
        signal: new AbortController().signal,
      });
      for (const unit of run.store.units()) await run.store.poolsOf(unit);
      await run.close({ finished: false, delete: false });
      return told.join('\n');
    };
  },
};

/** Behind the name of a table: its manifest is as if these bytes had been written, so that what stands behind checksums is reached. */
const fits = ' fits';

/** One file of a night, the others as they were written: verified, drawn as a trend, and told to an auditor. */
export const history: Reader = {
  async seeds(world) {
    const tables = tableNames.map(async (table) => {
      const [bytes = Buffer.alloc(0)] = await nightFile(world, table);
      return [named(table, bytes), named(`${table}${fits}`, bytes)];
    });
    const [manifest = Buffer.alloc(0)] = await nightFile(world, '_manifests');
    return [...(await Promise.all(tables)).flat(), named('_manifests', manifest)];
  },
  async open(folder, world) {
    const out = join(folder, 'out');
    const copy = join(folder, 'history');
    const { date, file } = await nightOf(world);
    const night = { date: date.replace(/^date=/, ''), runId: file.replace(/\.parquet$/, '') };
    await cp(join(world, 'history'), copy, { recursive: true });
    const manifest = await readFile(manifestFileOf(copy, night));
    return async (input) => {
      const { name, bytes } = nameIn(input);
      const table = tableNames.find((each) => each === name.replace(fits, '')) ?? 'runs';
      const changed = tableFile(copy, table, night);
      const before = await readFile(changed);
      if (name === '_manifests') await writeFile(manifestFileOf(copy, night), bytes);
      else if (name.endsWith(fits)) await replaceTable(copy, night, table, bytes);
      else await writeFile(changed, bytes);
      try {
        const verified = await saidBy('history', 'verify', '--history', copy);
        await trendOf(readNights(copy, { from: null, to: null }));
        return `${verified}${await saidBy('history', 'evidence', '--history', copy, '--out', out)}`;
      } finally {
        await rm(out, { recursive: true, force: true });
        await writeFile(manifestFileOf(copy, night), manifest);
        await writeFile(changed, before);
      }
    };
  },
};

async function nightOf(world: string): Promise<{ readonly date: string; readonly file: string }> {
  const { readdir } = await import('node:fs/promises');
  const [date = ''] = await readdir(join(world, 'history', 'runs'));
  const [file = ''] = await readdir(join(world, 'history', 'runs', date));
  return { date, file };
}

async function nightFile(world: string, table: string): Promise<readonly Buffer[]> {
  const { date } = await nightOf(world);
  return filesIn(join(world, 'history', table, date), /./);
}

export const evidence: Reader = {
  seeds: (world) => filesIn(join(world, 'pack'), /^manifest\.json$/),
  async open(folder, world) {
    await cp(join(world, 'pack'), folder, { recursive: true });
    return async (input) => {
      await writeFile(join(folder, 'manifest.json'), input);
      return saidBy('report', '--verify', folder);
    };
  },
};

const ledgerText = `{"at":"2026-11-01T02:00:00.000Z","event":"begun","key":"slack"}
{"at":"2026-11-01T02:00:01.000Z","event":"done","key":"slack"}
{"at":"2026-11-01T02:00:01.000Z","event":"begun","key":"s3:result.json"}
{"at":"2026-11-01T02:00:02.000Z","event":"refused","key":"s3:result.json"}
`;

/** What was delivered: what stands there decides what is sent, and when it was is told. */
export const ledgers: Reader = {
  seeds: () => Promise.resolve([Buffer.from(ledgerText)]),
  async open(folder) {
    await mkdir(folder, { recursive: true });
    return async (input) => {
      await writeFile(ledgerFile(folder, 'run'), input);
      const waiting = { notice: () => undefined, signal: new AbortController().signal };
      const ledger = await openLedger(folder, 'run', () => new Date(0), waiting);
      await ledger.once('slack', () => Promise.resolve());
      await ledger.onceEach(['slack', 's3:result.json', 'other'], (pending) => Promise.resolve(pending));
      await ledger.close();
      return '';
    };
  },
};
