/** Watches over the process of one reader: ends one that hangs, notes one that dies, and goes on with the cases left. */
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ChildTask {
  readonly reader: string;
  readonly cases: number;
  readonly seed: number;
  /** The file of the case that it is at. */
  readonly current: string;
  /** The file of that case's number, from 1. */
  readonly progress: string;
  /** The folder of inputs that reached new code. */
  readonly kept: string;
  /** The folder that it may fill and empty. */
  readonly folder: string;
  readonly world: string;
  /** Whether what is worth it goes into the repository. */
  readonly keep: boolean;
}

export type Report =
  | { readonly kind: 'fall'; readonly said: string; readonly input: string }
  | { readonly kind: 'memory'; readonly grownMb: number }
  | ({ readonly kind: 'end' } & Figures);

/** What a process came to that read all of its cases. */
export interface Figures {
  /** Inputs that reached new code, valid ones not. */
  readonly corpus: number;
  /** Places of the code that were reached. */
  readonly reached: number;
  /** Of processor time, of the case that took the most. */
  readonly longestMs: number;
  /** The most that the process held at any time, its modules too. */
  readonly mostMb: number;
}

export interface Finding {
  readonly what: 'fall' | 'hang' | 'death' | 'memory';
  readonly said: string;
  readonly input: Buffer;
}

export interface Supervised extends Figures {
  readonly cases: number;
  readonly findings: readonly Finding[];
}

const heapMb = 512;
/** Of processor time, so that a machine that is busy with other things is no hang. */
const longestCaseMs = 5_000;
/** For a case that waits and does nothing. */
const longestWaitMs = 60_000;
const tickMs = 200;
const mostFindings = 20;
/** A case that ends the process is found again by the next one, which begins with what the one before had kept. */
const mostDeaths = 3;

/** @param child the compiled `child.ts` */
export async function supervise(child: string, task: ChildTask): Promise<Supervised> {
  const findings = new Map<string, Finding>();
  let [cases, deaths] = [0, 0];
  let figures: Figures = { corpus: 0, reached: 0, longestMs: 0, mostMb: 0 };
  while (cases < task.cases && findings.size < mostFindings && deaths < mostDeaths) {
    const left = { ...task, cases: task.cases - cases, seed: task.seed + cases };
    const ended = await watch(child, left, (finding) => findings.set(keyOf(finding), finding));
    cases = ended.figures === null ? cases + ended.begun : task.cases;
    if (ended.figures === null) deaths += 1;
    figures = ended.figures ?? figures;
  }
  return { cases, findings: [...findings.values()], ...figures };
}

/** Of two that fell at the same place one is enough; of a memory that was full V8 tells what it freed before, which is never the same. */
function keyOf({ what, said }: Finding): string {
  const frame = /at .*\/(?:src|node_modules)\/[^)\n]*|FATAL ERROR: .*/.exec(said)?.[0];
  return `${what} ${frame ?? said.replaceAll(/[\d"'`].*/g, '').slice(0, 60)}`;
}

interface Ended {
  readonly begun: number;
  /** `null`: it ended before all was read. */
  readonly figures: Figures | null;
}

function watch(file: string, task: ChildTask, found: (finding: Finding) => void): Promise<Ended> {
  const stdio: ('ignore' | 'pipe' | 'ipc')[] = ['ignore', 'ignore', 'pipe', 'ipc'];
  const child = fork(file, [JSON.stringify(task)], { execArgv: [`--max-old-space-size=${heapMb}`], stdio });
  let figures: Figures | null = null;
  let said = '';
  let isTold = false;
  for (const begunLater of [task.current, task.progress]) writeFileSync(begunLater, '');
  const begun = (): number => Number(readFileSync(task.progress, 'utf8'));
  const clock = watchClock(child, begun);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  child.on('message', (report: Report) => {
    if (report.kind === 'end') figures = report;
    else if (report.kind === 'fall')
      found({ what: 'fall', said: report.said, input: Buffer.from(report.input, 'base64') });
    else {
      isTold = true;
      found({ what: 'memory', said: `${report.grownMb} MB for one case`, input: readFileSync(task.current) });
    }
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearInterval(clock.timer);
      const hang = clock.hang();
      if (hang !== null) found({ what: 'hang', said: hang, input: readFileSync(task.current) });
      else if (figures === null && !isTold)
        found({ what: 'death', said: `${code ?? signal}: ${said}`, input: readFileSync(task.current) });
      resolve({ begun: begun(), figures });
    });
  });
}

/** Kills the child when one case takes too long. */
function watchClock(child: ChildProcess, begun: () => number) {
  let at = { number: -1, cpuMs: 0, ticks: 0 };
  let hang: string | null = null;
  const timer = setInterval(() => {
    const [number, cpuMs] = [begun(), processorMs(child.pid ?? 0)];
    if (number !== at.number) at = { number, cpuMs, ticks: 0 };
    // Many looks, and not two that are far apart: where the machine stood still, both clocks jump.
    at.ticks += 1;
    const [usedMs, waitedMs] = [cpuMs - at.cpuMs, at.ticks * tickMs];
    if (number > 0 && waitedMs > longestCaseMs && (usedMs > longestCaseMs || waitedMs > longestWaitMs)) {
      hang = `no end after ${usedMs} ms of processor time and ${waitedMs} ms`;
      child.kill('SIGKILL');
    }
  }, tickMs);
  return { timer, hang: () => hang };
}

/** What the process has used, in milliseconds (proc(5): utime and stime, in ticks of 10 ms); elsewhere the time of day. */
function processorMs(pid: number): number {
  try {
    const fields = readFileSync(join('/proc', String(pid), 'stat'), 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return performance.now();
  }
}
