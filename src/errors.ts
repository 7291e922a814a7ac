import { visible } from './escape/visible.ts';

/**
 * An error that the user can mend: bad input, missing permission, a limit. It prints as its message, without a stack,
 * and ends the program with its exit code. Anything else that is thrown is a bug and keeps its stack. A message of several
 * lines is a list of them; what the texts of others hold, a line break too, is shown and never acted on.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode = 1;

  constructor(message: string | readonly string[], options: { readonly cause?: unknown } = {}) {
    super([message].flat().map(visible).join('\n'), { cause: options.cause });
  }
}

/** Whoever the run works as is somebody else by now: nothing more may be asked or written in the first one's name. */
export class IdentityChanged extends UserError {
  /** One sentence without its full stop, and the way out. */
  readonly fact: string;
  readonly remedy: string;

  constructor(fact: string, remedy: string) {
    super(`${fact}. ${remedy}`);
    this.fact = fact;
    this.remedy = remedy;
  }
}

/** What can go wrong with a text that somebody wrote: where, what was found, and the way out. */
export interface Complaint {
  readonly file: string;
  /** From 1; `null` for the file as a whole. */
  readonly line: number | null;
  readonly column: number | null;
  /** One sentence: what was found, what is allowed. */
  readonly message: string;
  /** The nearest correct word, or the way out. */
  readonly hint: string | null;
  /** How many characters the place is wide, for the underline. */
  readonly width: number;
}

/** Bad input in files: all complaints of all files at once, each with its place. */
export class ComplaintsError extends UserError {
  readonly complaints: readonly Complaint[];

  constructor(message: readonly string[], complaints: readonly Complaint[]) {
    super(message);
    this.complaints = complaints;
  }
}

/** Texts that somebody wrote and that AWS knows nothing of, such as a region; whoever knows the files can say where. */
export class UnknownTextError extends UserError {
  readonly texts: readonly string[];
  /** One sentence about any of them, to follow its place. */
  readonly sentence: string;
  readonly hint: string;

  constructor(texts: readonly string[], sentence: string, hint: string) {
    super(`${texts.map((text) => JSON.stringify(text)).join(', ')} ${sentence}. ${hint}`);
    this.texts = texts;
    this.sentence = sentence;
    this.hint = hint;
  }
}
