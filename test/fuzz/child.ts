/**
 * One reader in a process of its own, which may hang, fill its memory or die: the case that it is at lies in a file, and
 * what becomes of the others is told to the parent (`supervise.ts`).
 */
import { createHash } from 'node:crypto';
import { ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { corpusOf, inputsIn } from './corpus.ts';
import { newCoverage } from './coverage.ts';
import { fuzz, type Fuzzing } from './loop.ts';
import { reached } from './marks.ts';
import { readers } from './readers.ts';
import { smallest } from './smallest.ts';
import type { ChildTask, Report } from './supervise.ts';
import { toys } from './toy.ts';

/** A case may not take more memory than this, whatever it takes it for. */
const mostGrowthKb = 512 * 1024;
/** Bytes of an input that may lie in the repository. */
const longestKept = 4_000;

const task: ChildTask = JSON.parse(process.argv[2] ?? '');
const tell = (report: Report): void => void process.send?.(report);
process.once('disconnect', () => process.exit());
const coverage = newCoverage(reached);
const reader = toys[task.reader] ?? (await readers[task.reader]?.());
if (reader === undefined) throw new Error(`There is no reader ${task.reader}.`);

const current = openSync(task.current, 'w');
const progress = openSync(task.progress, 'w');
let number = 0;
let memoryKb = 0;
let beganMs = 0;
let longestMs = 0;

/** What the case before took of processor time, of all threads, and of memory. */
function noteUsage(): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const nowMs = (userCPUTime + systemCPUTime) / 1_000;
  if (number > 0) longestMs = Math.max(longestMs, nowMs - beganMs);
  if (number > 0 && maxRSS - memoryKb > mostGrowthKb) {
    tell({ kind: 'memory', grownMb: Math.round((maxRSS - memoryKb) / 1024) });
    process.exit();
  }
  beganMs = nowMs;
  memoryKb = maxRSS;
}

/** By files: what the parent reads in them is so, however long it was kept from reading. */
function begin(input: Buffer): void {
  noteUsage();
  ftruncateSync(current);
  writeSync(current, input, 0, input.length, 0);
  number += 1;
  writeSync(progress, String(number), 0);
}

const seeds = [...(await reader.seeds(task.world)), ...(await inputsIn(corpusOf(task.reader)))];
const read = await reader.open(task.folder, task.world);
const found: Fuzzing['found'] = ({ input, said }) => tell({ kind: 'fall', said, input: input.toString('base64') });
const corpus = await fuzz(reader, {
  seeds: [...seeds, ...(await inputsIn(task.kept))],
  read,
  cases: task.cases,
  seed: task.seed,
  coverage,
  begin,
  found,
  kept: (input) => writeInput(task.kept, input),
});
noteUsage();
tell({
  kind: 'end',
  corpus: corpus.length,
  reached: coverage.reached(),
  longestMs: Math.round(longestMs),
  mostMb: Math.round(memoryKb / 1024),
});
if (task.keep) {
  const watched: typeof read = (input) => {
    begin(input);
    return read(input);
  };
  for (const input of await smallest(await inputsIn(task.kept), { seeds, read: watched, coverage }))
    if (input.length <= longestKept) writeInput(corpusOf(task.reader), input);
}
if (process.connected) process.disconnect();

function writeInput(folder: string, input: Buffer): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, createHash('sha256').update(input).digest('hex').slice(0, 16)), input);
}
