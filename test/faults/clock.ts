/** Clocks that are wrong, this machine's or AWS's (which the sandbox plays): by the later of the two everything is judged. */
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { attackedFleet, attackedWriting } from '../attack/organization.ts';
import { startProxy } from '../attack/proxy.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import type { Exception, Writing } from '../oracle/language.ts';
import { evaluate } from '../oracle/evaluate.ts';
import { managementId, memberId, poolId, writeFiles } from '../remediate/organization.ts';
import { audited, endOf, placesIn } from './attacked-audit.ts';
import { changesIn, everyPool, journalText, pools, workplace, type Workplace } from './organization.ts';
import type { Expected, Played, Row } from './row.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** AWS's clock against ours: so far ahead from the start, and so much more once it was asked some times. */
interface Skew {
  readonly aheadMs: number;
  readonly jumpMs?: number;
  /** What every answer says of the time, where it is not that clock; `null`: nothing. */
  readonly date?: (seed: number, answer: number) => string | null;
  /** Nobody can sign by such a clock: what is read or changed is right, and the rest is said. */
  readonly isHopeless?: true;
}

const skews: Readonly<Record<string, Skew>> = {
  'AWS is a minute ahead': { aheadMs: minute },
  'AWS is a minute behind': { aheadMs: -minute },
  'AWS is six minutes ahead': { aheadMs: 6 * minute },
  'AWS is six minutes behind': { aheadMs: -6 * minute },
  'AWS is a day ahead': { aheadMs: day },
  'AWS is a day behind': { aheadMs: -day },
  'AWS is 90 days ahead': { aheadMs: 90 * day },
  'AWS is 90 days behind': { aheadMs: -90 * day },
  'AWS goes on by two hours in the middle': { aheadMs: 0, jumpMs: 2 * hour },
  'AWS goes back by two hours in the middle': { aheadMs: 0, jumpMs: -2 * hour },
  'AWS goes on by ten minutes in the middle': { aheadMs: 0, jumpMs: 10 * minute },
  'AWS goes back by ten minutes in the middle': { aheadMs: 0, jumpMs: -10 * minute },
  'no answer says when it was made': { aheadMs: 0, date: () => null },
  'no answer says a time that can be read': { aheadMs: 0, date: () => 'soon' },
  'every answer says another hour': {
    aheadMs: 0,
    date: (seed, answer) => new Date(Date.now() + (((seed + answer * 7) % 5) - 2) * hour).toUTCString(),
    isHopeless: true,
  },
};

function dayAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The last day that an exception counts for, one after another: past, near, far. */
function endOfException(seed: number): string {
  const days = [-10, 40, 100][seed % 3] ?? 40;
  return dayAt(Date.now() + days * day);
}

/** None may run for longer than this, by either clock. */
const mostDays = 180;

/** The later of the two clocks' days; `null`: by the earlier one the exception would run too long, and nothing is done. */
function dayOf({ aheadMs }: Skew, expires: string): string | null {
  const [ours, theirs] = [Date.now(), Date.now() + aheadMs];
  const daysLeft = (Date.parse(expires) - Date.parse(dayAt(Math.min(ours, theirs)))) / day;
  return daysLeft > mostDays ? null : dayAt(Math.max(ours, theirs));
}

/** The organization's own exception ends on that day. */
function writingOf(seed: number): Writing {
  const writing = attackedWriting('listed');
  const expires = endOfException(seed);
  return { ...writing, exceptions: writing.exceptions.map((exception): Exception => ({ ...exception, expires })) };
}

function expectedOfAudit(skew: Skew, seed: number): Expected {
  const fleet = attackedFleet(seed);
  const today = dayOf(skew, endOfException(seed));
  const verdicts = today === null ? null : evaluate(fleet, writingOf(seed), today);
  const everywhere = placesIn(fleet);
  if (skew.isHopeless === true)
    return { exitCodes: [verdicts?.exitCode ?? 1, 1, 3], readPools: verdicts?.pools ?? [], pools: everywhere };
  return { exitCodes: [verdicts?.exitCode ?? 1], verdicts, pools: everywhere };
}

/** A sandbox whose clock is so, and the environment that leads to it. */
async function skewed<T extends { readonly sandbox: Sandbox }>(
  { aheadMs, jumpMs = 0, date }: Skew,
  seed: number,
  start: (now: () => number) => Promise<T>,
  play: (started: T, environment: Readonly<Record<string, string>>) => Promise<Played>,
): Promise<Played> {
  const from = 2 + (seed % 20);
  let asked: () => number = () => 0;
  const started = await start(() => Date.now() + aheadMs + (asked() > from ? jumpMs : 0));
  const { sandbox } = started;
  const before = sandbox.calls.count();
  asked = () => sandbox.calls.count() - before;
  let answers = 0;
  const proxy = await startProxy(sandbox.url, managementId, {
    strikes: () => date !== undefined,
    isInstead: false,
    change(answer) {
      const { date: _date, ...headers } = answer.headers;
      const said = date?.(seed, answers++) ?? null;
      return { ...answer, headers: said === null ? headers : { ...headers, date: said } };
    },
  });
  try {
    return await play(started, { ...sandbox.environment, AWS_ENDPOINT_URL: proxy.url });
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

function playAudit(skew: Skew, seed: number, signal: AbortSignal): Promise<Played> {
  return skewed(
    skew,
    seed,
    async (now) => ({ sandbox: await startSandbox({ fleet: attackedFleet(seed), now }) }),
    async (_started, environment) => audited(await writeWorkspace(writingOf(seed)), environment, signal),
  );
}

/** Of the pools those of one account are excused, for as long as the exception counts. */
function expectedOfApply(skew: Skew, seed: number): Expected {
  if (skew.isHopeless === true) return { exitCodes: [0, 1, 4] };
  const expires = endOfException(seed);
  const today = dayOf(skew, expires);
  if (today === null) return { exitCodes: [1], changed: [] };
  if (expires < today) return { exitCodes: [0], changed: everyPool };
  const others = pools.filter(({ accountId }) => accountId !== memberId);
  return { exitCodes: [4], changed: others.map(({ id }) => poolId(id)) };
}

function playApply(skew: Skew, seed: number, signal: AbortSignal): Promise<Played> {
  const exception = { match: { accounts: [memberId] }, reason: 'r', owner: 'o', expires: endOfException(seed) };
  return skewed(
    skew,
    seed,
    async (now) => {
      const place = await workplace(signal, { now });
      await planIn(place);
      await writeFiles(place.folder, { exceptions: [exception] });
      return place;
    },
    async (place, environment) => {
      const ended = await place.run([...place.apply, '--max-age', '300d'], environment);
      return { ...endOf(ended), changes: changesIn(place, ended.stdout, [await journalText(place.journal)]), odd: [] };
    },
  );
}

/** Anew, under the clocks of the place. */
async function planIn({ folder, filesIn, run }: Workplace): Promise<void> {
  await run(['plan', '--out', join(folder, 'plan.json'), '--run-dir', join(folder, 'run'), '--quiet', ...filesIn]);
}

/** So much passes on AWS's clock between plan and apply, and nothing on ours. */
const turns: Readonly<Record<string, { readonly turnMs: number; readonly isTaken: boolean }>> = {
  'AWS goes on by three days between plan and apply': { turnMs: 3 * day, isTaken: false },
  'AWS goes on by 25 hours between plan and apply': { turnMs: 25 * hour, isTaken: false },
  'AWS goes on by 20 hours between plan and apply': { turnMs: 20 * hour, isTaken: true },
  'AWS goes back by three days between plan and apply': { turnMs: -3 * day, isTaken: false },
};

async function playTurn(turnMs: number, seed: number, signal: AbortSignal): Promise<Played> {
  const clock = { aheadMs: ((seed % 3) - 1) * 30 * minute };
  const place = await workplace(signal, { now: () => Date.now() + clock.aheadMs });
  try {
    await planIn(place);
    clock.aheadMs += turnMs;
    const ended = await place.run(place.apply);
    return { ...endOf(ended), changes: changesIn(place, ended.stdout, [await journalText(place.journal)]), odd: [] };
  } finally {
    await place.sandbox.close();
  }
}

export const clockRows: readonly Row[] = [
  ...Object.entries(skews).flatMap(([kind, skew]): readonly Row[] => [
    {
      family: 'clock',
      kind,
      operation: 'audit: with an exception that ends',
      expected: (seed) => expectedOfAudit(skew, seed),
      play: (seed, signal) => playAudit(skew, seed, signal),
    },
    {
      family: 'clock',
      kind,
      operation: 'apply: with an exception that ends',
      expected: (seed) => expectedOfApply(skew, seed),
      play: (seed, signal) => playApply(skew, seed, signal),
    },
  ]),
  ...Object.entries(turns).map(([kind, { turnMs, isTaken }]): Row => ({
    family: 'clock',
    kind,
    operation: 'apply: a plan that ages',
    expected: () => (isTaken ? { exitCodes: [0], changed: everyPool } : { exitCodes: [1], changed: [] }),
    play: (seed, signal) => playTurn(turnMs, seed, signal),
  })),
];
