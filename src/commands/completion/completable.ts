/** What a shell needs to know of the commands, read off them as they are defined. */
import type { Argument, Command, Option } from 'commander';
import { wordsOf } from '../line/flag-values.ts';

/** A command, or the program itself, and what can stand after it. */
export interface Completable {
  readonly name: string;
  /** The commands from the program's first on, a space between them; nothing for the program. */
  readonly path: string;
  /** In one line. */
  readonly description: string;
  readonly commands: readonly Completable[];
  readonly options: readonly CompletableOption[];
  /** What its arguments are; `null`: it has none. */
  readonly argument: Value | null;
}

export interface CompletableOption {
  /** As they are typed, the long one last. */
  readonly names: readonly string[];
  readonly description: string;
  /** `null`: it takes no value. */
  readonly value: Value | null;
}

export interface Value {
  /** What the help calls it. */
  readonly name: string;
  /** What may be completed, beside words: nothing, since it is for the user to know, or what lies on the disk. */
  readonly kind: 'words' | 'wordOrWordAndFile' | 'files' | 'folders' | 'unknown';
  readonly words: readonly string[];
}

/** Values that lie on the disk, by what the help calls them. */
const onDisk: Readonly<Record<string, 'files' | 'folders'>> = {
  file: 'files',
  folder: 'folders',
  journal: 'files',
  path: 'files',
  plan: 'files',
  result: 'files',
};

/** @param command as commander has it, with all of its flags */
export function completable(command: Command, path: readonly string[] = []): Completable {
  const help = command.createHelp();
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    path: path.join(' '),
    description: command.description(),
    commands: help.visibleCommands(command).map((child) => completable(child, [...path, child.name()])),
    options: help.visibleOptions(command).map(completableOption),
    argument: argument === undefined ? null : argumentValue(argument),
  };
}

function completableOption(option: Option): CompletableOption {
  const { short, long, description, flags } = option;
  const [, name = null] = /[<[](.+)[>\]]$/.exec(flags) ?? [];
  return {
    names: [short, long].filter((typed) => typed !== undefined),
    description,
    value: name === null ? null : valueOf(name, wordsOf(option)),
  };
}

function argumentValue(argument: Argument): Value {
  return valueOf(argument.name(), argument.argChoices ?? []);
}

function valueOf(name: string, words: readonly string[]): Value {
  if (name.endsWith('[=file]')) return { name, kind: 'wordOrWordAndFile', words };
  return { name, kind: words.length > 0 ? 'words' : (onDisk[name] ?? 'unknown'), words };
}

/** The program, its commands and theirs. */
export function everyCommand(program: Completable): readonly Completable[] {
  return [program, ...program.commands.flatMap(everyCommand)];
}
