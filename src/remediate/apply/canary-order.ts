/** The order in which changes are made: ascending, the first of each kind alone, the rest beside each other. */
import type { Stop } from '../../domain/remediation/model/outcome.ts';

/**
 * `good` proves its kind; `bad` counts against the run; `idle` changed nothing and says nothing; after `halt` nothing more
 * may be started, since the journal takes nothing more.
 */
export type JobEnd = 'good' | 'bad' | 'idle' | 'halt';

export interface Job {
  /** Jobs of one kind succeed or fail alike, as far as anyone knows. */
  readonly kind: string;
  run(): Promise<JobEnd>;
}

export interface OrderRules {
  /** After so many failures in a row the rest is not started. */
  readonly maxFailures: number;
  /** Once it aborts nothing more is started; what is under way ends in peace. */
  readonly signal: AbortSignal;
  /** Told of each job that has ended. */
  readonly ended?: () => void;
  /** Asked after the first of each kind, while `left` jobs wait. */
  goOn(kind: string, left: number): Promise<boolean>;
}

/**
 * Starts jobs in their order. One whose kind is not proven goes alone, also after a failure of its kind; of the others
 * never more are in flight than failures are still allowed. A job that throws ends it, once the others have ended.
 */
export async function inOrder(jobs: readonly Job[], rules: OrderRules): Promise<Stop> {
  const underWay = new Set<Promise<void>>();
  const proven = new Set<string>();
  const asked = new Set<string>();
  const thrown: unknown[] = [];
  let failuresInRow = 0;
  let isHalted = false;
  let next = 0;

  async function run(job: Job, isAlone: boolean): Promise<void> {
    try {
      const end = await job.run();
      if (end === 'halt') isHalted = true;
      if (end === 'good') failuresInRow = 0;
      if (end === 'good' && isAlone) proven.add(job.kind);
      if (end === 'bad') {
        failuresInRow += 1;
        proven.delete(job.kind);
      }
    } catch (error) {
      thrown.push(error);
    }
    rules.ended?.();
  }

  /** `null`: go on. */
  function reasonToStop(): Stop {
    if (isHalted) return 'journal';
    if (rules.signal.aborted) return 'interrupted';
    return failuresInRow >= rules.maxFailures ? 'failures' : null;
  }

  async function step(job: Job): Promise<boolean> {
    if (!proven.has(job.kind)) {
      if (underWay.size > 0) return wait();
      next += 1;
      await run(job, true);
      return proven.has(job.kind) ? mayGoOn(job.kind) : true;
    }
    if (underWay.size >= rules.maxFailures - failuresInRow) return wait();
    next += 1;
    const running = run(job, false).finally(() => underWay.delete(running));
    underWay.add(running);
    return true;
  }

  async function wait(): Promise<true> {
    await Promise.race(underWay);
    return true;
  }

  async function mayGoOn(kind: string): Promise<boolean> {
    const left = jobs.length - next;
    if (asked.has(kind) || left === 0) return true;
    asked.add(kind);
    return rules.goOn(kind, left);
  }

  let stop: Stop = null;
  for (let job = jobs[next]; job !== undefined && thrown.length === 0; job = jobs[next]) {
    stop = reasonToStop();
    if (stop !== null) break;
    if (!(await step(job))) {
      stop = 'declined';
      break;
    }
  }
  await Promise.all(underWay);
  if (thrown.length > 0) throw thrown[0];
  return isHalted ? 'journal' : stop;
}
