/** Plays rows within a bound of time, and counts. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { counted, judged, listed, type Complaints } from './judge.ts';
import { families, type Row } from './row.ts';
import { commandOf } from './table.ts';

/** So long any play may take: it is interrupted then, and counts as over the bound. */
const boundMs = 60_000;
/** What is interrupted has so long to end. */
const graceMs = 10_000;
export const mostMs = boundMs + graceMs;

interface Run {
  readonly row: Row;
  readonly complaints: Complaints;
  readonly ms: number;
}

/** What went wrong, one line each; remembers the run for `summary`. */
export class Plays {
  private readonly runs: Run[] = [];

  async play(row: Row, seed: number): Promise<readonly string[]> {
    const began = performance.now();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const bound = setTimeout(() => controller.abort(), boundMs);
    const played = row.play(seed, controller.signal);
    const late = delay(mostMs, null, { ref: false });
    const ended = await Promise.race([played, late]);
    clearTimeout(bound);
    const ms = performance.now() - began;
    const complaints = ended === null ? nothing : judged(ended, row.expected(seed));
    this.runs.push({ row, complaints, ms });
    const over = ms > boundMs ? [`over the bound: ${Math.round(ms)} ms`] : [];
    return [...listed(complaints), ...over].map((each) => `${row.kind}, ${row.operation}, seed ${seed}: ${each}`);
  }

  /** A table in Markdown, a line for each family and one for all. */
  summary(): string {
    const lines = families.map((family) => [family, this.runs.filter(({ row }) => row.family === family)] as const);
    const all = [...lines, ['all', this.runs] as const].filter(([, runs]) => runs.length > 0);
    return [
      '| family | kinds | runs | wrong verdicts | lost pools | doubled writes | stack traces | over 60 s | longest |',
      '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
      ...all.map(([family, runs]) => `| ${[family, ...figures(runs)].join(' | ')} |`),
    ].join('\n');
  }
}

function figures(runs: readonly Run[]): readonly string[] {
  const sums = counted.map((count) => runs.filter(({ complaints }) => complaints[count].length > 0).length);
  const longest = Math.max(...runs.map(({ ms }) => ms));
  return [
    new Set(runs.map(({ row }) => row.kind)).size,
    runs.length,
    ...sums,
    runs.filter(({ ms }) => ms > boundMs).length,
    `${(longest / 1000).toFixed(1)} s`,
  ].map(String);
}

const nothing: Complaints = { wrong: [], lost: [], doubled: [], traces: [] };

/**
 * The plays of a kind: under each command that it strikes, another of its rows with each seed; of a process each step, since
 * each is a place of its own to stop at.
 */
export function playsOf(rows: readonly Row[], seeds: readonly number[]): readonly (readonly [Row, number])[] {
  const commands = [...new Set(rows.map(commandOf))];
  return commands.flatMap((command) => {
    const those = rows.filter((row) => commandOf(row) === command);
    const count = those[0]?.family === 'process' ? Math.max(those.length, seeds.length) : seeds.length;
    const [first = 0] = seeds;
    return Array.from({ length: count }, (_, at) => [nth(those, first + at), nth(seeds, at)] as const);
  });
}

function nth<T>(choices: readonly T[], at: number): T {
  const choice = choices[at % choices.length];
  if (choice === undefined) throw new Error('There is nothing to choose from.');
  return choice;
}
