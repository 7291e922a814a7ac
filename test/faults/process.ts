/**
 * A program in a process of its own that a signal meets at one step, and the same once more: what an undisturbed run would
 * have come to, and nothing twice. The step is a call to AWS: before it arrives, before its answer comes back, or just after.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Call, Operation } from '../attack/answers.ts';
import { attackedFleet, attackedWriting, targetOf } from '../attack/organization.ts';
import { startProxy, type Attack } from '../attack/proxy.ts';
import { startCli } from '../end-to-end/run-cli.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { keptDigest, managementId } from '../remediate/organization.ts';
import { atMoment, momentNames, type Moment } from './attacked-apply.ts';
import { auditArguments, audited, endOf, isTarget, placesIn } from './attacked-audit.ts';
import { changesIn, everyPool, journalText, struckPool, workplace, type Workplace } from './organization.ts';
import type { Changes, Expected, Played, Row } from './row.ts';

type When = 'before the call arrives' | 'before its answer' | 'after its answer';

interface Blow {
  readonly signals: readonly NodeJS.Signals[];
  readonly when: When;
  /** Exit codes of the program that it met; -1 is that of a signal. */
  readonly exits: readonly number[];
}

const died = [-1];
/** 0: it lets end what is under way, and that was all that was left. */
const terminated = [143, 0];
const blows: Readonly<Record<string, Blow>> = {
  'SIGKILL before a call arrives': { signals: ['SIGKILL'], when: 'before the call arrives', exits: died },
  'SIGKILL before an answer': { signals: ['SIGKILL'], when: 'before its answer', exits: died },
  'SIGKILL after an answer': { signals: ['SIGKILL'], when: 'after its answer', exits: died },
  'SIGHUP before an answer': { signals: ['SIGHUP'], when: 'before its answer', exits: died },
  'SIGTERM before a call arrives': { signals: ['SIGTERM'], when: 'before the call arrives', exits: terminated },
  'SIGTERM before an answer': { signals: ['SIGTERM'], when: 'before its answer', exits: terminated },
  'SIGINT after an answer': { signals: ['SIGINT'], when: 'after its answer', exits: [130] },
  'SIGTERM twice before an answer': {
    signals: ['SIGTERM', 'SIGTERM'],
    when: 'before its answer',
    exits: [...terminated, -1],
  },
  'SIGSTOP before an answer, and SIGCONT later': {
    signals: ['SIGSTOP', 'SIGCONT'],
    when: 'before its answer',
    exits: [],
  },
};
const betweenMs = 150;

interface Struck {
  readonly args: readonly string[];
  readonly cwd: string;
  /** Of the calls the first one for which it holds meets the program. */
  readonly isStruck: (call: Call) => boolean;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Runs it into the blow, and then `again`, which has to ask the same endpoint to go on. */
async function struckThenAgain(
  blow: Blow,
  { url, environment }: { readonly url: string; readonly environment: Readonly<Record<string, string>> },
  struck: Struck,
  again: (environment: Readonly<Record<string, string>>) => Promise<Played>,
): Promise<Played> {
  const strike: { begin: () => Promise<void> } = { begin: async () => undefined };
  const { attack, isMet } = attackOnce(blow, struck, () => strike.begin());
  const proxy = await startProxy(url, managementId, attack);
  const through = { ...environment, AWS_ENDPOINT_URL: proxy.url };
  const child = startCli(struck.args, { cwd: struck.cwd, environment: through });
  strike.begin = async () => {
    for (const [index, each] of blow.signals.entries()) {
      if (index > 0) await delay(betweenMs);
      child.process.kill(each);
    }
  };
  const end = () => child.process.kill('SIGKILL');
  struck.signal.addEventListener('abort', end);
  try {
    const { exitCode, stdout, stderr } = await child.ended;
    // What it left on its way arrives before anything else begins.
    await delay(30);
    const isToSay = blow.exits.length === 0 || blow.exits.includes(exitCode) || blow.when === 'after its answer';
    const second = await again(through);
    const odd = [
      ...(isMet() ? [] : ['the step was never met']),
      ...(isToSay ? [] : [`the struck one ended with ${exitCode}: ${stderr}`]),
    ];
    return { ...second, said: stdout + stderr + second.said, odd: [...odd, ...second.odd] };
  } finally {
    struck.signal.removeEventListener('abort', end);
    await proxy.close();
  }
}

function attackOnce(blow: Blow, { isStruck, seed }: Struck, strike: () => Promise<void>) {
  let isOver = false;
  const attack: Attack = {
    strikes: (call) => !isOver && isStruck(call) && (isOver = true),
    isInstead: blow.when === 'before the call arrives',
    change(answer) {
      if (blow.when === 'after its answer') {
        setTimeout(() => void strike(), seed % 8);
        return answer;
      }
      const struck = strike();
      // Whoever goes on finds that the connection is gone.
      return { wire: (socket) => void struck.then(() => delay(20)).then(() => socket.destroy()) };
    },
  };
  return { attack, isMet: () => isOver };
}

const auditSteps: readonly Operation[] = [
  'GetCallerIdentity',
  'AssumeRole',
  'ListAccounts',
  'ListTagsForResource',
  'ListRegions',
  'ListUserPools',
  'GetUserPoolMfaConfig',
  'DescribeUserPool',
];
const today = new Date().toISOString().slice(0, 10);

function expectedOfAudit(seed: number): Expected {
  const fleet = attackedFleet(seed);
  const verdicts = evaluate(fleet, attackedWriting('listed'), today);
  return { exitCodes: [verdicts?.exitCode ?? 1], verdicts, pools: placesIn(fleet) };
}

/** The second one goes on with what the first has read, or begins anew as the next night would. */
async function playAudit(blow: Blow, step: Operation, seed: number, signal: AbortSignal): Promise<Played> {
  const workspace = await writeWorkspace(attackedWriting('listed'));
  const sandbox = await startSandbox({ fleet: attackedFleet(seed) });
  const target = targetOf(step, seed);
  try {
    const isStruck = (call: Call) => isTarget(call, step, target);
    const struck = { args: auditArguments(workspace), cwd: workspace, isStruck, seed, signal };
    const resume = seed % 2 === 0 ? ['--resume'] : [];
    return await struckThenAgain(blow, sandbox, struck, (through) => audited(workspace, through, signal, resume));
  } finally {
    await sandbox.close();
  }
}

/** What changes pools: how it is begun, which steps it has, and which pools hold the change once it was run again. */
interface Change {
  readonly steps: readonly Moment[];
  readonly changed: readonly string[];
  /** Before the program that is struck. */
  prepare(place: Workplace): Promise<unknown>;
  /** `night`: the first or the second time. */
  arguments(place: Workplace, night: number): Promise<readonly string[]>;
  /** Journals of both times. */
  journals(place: Workplace): readonly string[];
  /** What the second one says of each pool, from its standard output. */
  outcomes(place: Workplace, stdout: string): Promise<Changes['outcomes']>;
}

const changing = ['GetUserPoolMfaConfig, before the write', 'SetUserPoolMfaConfig'] as const;
const nightly = (place: Workplace, night: number) => join(place.folder, `night-${night}.ndjson`);
const undone = (place: Workplace) => join(place.folder, 'undone.ndjson');
const outcomesIn = async (_place: Workplace, stdout: string) =>
  (JSON.parse(stdout) as { readonly outcomes: Changes['outcomes'] }).outcomes;

const changes: Readonly<Record<string, Change>> = {
  apply: {
    steps: momentNames,
    changed: everyPool,
    prepare: async () => undefined,
    arguments: async (place) => place.apply,
    journals: (place) => [place.journal],
    outcomes: outcomesIn,
  },
  rollback: {
    steps: [...changing, 'GetUserPoolMfaConfig, after the write', 'AssumeRole'],
    changed: [],
    prepare: (place) => place.run(place.apply),
    arguments: async (place) => [
      'rollback',
      place.journal,
      '--journal',
      undone(place),
      '--yes',
      '--report',
      'json',
      ...(await keptDigest(place.journal)),
      ...place.filesIn,
    ],
    journals: (place) => [undone(place)],
    // `applied`: undone.
    outcomes: async (place, stdout) =>
      (await outcomesIn(place, stdout))?.map(({ poolId, outcome }) => ({
        poolId,
        outcome: ['applied', 'unchanged'].includes(outcome) ? 'undone' : 'unknown',
      })) ?? null,
  },
  'audit --remediate': {
    steps: [...changing, 'GetUserPoolMfaConfig, after the write', 'AssumeRole', 'ListAccounts', 'DescribeUserPool'],
    changed: everyPool,
    prepare: async () => undefined,
    arguments: async (place, night) => {
      const [runDirectory, report] = [join(place.folder, 'run'), `json=${join(place.folder, 'result.json')}`];
      const files = ['--journal', nightly(place, night), '--run-dir', runDirectory, '--report', report];
      return ['audit', '--remediate', '--quiet', ...files, ...place.filesIn];
    },
    journals: (place) => [nightly(place, 1), nightly(place, 2)],
    outcomes: async (place) => {
      const text = await readFile(join(place.folder, 'result.json'), 'utf8');
      const { pools } = JSON.parse(text) as { readonly pools: readonly { readonly poolId: string }[] };
      return pools.map(({ poolId }) => ({ poolId, outcome: 'unknown' }));
    },
  },
};

async function playChange(
  change: Change,
  blow: Blow,
  step: Moment,
  seed: number,
  signal: AbortSignal,
): Promise<Played> {
  const place = await workplace(signal);
  const { sandbox, folder } = place;
  try {
    await change.prepare(place);
    const before = sandbox.calls.entries.length;
    const isStruck = atMoment(step, struckPool(seed));
    const args = await change.arguments(place, 1);
    return await struckThenAgain(blow, sandbox, { args, cwd: folder, isStruck, seed, signal }, async (through) => {
      const second = await place.run(await change.arguments(place, 2), through);
      const journals = await Promise.all(change.journals(place).map(journalText));
      const became = changesIn(place, '', journals);
      const calls = sandbox.calls.entries.slice(before).filter(({ operation }) => operation === 'SetUserPoolMfaConfig');
      const outcomes = second.exitCode === 0 ? await change.outcomes(place, second.stdout) : [];
      return { ...endOf(second), changes: { ...became, calls, outcomes }, odd: [] };
    });
  } finally {
    await sandbox.close();
  }
}

export const processRows: readonly Row[] = Object.entries(blows).flatMap(([kind, blow]) => [
  ...auditSteps.map((step): Row => ({
    family: 'process',
    kind,
    operation: `audit: ${step}`,
    expected: expectedOfAudit,
    play: (seed, signal) => playAudit(blow, step, seed, signal),
  })),
  ...Object.entries(changes).flatMap(([command, change]) =>
    change.steps.map((step): Row => ({
      family: 'process',
      kind,
      operation: `${command}: ${step}`,
      expected: () => ({ exitCodes: [0], changed: change.changed }),
      play: (seed, signal) => playChange(change, blow, step, seed, signal),
    })),
  ),
]);
