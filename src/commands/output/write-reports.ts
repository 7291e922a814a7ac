import { appendFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { requireAppendableFile, requireWritableFile, writeFileAtomically } from '../../atomic-file.ts';
import type { Result } from '../../domain/result/result.ts';
import { UserError } from '../../errors.ts';
import type { FormatOptions } from '../../report/format.ts';
import { redactedCopy } from '../../result/redact.ts';
import { formatNames, formats, isFormatName, type FormatName } from '../../report/registry.ts';
import { requireFolder, writeBatches } from './batch-files.ts';
import type { OutputFlags, ReportFlags } from '../line/flags.ts';
import { columnsWithoutTerminal, pageMasking, sharedMasking, wantsColor } from './page-options.ts';
import { say, type Shell } from './shell.ts';
import { sourceRoots } from './source-roots.ts';

export interface ReportOutput {
  readonly format: FormatName;
  /** `null`: standard output. A name that ends in a slash is a folder, for a file a batch. */
  readonly file: string | null;
  /** Added to what the file holds, instead of replacing it. */
  readonly appends: boolean;
}

/**
 * @param specs `FORMAT`, `FORMAT=FILE`, `FORMAT=-` for standard output, or `asff=FOLDER/`
 * @throws UserError for a format that does not exist, or a second report on standard output.
 */
export function parseReportOutputs(specs: readonly string[], env: Shell['env']): readonly ReportOutput[] {
  const outputs = specs.map((spec) =>
    spec.includes('=') ? parseOutput(spec) : summaryAppended(parseOutput(spec), env),
  );
  const bare = outputs.filter(({ file }) => file === null);
  if (bare.length > 1) {
    const names = bare.map(({ format }) => format).join(' and ');
    throw new UserError(
      `Only one report can go to standard output, not ${names}: give the others a file, FORMAT=FILE.`,
    );
  }
  return outputs;
}

function parseOutput(spec: string): ReportOutput {
  const [format = '', ...rest] = spec.split('=');
  const file = rest.join('=');
  if (!isFormatName(format)) {
    throw new UserError(
      `--report ${spec}: ${format === '' ? 'there is no format' : `${format} is not a format`}. ` +
        `Formats: ${formatNames.join(', ')}. Did you mean ${closest(format, formatNames)}?`,
    );
  }
  if (spec.includes('=') && file === '') throw new UserError(`--report ${spec}: there is no file after the "=".`);
  if (isFolder(file) && format !== 'asff')
    throw new UserError(`--report ${spec}: ${file} is a folder, and ${format} is one file. Only asff takes a folder.`);
  return { format, file: spec.includes('=') && file !== '-' ? file : null, appends: false };
}

function isFolder(file: string): boolean {
  return file.endsWith('/') || file.endsWith(sep);
}

/** The steps of a GitHub job share one summary file; a summary without a file of its own goes there, where there is one. */
function summaryAppended(output: ReportOutput, env: Shell['env']): ReportOutput {
  const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (output.format !== 'github-summary' || summary === '') return output;
  return { ...output, file: summary, appends: true };
}

/**
 * Writes every report, those in files first; a file is replaced only when it is whole. What has no policy line of its
 * own points at the configuration, which is the first of the result's files where there is one, or at the first policy.
 */
export async function writeReports(
  result: Result,
  outputs: readonly ReportOutput[],
  flags: ReportFlags & Pick<OutputFlags, 'color'>,
  shell: Shell,
  next: FormatOptions['next'],
): Promise<void> {
  const options: FormatOptions = {
    columns: columnsWithoutTerminal(shell.env),
    color: false,
    masking: sharedMasking(flags.redact),
    fallbackFile: result.head.run.policies[0]?.file ?? 'mfa-drift.yaml',
    sources: await sourceRoots(result.head.run, shell.env),
    ...(next === undefined ? {} : { next }),
    ...(flags.ocsfVersion === undefined ? {} : { ocsfVersion: flags.ocsfVersion }),
    securityHub: {
      accountId: flags.asffAccount ?? null,
      region: shell.env['AWS_REGION'] ?? shell.env['AWS_DEFAULT_REGION'] ?? null,
    },
  };
  const shown = flags.redact === true ? redactedCopy(result) : result;
  for (const { format, file, appends } of outputs) {
    if (file === null) continue;
    if (isFolder(file)) {
      const { asffBatches } = await import('../../report/formats/asff/asff.ts');
      await writeBatches(file, asffBatches(shown, options));
      continue;
    }
    const text = formats[format](shown, options);
    if (appends) await appendText(file, text);
    else await writeFileAtomically(file, text, { mode: fileMode(format, shown) });
  }
  if (flags.evidence !== undefined) {
    const { writePack } = await import('../../evidence/write-pack.ts');
    const manifestSha256 = await writePack(flags.evidence, shown, options);
    await say(shell, `evidence in ${flags.evidence}, manifest sha256:${manifestSha256}`);
  }
  const onStandardOutput = outputs.find(({ file }) => file === null);
  if (onStandardOutput === undefined) return;
  const { format } = onStandardOutput;
  const text = formats[format](shown, {
    ...options,
    columns: shell.stdout.columns,
    color: wantsColor(flags, shell),
    masking: format === 'table' ? pageMasking(flags.redact, shell.stdout) : options.masking,
  });
  if (flags.query !== undefined) return shell.stdout.write(await queryJson(flags.query, text));
  for await (const chunk of text) await shell.stdout.write(chunk);
}

async function appendText(file: string, text: AsyncIterable<string>): Promise<void> {
  let whole = '';
  for await (const chunk of text) whole += chunk;
  await appendFile(file, whole, { mode: 0o644 }).catch((error: unknown) => {
    throw new UserError(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** The formats that keep a pool's SMS external id are for the owner's eyes. */
function fileMode(format: FormatName, { head }: Result): number {
  return (format === 'json' || format === 'ndjson') && !head.redacted ? 0o600 : 0o644;
}

/** Before a run begins: what can't be written or answered at its end is an error now. */
export async function requireWritable(
  { query, evidence }: Pick<ReportFlags, 'query' | 'evidence'>,
  outputs: readonly ReportOutput[],
): Promise<void> {
  await requireReadableQuery(query, outputs);
  if (evidence !== undefined) {
    const { requireFree } = await import('../../evidence/write-pack.ts');
    await requireFree(evidence);
    await requireWritableFile(`${resolve(evidence)}.trial`, evidence);
  }
  for (const output of outputs) await requireWritableOutput(output);
}

async function requireWritableOutput({ file, appends }: ReportOutput): Promise<void> {
  if (file === null) return;
  if (appends) return requireAppendableFile(file);
  if (!isFolder(file)) return requireWritableFile(file);
  await requireFolder(file);
  await requireWritableFile(join(file, 'trial'), file);
}

export async function requireReadableQuery(query: string | undefined, outputs: readonly ReportOutput[]): Promise<void> {
  if (query === undefined) return;
  if (outputs.find(({ file }) => file === null)?.format !== 'json') {
    throw new UserError('--query filters JSON on standard output: add --report json.');
  }
  await openQuery(query);
}

async function queryJson(query: string, text: AsyncIterable<string>): Promise<string> {
  const answer = await openQuery(query);
  let document = '';
  for await (const chunk of text) document += chunk;
  return orUserError(query, () => `${answer(document)}\n`);
}

async function openQuery(query: string): Promise<(document: string) => string> {
  const { compileQuery } = await import('../../report/query.ts');
  return orUserError(query, () => compileQuery(query));
}

function orUserError<T>(query: string, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    throw new UserError(`--query ${query}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
