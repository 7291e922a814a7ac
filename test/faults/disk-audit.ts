/** The disk under an audit. */
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { holderHere } from '../../src/lock/holder.ts';
import { attackedFleet, attackedWriting } from '../attack/organization.ts';
import type { Surroundings } from '../end-to-end/in-process.ts';
import { startCli } from '../end-to-end/run-cli.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { failing } from '../remediate/full-disk.ts';
import { auditArguments, audited, endOf, placesIn } from './attacked-audit.ts';
import { damageNames, damages } from './damaged.ts';
import { ran } from './ran.ts';
import type { Expected, Played, Row } from './row.ts';

const today = new Date().toISOString().slice(0, 10);
/** Of the formats each in its turn, on a disk that is full. */
const formats = ['json', 'table', 'csv', 'markdown', 'html', 'junit', 'sarif', 'github', 'ocsf', 'ndjson'] as const;

interface Stage {
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Runs the audit with these flags; resolves with what it said. */
  readonly run: (flags: readonly string[], surroundings?: Surroundings) => Promise<string>;
  /** The same in a process of its own, behind a line for the shell. */
  readonly limited: (first: string, flags?: readonly string[]) => Promise<string>;
}

interface DiskKind {
  readonly kind: string;
  readonly what: string;
  /** What happens before the audit whose result counts; resolves with what was said. */
  before(stage: Stage): Promise<string>;
  /** Of the audit that counts. */
  readonly flags?: (workspace: string) => readonly string[];
  /** The audit that counts is refused, in a sentence. */
  readonly isRefused?: true;
}

function full(seed: number): string {
  return `${formats[seed % formats.length] ?? 'json'}=/dev/full`;
}

/** Leaves a run whose report could not be written: everything was read. */
async function leaveRun({ run, seed }: Stage): Promise<string> {
  return run(['--report', full(seed)]);
}

const resumed = () => ['--resume'];

const fullDisks: readonly DiskKind[] = [
  { kind: 'a report on a full disk', what: 'the same once more', before: leaveRun },
  { kind: 'a report on a full disk', what: '--resume', before: leaveRun, flags: resumed },
  ...(['stdout', 'stderr'] as const).map((name): DiskKind => ({
    kind: `standard ${name === 'stdout' ? 'output' : 'error'} on a full disk`,
    what: 'the same once more',
    before: ({ run }) =>
      run(['--report', 'table=-'], {
        spoil: (each, output) => (each === name ? failing(output, /^/, 'It') : output),
      }),
  })),
  ...[2, 8, 24].map((blocks): DiskKind => ({
    kind: `no file may be longer than ${blocks / 2} KB`,
    what: '--resume',
    before: ({ limited }) => limited(`trap '' XFSZ; ulimit -f ${blocks}`),
    flags: resumed,
  })),
  {
    kind: 'an evidence pack of which no file may be longer than 1 KB',
    what: '--resume',
    before: ({ limited, workspace }) => limited("trap '' XFSZ; ulimit -f 2", ['--evidence', join(workspace, 'pack')]),
    flags: (workspace) => ['--resume', '--evidence', join(workspace, 'pack')],
  },
  {
    kind: 'few files may be open',
    what: 'the same once more',
    before: ({ limited, seed }) => limited(`ulimit -n ${[24, 26, 30][seed % 3]}`),
  },
];

/** Tried before anything is asked of AWS. */
const wrongPlaces: readonly DiskKind[] = [
  { kind: 'a report below a file', flag: (file: string) => ['--report', `html=${join(file, 'report.html')}`] },
  { kind: 'a report that is a folder', flag: (_file: string, folder: string) => ['--report', `csv=${folder}`] },
  { kind: 'an evidence pack below a file', flag: (file: string) => ['--evidence', join(file, 'pack')] },
  { kind: 'a run directory below a file', flag: (file: string) => ['--run-dir', join(file, 'run')] },
  {
    kind: 'a run directory with files of somebody else',
    flag: (_file: string, folder: string) => ['--run-dir', folder],
  },
].map(({ kind, flag }) => ({
  kind,
  what: 'where things go',
  before: async () => '',
  flags: (workspace) => flag(join(workspace, 'mfa-drift.yaml'), join(workspace, 'policies')),
  isRefused: true,
}));

/** What is readable counts, and the rest is read again. */
const runDirectories: readonly DiskKind[] = ['run.json', 'units.ndjson', 'pools.ndjson'].flatMap((name) =>
  damageNames.map((damage) => ({
    kind: `${name} of a run directory: ${damage}`,
    what: '--resume',
    async before(stage) {
      const said = await leaveRun(stage);
      await damages[damage](join(stage.workspace, 'run', name), stage.seed);
      return said;
    },
    flags: resumed,
  })),
);

const minute = 60_000;

/** A lock on the run directory, and how long it was silent. */
function locked(kind: string, text: (id: string) => string, silentMs: number, isRefused?: true): DiskKind {
  return {
    kind,
    what: 'the run directory',
    async before({ workspace, seed }) {
      const lock = join(workspace, 'run', 'lock');
      await mkdir(join(workspace, 'run'), { mode: 0o700 });
      await writeFile(lock, text(seed.toString(16)));
      const touched = new Date(Date.now() - silentMs);
      await utimes(lock, touched, touched);
      return '';
    },
    ...(isRefused && { isRefused }),
  };
}

const locks: readonly DiskKind[] = [
  locked('a lock that a living program holds', (id) => JSON.stringify(holderHere(id)), 0, true),
  locked('a lock of a living program that was long silent', (id) => JSON.stringify(holderHere(id)), 60 * minute, true),
  locked('a lock of a program that is dead', (id) => JSON.stringify({ ...holderHere(id), started: '1' }), 0),
  locked('a lock of another machine, silent', (id) => JSON.stringify({ ...holderHere(id), boot: 'b' }), 11 * minute),
  locked('a lock without a word, silent', () => '', 11 * minute),
  locked('a lock of nonsense, silent', () => '\0\0\0 no holder', 11 * minute),
];

/** Files that a user gives, and that are no such files. */
const inputs: readonly DiskKind[] = (
  ['a folder', 'a link to /dev/zero', 'a pipe that nobody fills', 'nothing but zeros'] as const
).flatMap((damage) =>
  [
    ['the configuration', 'mfa-drift.yaml'],
    ['a policy', 'policies/mode.yaml'],
    ['a baseline', 'base.json'],
  ].map(([what = '', file = '']) => ({
    kind: `${what}: ${damage}`,
    what: 'reading it',
    async before({ workspace, seed }: Stage) {
      if (file === 'base.json') await writeFile(join(workspace, file), '{}');
      await damages[damage](join(workspace, file), seed);
      return '';
    },
    ...(file === 'base.json' && { flags: (workspace: string) => ['--baseline', join(workspace, file)] }),
    isRefused: true as const,
  })),
);

function expectedOf(kind: DiskKind, seed: number): Expected {
  if (kind.isRefused === true) return { exitCodes: [1], verdicts: null };
  const fleet = attackedFleet(seed);
  const verdicts = evaluate(fleet, attackedWriting('listed'), today);
  return { exitCodes: [verdicts?.exitCode ?? 1], verdicts, pools: placesIn(fleet) };
}

async function play(kind: DiskKind, seed: number, signal: AbortSignal): Promise<Played> {
  const workspace = await writeWorkspace(attackedWriting('listed'));
  const sandbox = await startSandbox({ fleet: attackedFleet(seed) });
  const { environment } = sandbox;
  const stage: Stage = {
    workspace,
    environment,
    seed,
    async run(flags, surroundings) {
      const { said } = endOf(await ran(withoutReport(workspace, flags), environment, { ...surroundings, signal }));
      return said;
    },
    async limited(first, flags = []) {
      const child = startCli(withoutReport(workspace, flags), { cwd: workspace, environment, first });
      const end = () => child.process.kill('SIGKILL');
      signal.addEventListener('abort', end);
      const { stdout, stderr } = await child.ended;
      signal.removeEventListener('abort', end);
      return stdout + stderr;
    },
  };
  try {
    const said = await kind.before(stage);
    const played = await audited(workspace, environment, signal, kind.flags?.(workspace) ?? []);
    return { ...played, said: said + played.said };
  } finally {
    await sandbox.close();
  }
}

/** An audit whose result is of no interest: it reports elsewhere. */
function withoutReport(workspace: string, flags: readonly string[]): readonly string[] {
  return auditArguments(workspace, flags).map((each) =>
    each.startsWith(`json=${workspace}`) ? `json=${join(workspace, 'first.json')}` : each,
  );
}

export const auditDiskRows: readonly Row[] = [...fullDisks, ...wrongPlaces, ...runDirectories, ...locks, ...inputs].map(
  (kind): Row => ({
    family: 'disk',
    kind: kind.kind,
    operation: `audit: ${kind.what}`,
    expected: (seed) => expectedOf(kind, seed),
    play: (seed, signal) => play(kind, seed, signal),
  }),
);
