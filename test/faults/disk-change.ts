/** The disk under `apply` and `rollback`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { fraction, pick } from '../../src/sandbox/seeded.ts';
import { takeLock } from '../../src/lock/lock.ts';
import type { Ended, Surroundings } from '../end-to-end/in-process.ts';
import { startCli } from '../end-to-end/run-cli.ts';
import { failing, journalThatTakes } from '../remediate/full-disk.ts';
import { keptDigest, poolId } from '../remediate/organization.ts';
import { endOf } from './attacked-audit.ts';
import { damages, type DamageName } from './damaged.ts';
import { changesIn, everyPool, journalText, workplace, type Workplace } from './organization.ts';
import { ran } from './ran.ts';
import type { Expected, Played, Row } from './row.ts';

interface Stage extends Workplace {
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Texts of the journal before it was damaged. */
  readonly kept: string[];
}

interface ChangeKind {
  readonly kind: string;
  /** `apply: …` */
  readonly operation: string;
  /** What is run before the program that counts. */
  before?(stage: Stage): Promise<string>;
  /** The program that counts. Default: `apply`. */
  last?(stage: Stage): Promise<Ended>;
  readonly expected: Expected;
}

const whole: Expected = { exitCodes: [0], changed: everyPool };
const refused: Expected = { exitCodes: [1], changed: [] };

function spoiled({ apply, sandbox, signal }: Stage, name: 'stdout' | 'stderr', from: RegExp): Promise<Ended> {
  const spoil: Surroundings['spoil'] = (each, output) => (each === name ? failing(output, from, 'It') : output);
  return ran(apply, sandbox.environment, { signal, spoil });
}

/** The first run meets a disk that fills; the same apply again, with the same journal, goes on. */
const fullDisks: readonly ChangeKind[] = [
  {
    kind: 'a journal on a full disk',
    operation: 'apply: the same once more',
    expected: whole,
    async before({ run, apply, seed }) {
      await journalThatTakes(1 + (seed % 6));
      try {
        return endOf(await run(apply)).said;
      } finally {
        vi.restoreAllMocks();
      }
    },
  },
  ...[1, 2, 4].map((blocks): ChangeKind => ({
    kind: `no file may be longer than ${blocks / 2} KB, the journal too`,
    operation: 'apply: the same once more',
    expected: whole,
    async before({ apply, folder, sandbox }) {
      const first = `trap '' XFSZ; ulimit -f ${blocks}`;
      return endOf(await startCli(apply, { cwd: folder, environment: sandbox.environment, first }).ended).said;
    },
  })),
  {
    kind: 'a report on a full disk, after changes',
    operation: 'apply: what it ends with',
    expected: { exitCodes: [4], changed: everyPool },
    last: ({ run, apply, seed }) => run([...apply, '--report', `${['json', 'markdown', 'table'][seed % 3]}=/dev/full`]),
  },
  {
    kind: 'standard output on a full disk, after changes',
    operation: 'apply: what it ends with',
    expected: { exitCodes: [4], changed: everyPool },
    last: (stage) => spoiled(stage, 'stdout', /^/),
  },
  {
    kind: 'standard error on a full disk, before changes',
    operation: 'apply: what it ends with',
    expected: refused,
    last: (stage) => spoiled(stage, 'stderr', stage.seed % 2 === 0 ? /^/ : /^Changes are journaled/),
  },
  {
    kind: 'standard error on a full disk, after changes',
    operation: 'apply: what it ends with',
    expected: { exitCodes: [4], changed: everyPool },
    last: (stage) => spoiled(stage, 'stderr', /^exit/),
  },
];

/** Nothing may be changed by a plan that is not whole. */
const plans: readonly ChangeKind[] = (
  [
    'gone',
    'empty',
    'an empty object',
    'cut short',
    'nothing but zeros',
    'zeros from some byte on',
    'a folder',
    'a link to /dev/zero',
    'a pipe that nobody fills',
  ] as const satisfies readonly DamageName[]
).map((damage) => ({
  kind: `a plan: ${damage}`,
  operation: 'apply: reading it',
  expected: refused,
  async before({ folder, seed }) {
    await damages[damage](join(folder, 'plan.json'), seed);
    return '';
  },
}));

const otherPlans: readonly ChangeKind[] = [
  {
    kind: 'a plan with another pool in the place of one',
    operation: 'apply: reading it',
    expected: refused,
    before: (stage) => edited(stage, 'plan.json', (text) => text.replaceAll(poolId('One'), poolId('Two'))),
  },
  {
    kind: 'a plan with another digit somewhere',
    operation: 'apply: reading it',
    expected: refused,
    before: (stage) => edited(stage, 'plan.json', (text) => withAnotherDigit(text, stage.seed)),
  },
];

async function edited({ folder }: Stage, name: string, edit: (text: string) => string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, edit(await readFile(file, 'utf8')));
  return '';
}

function withAnotherDigit(text: string, seed: number): string {
  const digits = [...text.matchAll(/\d/g)];
  const at = digits[pick(seed, 'digit', digits.length)]?.index ?? 0;
  return `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
}

/** A journal of a whole apply, in which then something is changed. */
function journal(kind: string, expected: Expected, change: (stage: Stage) => Promise<unknown>): ChangeKind {
  return {
    kind: `a journal ${kind}`,
    operation: 'apply: the same once more',
    expected,
    async before(stage) {
      const { said } = endOf(await stage.run(stage.apply));
      const text = await journalText(stage.journal);
      if (text === '') throw new Error(`nothing was applied: ${said}`);
      stage.kept.push(text);
      await change(stage);
      return said;
    },
  };
}

/** It says nothing more of any pool, and changes none: all were changed before. */
const leftAlone: Expected = { exitCodes: [1], changed: everyPool };

const journals: readonly ChangeKind[] = [
  journal('whose last line was cut off', whole, (stage) =>
    edited(stage, 'journal.ndjson', (text) => {
      const last = text.trimEnd().lastIndexOf('\n') + 1;
      return text.slice(0, last + Math.floor(fraction(stage.seed, 'torn') * (text.length - 1 - last)));
    }),
  ),
  journal('in which a digit is another', leftAlone, (stage) =>
    edited(stage, 'journal.ndjson', (text) => {
      const last = text.trimEnd().lastIndexOf('\n') + 1;
      return withAnotherDigit(text.slice(0, last), stage.seed) + text.slice(last);
    }),
  ),
  journal('without one of its lines', leftAlone, (stage) =>
    edited(stage, 'journal.ndjson', (text) => {
      const lines = text.split('\n');
      lines.splice(pick(stage.seed, 'line', lines.length - 2), 1);
      return lines.join('\n');
    }),
  ),
  journal('with two lines that changed places', leftAlone, (stage) =>
    edited(stage, 'journal.ndjson', (text) => {
      const lines = text.trimEnd().split('\n');
      const at = pick(stage.seed, 'line', lines.length - 1);
      lines.splice(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
      return `${lines.join('\n')}\n`;
    }),
  ),
  ...(
    [
      'nothing but zeros',
      'with a line of another program',
      'an empty object',
      'a folder',
      'a link to /dev/zero',
      'a pipe that nobody fills',
    ] as const
  ).map((damage) => journal(`that is ${damage}`, leftAlone, ({ journal: file, seed }) => damages[damage](file, seed))),
];

const places: readonly ChangeKind[] = [
  ['a journal below a file', ({ folder }: Stage) => join(folder, 'mfa-drift.yaml', 'journal.ndjson')],
  ['a journal that is a full device', () => '/dev/full'],
  ['a journal in the place of the plan', ({ folder }: Stage) => join(folder, 'plan.json')],
].map(([kind, file]) => ({
  kind: String(kind),
  operation: 'apply: where it goes',
  expected: refused,
  last: (stage: Stage) =>
    stage.run(stage.apply.map((each) => (each === stage.journal && typeof file === 'function' ? file(stage) : each))),
}));

const others: readonly ChangeKind[] = [
  {
    kind: 'a journal that a living program holds',
    operation: 'apply: taking it',
    expected: refused,
    async last({ run, apply, journal: file, signal }) {
      const lock = await takeLock(`${file}.lock`, { wayOut: 'wait', notice: () => undefined, signal });
      try {
        return await run(apply);
      } finally {
        await lock.release();
      }
    },
  },
  {
    kind: 'a hold below a file',
    operation: 'rollback: where it goes',
    expected: { exitCodes: [1], changed: everyPool },
    before: async (stage) => endOf(await stage.run(stage.apply)).said,
    last: async (stage) => {
      const hold = join(stage.folder, 'mfa-drift.yaml', 'hold.yaml');
      return stage.run([
        'rollback',
        stage.journal,
        '--yes',
        '--hold',
        hold,
        ...(await keptDigest(stage.journal)),
        ...stage.filesIn,
      ]);
    },
  },
];

async function play(kind: ChangeKind, seed: number, signal: AbortSignal): Promise<Played> {
  const place = await workplace(signal);
  const stage: Stage = { ...place, seed, signal, kept: [] };
  try {
    const said = (await kind.before?.(stage)) ?? '';
    const ended = await (kind.last?.(stage) ?? place.run(place.apply));
    const end = endOf(ended);
    const texts = kind.expected === leftAlone ? stage.kept : [await journalText(place.journal)];
    return { ...end, said: said + end.said, changes: changesIn(place, ended.stdout, texts), odd: [] };
  } finally {
    await place.sandbox.close();
  }
}

export const changeDiskRows: readonly Row[] = [
  ...fullDisks,
  ...plans,
  ...otherPlans,
  ...journals,
  ...places,
  ...others,
].map((kind): Row => ({
  family: 'disk',
  kind: kind.kind,
  operation: kind.operation,
  expected: () => kind.expected,
  play: (seed, signal) => play(kind, seed, signal),
}));
