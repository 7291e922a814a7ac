/** `history`: nights of saved results in Parquet, for engines to ask; whole, as they were written, and no older than is wanted. */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { requireWritableFile, writeFileAtomically } from '../atomic-file.ts';
import { isSystemError } from '../system-error.ts';
import { dayMs } from '../domain/model/day.ts';
import { sha256 } from '../domain/model/sha256.ts';
import { UserError } from '../errors.ts';
import { visible } from '../escape/visible.ts';
import { periodEvidence } from '../history/evidence.ts';
import { historyPage } from '../history/page/page.ts';
import { pruneNights } from '../history/prune.ts';
import { addNight } from '../history/add-night.ts';
import { requireHistory, type NightName } from '../history/layout.ts';
import { readNights } from '../history/read-nights.ts';
import { trendOf } from '../history/trend.ts';
import { verifyNights, type NightState } from '../history/verify.ts';
import { counted } from '../number-format.ts';
import { redactedCopy } from '../result/redact.ts';
import { openSavedResult } from '../result/saved/open.ts';
import type { Shell } from './output/shell.ts';

export interface HistoryFlags {
  readonly history: string;
}

export interface PruneFlags extends HistoryFlags {
  /** YYYY-MM-DD; the night of that date stays. */
  readonly before?: string;
  /** Days, from today. */
  readonly keep?: number;
}

/** Adds the night of each saved result; one that is there already stays as it is. */
export async function historyAdd(files: readonly string[], { history }: HistoryFlags, shell: Shell): Promise<0> {
  await requireHistory(history);
  for (const file of files) {
    const { night, isNew } = await addNight(history, redactedCopy(await openSavedResult(file)));
    await shell.stdout.write(`${isNew ? 'added' : 'there already'}  ${nameOf(night)}\n`);
  }
  return 0;
}

/** Exit 0 where every night is whole and as it was written, else 1. */
export async function historyVerify({ history }: HistoryFlags, shell: Shell): Promise<0 | 1> {
  const counts: Record<NightState['state'], number> = { whole: 0, unfinished: 0, damaged: 0 };
  for await (const { night, state, problems } of verifyNights(history)) {
    counts[state] += 1;
    if (state === 'whole') continue;
    const why = state === 'unfinished' ? ['it was not added wholly: add its result again'] : problems;
    for (const each of why) await shell.stdout.write(`${state}  ${nameOf(night)}  ${visible(each)}\n`);
  }
  const { whole, unfinished, damaged } = counts;
  const all = whole + unfinished + damaged;
  if (all === 0) throw new UserError(`--history ${history} holds no night.`);
  const isWhole = whole === all;
  const words = `${counted(all, 'night')}: ${whole} whole, ${unfinished} unfinished, ${damaged} damaged`;
  await shell.stdout.write(isWhole ? `OK  ${counted(all, 'night')} as written\n` : `NOT AS WRITTEN  ${words}\n`);
  return isWhole ? 0 : 1;
}

export async function historyPrune({ history, before, keep }: PruneFlags, shell: Shell): Promise<0> {
  if ((before === undefined) === (keep === undefined))
    throw new UserError('history prune needs --before YYYY-MM-DD or --keep DAYS, and not both.');
  const until = before ?? new Date(Date.now() - (keep ?? 0) * dayMs).toISOString().slice(0, 10);
  const nights = await pruneNights(history, until);
  for (const night of nights) await shell.stdout.write(`removed  ${nameOf(night)}\n`);
  await shell.stdout.write(`${counted(nights.length, 'night')} before ${until} removed\n`);
  return 0;
}

export interface HistoryReportFlags extends HistoryFlags {
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
}

/** Writes the page of a span of nights. */
export async function historyReport({ history, out, from, to }: HistoryReportFlags, shell: Shell): Promise<0> {
  await requireWritableFile(out);
  const trend = await trendOf(readNights(history, { from: from ?? null, to: to ?? null }));
  if (trend.nights.length === 0)
    throw new UserError(
      `--history ${history} holds no night${from === undefined && to === undefined ? '' : ' between these dates'}.`,
    );
  await writeFileAtomically(out, [historyPage(trend, basename(resolve(history)))]);
  await shell.stdout.write(`${counted(trend.nights.length, 'night')} in ${out}\n`);
  return 0;
}

/**
 * Writes what an auditor asks of a period into a new folder, with its page and a manifest of checksums.
 *
 * @throws UserError where the folder is there already and not empty: nothing of it is touched.
 */
export async function historyEvidence({ history, out, from, to }: HistoryReportFlags, shell: Shell): Promise<0> {
  const span = { from: from ?? null, to: to ?? null };
  await requireNewFolder(out);
  const page = historyPage(await trendOf(readNights(history, span)), basename(resolve(history)));
  const files = await periodEvidence(readNights(history, span), page);
  if (files.length === 0) throw new UserError(`--history ${history} holds no night in this period.`);
  const beside = `${resolve(out)}.${randomBytes(6).toString('hex')}.part`;
  try {
    for (const { name, text } of files) await writeFileAtomically(join(beside, name), [text]);
    await rename(beside, out);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  const { text: manifest = '' } = files.at(-1) ?? {};
  await shell.stdout.write(`evidence in ${out}, manifest sha256:${sha256(manifest)}\n`);
  return 0;
}

async function requireNewFolder(folder: string): Promise<void> {
  await requireWritableFile(`${resolve(folder)}.trial`, folder);
  const entries = await readdir(folder).catch((error: unknown): string[] => {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw new UserError(`--out ${folder} is there already and is no folder that can be read.`, { cause: error });
  });
  if (entries.length > 0) throw new UserError(`--out ${folder} is there already, and not empty: name a new folder.`);
}

function nameOf({ date, runId }: NightName): string {
  return `${visible(date)}  run ${visible(runId)}`;
}
