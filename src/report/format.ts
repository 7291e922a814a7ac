import type { Result } from '../domain/result/result.ts';
import type { OcsfVersion } from './formats/ocsf/version.ts';
import type { Masking } from '../result/redact.ts';
import type { SourceRoots } from './text/source-path.ts';

/** How a page is drawn; nothing in it changes what the page says. */
export interface PageOptions {
  /** Width of the terminal in columns, or what a pipe and a file take for it. */
  readonly columns: number;
  readonly color: boolean;
  /** What is not shown to whoever reads it. */
  readonly masking: Masking;
  /** Where a finding without a file of its own points: the configuration file, or the first policies path. */
  readonly fallbackFile: string;
}

/** The same for a report of a whole result. */
export interface FormatOptions extends PageOptions {
  /** What the files of the result are relative to, here and in the repository. */
  readonly sources: SourceRoots;
  /** Whose findings Security Hub is to take, and where; default: the caller's account, and its partition's first region. */
  readonly securityHub?: { readonly accountId: string | null; readonly region: string | null };
  /** What the reader may type next, by the flags that this command was given. */
  readonly next?: (found: Found) => readonly NextStep[];
  /** The release of OCSF that its events say they keep; default: the newest. */
  readonly ocsfVersion?: OcsfVersion;
}

/** Something to type next. */
export interface NextStep {
  /** What it is for. */
  readonly about: string;
  readonly command: readonly string[];
}

/** What a report found, as far as it decides what to look at next. */
export interface Found {
  /** ARN of the first pool of the worst drift. */
  readonly pool: string | null;
  /** Accounts or regions were not read. */
  readonly hasUnreadAccounts: boolean;
}

/** One report format: result → text in pieces. It writes nowhere, decides no exit code and ends in one newline. */
export type Format = (result: Result, options: FormatOptions) => AsyncIterable<string>;

/** The formats of commands that show something and change nothing. */
export const documentFormats = ['table', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];
