/** The files of a night for an object store: the evidence pack, in which the result and the page lie, and the history. */
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Result } from '../../domain/result/result.ts';
import type { WithFiles } from '../../deliver/channels/s3.ts';
import type { FileSet } from '../../deliver/channels/store-set.ts';
import { manifestFile } from '../../evidence/pack-files.ts';
import { writePack } from '../../evidence/write-pack.ts';
import { addNight } from '../../history/add-night.ts';
import type { FileToStore } from '../../ports/delivery.ts';
import { redactedCopy } from '../../result/redact.ts';
import { fileToStore } from './file-to-store.ts';
import { historySets } from './history-files.ts';
import { columnsWithoutTerminal, sharedMasking } from '../output/page-options.ts';
import type { Shell } from '../output/shell.ts';
import { sourceRoots } from '../output/source-roots.ts';
import { inScratchFolder } from '../run/scratch-folder.ts';

export interface NightPlace {
  readonly prefix: string;
  /** The folder of a history whose nights go along; `null`: this night alone makes one. */
  readonly history: string | null;
}

/**
 * The pack below `PREFIX/date=YYYY-MM-DD/run=ID/`, whose manifest comes last, so that where it is the pack is whole; then the
 * history below `PREFIX/history/`.
 */
export function nightFiles(tonight: Result, { prefix, history }: NightPlace, shell: Shell): WithFiles {
  const under = prefix.replace(/\/+$/, '');
  const below = (path: string): string => (under === '' ? path : `${under}/${path}`);
  return (work) =>
    inScratchFolder((folder) => {
      async function* sets(): AsyncGenerator<FileSet, void, void> {
        yield {
          isBefore: false,
          files: async () => ({ files: await packFiles(tonight, join(folder, 'pack'), below, shell) }),
        };
        const made = history ?? (await historyOf(tonight, join(folder, 'history')));
        if (made !== null) yield* historySets(made, below('history'), tonight.head.run.id);
      }
      return work(sets());
    });
}

async function packFiles(
  tonight: Result,
  pack: string,
  below: (path: string) => string,
  shell: Shell,
): Promise<readonly FileToStore[]> {
  await writePack(pack, tonight, {
    columns: columnsWithoutTerminal({}),
    color: false,
    masking: sharedMasking(undefined),
    fallbackFile: tonight.head.run.policies[0]?.file ?? 'mfa-drift.yaml',
    sources: await sourceRoots(tonight.head.run, shell.env),
  });
  const { id, startedAt } = tonight.head.run;
  return filesIn(pack, below(`date=${startedAt.slice(0, 10)}/run=${id.replaceAll(/[^\w.-]/g, '_')}`));
}

/** What was judged anew is no night. */
async function historyOf(tonight: Result, folder: string): Promise<string | null> {
  if (tonight.head.run.from !== null) return null;
  await addNight(folder, redactedCopy(tonight));
  return folder;
}

async function filesIn(folder: string, below: string): Promise<readonly FileToStore[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const names = paths.map((path) => relative(folder, path).split(sep).join('/')).sort();
  const ordered = [...names.filter((each) => each !== manifestFile), manifestFile];
  return Promise.all(ordered.map((name) => fileToStore(`${below}/${name}`, join(folder, name))));
}
