/** `--report asff=FOLDER/`: a file a batch, so that a loop can hand them over one by one. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFileAtomically } from '../../atomic-file.ts';
import { describeSystemError, isSystemError } from '../../system-error.ts';
import { UserError } from '../../errors.ts';

const batchName = /^findings-\d{4,}\.json$/;

/**
 * Writes `findings-0001.json` and so on; what an earlier run left there under such a name is removed, so that it
 * is not imported again, and nothing else in the folder is touched.
 *
 * @throws UserError naming the folder or the file, where it can't be written.
 */
export async function writeBatches(folder: string, batches: AsyncIterable<string>): Promise<void> {
  await requireFolder(folder);
  const written = new Set<string>();
  for await (const batch of batches) {
    const name = `findings-${String(written.size + 1).padStart(4, '0')}.json`;
    await writeFileAtomically(join(folder, name), [batch]);
    written.add(name);
  }
  const leftOver = (await readdir(folder)).filter((name) => batchName.test(name) && !written.has(name));
  for (const name of leftOver) await rm(join(folder, name));
}

/** Makes the folder where it is not there. */
export async function requireFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`${folder} could not be written: ${describeSystemError(error)}`, { cause: error });
  }
}
