/** `npm run conformance`: plays the cases and prints what holds and what does not (docs/conformance.md). */
import { join } from 'node:path';
import { UserError } from '../../src/errors.ts';
import { readCases, type Case } from './case.ts';
import { chosenEndpoint } from './chosen-endpoint.ts';
import { verdicts } from './conformance.ts';
import { emulatorTable } from './emulator-table.ts';
import type { Endpoint } from './endpoint.ts';
import { settingsFrom, usage, type Settings } from './settings.ts';
import { isUnexpected, readDeviations, type Deviations, type Verdict } from './verdict.ts';

/** npm runs scripts in the folder of the package. */
const folder = join(process.cwd(), 'test/conformance/cases');

async function main(): Promise<number> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const settings = settingsFrom(process.argv.slice(2));
  if (settings.help) {
    process.stdout.write(usage);
    return 0;
  }
  const all = readCases(folder);
  if (settings.emulators.length > 0) {
    process.stdout.write(`${await emulatorTable(chosenCases(all, settings), settings.emulators)}\n`);
    return 0;
  }
  const deviations =
    settings.deviations === null ? new Map<string, string>() : readDeviations(settings.deviations, all);
  return playAll(chosenCases(all, settings), await chosenEndpoint(settings), deviations);
}

function chosenCases(all: readonly Case[], { cases: ids }: Settings): readonly Case[] {
  const unknown = ids.filter((id) => !all.some((each) => each.id === id));
  if (unknown.length > 0) throw new UserError(`There is no case ${unknown.join(', ')}.`);
  return ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
}

async function playAll(cases: readonly Case[], endpoint: Endpoint, deviations: Deviations): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  process.stdout.write(`${cases.length} cases against ${endpoint.name}\n`);
  const told: Verdict[] = [];
  const failures = [
    await complaintOf(async () => {
      for await (const verdict of verdicts(cases, endpoint, deviations, interrupted.signal)) told.push(tell(verdict));
    }),
    await complaintOf(async () => {
      for (const id of await endpoint.close()) process.stderr.write(`Deleted a pool that was left: ${id}\n`);
    }),
  ].filter((complaint) => complaint !== null);
  for (const complaint of failures) process.stderr.write(`${complaint}\n`);
  process.stdout.write(`${summary(told)}${interrupted.signal.aborted ? '; interrupted' : ''}\n`);
  const isIncomplete =
    interrupted.signal.aborted || failures.length > 0 || told.every(({ word }) => word === 'not played');
  return isIncomplete || told.some(isUnexpected) ? 1 : 0;
}

/** What went wrong in a way that the user can mend, or `null`. */
async function complaintOf(step: () => Promise<void>): Promise<string | null> {
  try {
    await step();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function tell(verdict: Verdict): Verdict {
  const { word, id, detail } = verdict;
  process.stdout.write(`${word.padEnd(11)} ${id}${detail === '' ? '' : `: ${detail}`}\n`);
  return verdict;
}

function summary(told: readonly Verdict[]): string {
  const words = new Map<string, number>();
  for (const { word } of told) words.set(word, (words.get(word) ?? 0) + 1);
  return [...words].map(([word, count]) => `${count} ${word}`).join(', ') || 'nothing was played';
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
