/**
 * Mutants that the tests do not kill, told by what they change and not by their line or folder, so that code may move. Each
 * that lives is in `survivors.yaml`, with the reason why it may.
 */
import { basename } from 'node:path';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What a run says of one mutant. */
export interface Mutant {
  readonly fileName: string;
  /** Lines and columns from 1. */
  readonly location: { readonly start: Position; readonly end: Position };
  readonly replacement: string;
  readonly status: string;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Survivor {
  /** Without its folder. */
  readonly file: string;
  /** The first line that is changed, and what stands there instead. */
  readonly was: string;
  readonly is: string;
}

export interface Group {
  readonly why: string;
  readonly mutants: readonly Survivor[];
}

export interface Comparison {
  readonly killed: number;
  readonly lived: number;
  /** Of which nothing is known: the tests could not be asked. */
  readonly untried: number;
  /** That live and are in no group. */
  readonly unlisted: readonly Survivor[];
  /** That are in a group and live no longer. */
  readonly vanished: readonly Survivor[];
}

const alive = new Set(['Survived', 'NoCoverage']);
const dead = new Set(['Killed', 'Timeout']);

export function readGroups(file: string): readonly Group[] {
  return parse(readFileSync(file, 'utf8'));
}

/** `textOf` reads a source file. Where one line has the same change twice, it is in the list twice. */
export function compareMutants(
  mutants: readonly Mutant[],
  groups: readonly Group[],
  textOf: (fileName: string) => string,
): Comparison {
  const lived = mutants.filter(({ status }) => alive.has(status)).map((mutant) => survivorOf(mutant, textOf));
  const listed = groups.flatMap((group) => group.mutants);
  const tried = new Set(mutants.map((mutant) => lineOf(survivorOf(mutant, textOf))));
  return {
    killed: mutants.filter(({ status }) => dead.has(status)).length,
    lived: lived.length,
    untried: mutants.filter(({ status }) => !alive.has(status) && !dead.has(status)).length,
    unlisted: without(lived, listed),
    vanished: without(
      listed.filter((each) => tried.has(lineOf(each))),
      lived,
    ),
  };
}

export function survivorOf(mutant: Mutant, textOf: (fileName: string) => string): Survivor {
  const { fileName, location, replacement } = mutant;
  const lines = textOf(fileName).split('\n');
  const first = lines[location.start.line - 1] ?? '';
  const last = lines[location.end.line - 1] ?? '';
  const changed = `${first.slice(0, location.start.column - 1)}${replacement}${last.slice(location.end.column - 1)}`;
  return { file: basename(fileName), was: inOneLine(first), is: inOneLine(changed) };
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The first list less the second; what is there twice is taken away twice. */
function without(these: readonly Survivor[], those: readonly Survivor[]): readonly Survivor[] {
  const counts = new Map<string, number>();
  for (const each of those) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return these.filter((each) => {
    const left = counts.get(keyOf(each)) ?? 0;
    counts.set(keyOf(each), left - 1);
    return left <= 0;
  });
}

/** Files of two folders may have one name. */
function lineOf({ file, was }: Survivor): string {
  return `${file}: ${was}`;
}

function keyOf({ file, was, is }: Survivor): string {
  return JSON.stringify([file, was, is]);
}
