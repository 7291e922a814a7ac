/** The files of a night for an object store: the evidence pack, in which the result and the page lie. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Result } from '../../domain/result/result.ts';
import type { WithFiles } from '../../deliver/channels/s3.ts';
import { manifestFile } from '../../evidence/manifest.ts';
import { writePack } from '../../evidence/write-pack.ts';
import type { FileToStore } from '../../ports/delivery.ts';
import { columnsWithoutTerminal, sharedMasking } from '../output/page-options.ts';
import type { Shell } from '../output/shell.ts';
import { sourceRoots } from '../output/source-roots.ts';
import { inScratchFolder } from '../run/scratch-folder.ts';

/** Below `PREFIX/date=YYYY-MM-DD/run=ID/`; the manifest comes last, so that where it is the pack is whole. */
export function nightFiles(tonight: Result, prefix: string, shell: Shell): WithFiles {
  return (work) =>
    inScratchFolder(async (folder) => {
      const pack = join(folder, 'pack');
      await writePack(pack, tonight, {
        columns: columnsWithoutTerminal({}),
        color: false,
        masking: sharedMasking(undefined),
        fallbackFile: tonight.head.run.policies[0]?.file ?? 'mfa-drift.yaml',
        sources: await sourceRoots('.', shell.env),
      });
      const { id, startedAt } = tonight.head.run;
      const run = `date=${startedAt.slice(0, 10)}/run=${id.replaceAll(/[^\w.-]/g, '_')}`;
      const below = [prefix.replace(/\/+$/, ''), run].filter((part) => part !== '').join('/');
      return work(await filesIn(pack, below));
    });
}

async function filesIn(folder: string, below: string): Promise<readonly FileToStore[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const names = paths.map((path) => relative(folder, path).split(sep).join('/')).sort();
  const files: FileToStore[] = [];
  for (const name of [...names.filter((each) => each !== manifestFile), manifestFile]) {
    const file = join(folder, name);
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    files.push({ key: `${below}/${name}`, file, bytes: (await stat(file)).size, sha256: hash.digest('base64') });
  }
  return files;
}
