import { join } from 'node:path';
import { writeFileAtomically } from '../../atomic-file.ts';
import { UserError } from '../../errors.ts';
import { openSavedResult, type SavedResult } from '../../result/saved/open.ts';

/**
 * Saved results by their names; `-` is standard input, kept in `folder` as long as it is read, since a result is read more
 * than once.
 *
 * @throws UserError where one can't be read, or `-` is named twice.
 */
export async function openSavedResults(files: readonly string[], folder: string): Promise<readonly SavedResult[]> {
  if (files.filter((file) => file === '-').length > 1)
    throw new UserError('Standard input (-) holds one result: name it once.');
  const results: SavedResult[] = [];
  for (const file of files) results.push(await (file === '-' ? openStandardInput(folder) : openSavedResult(file)));
  return results;
}

async function openStandardInput(folder: string): Promise<SavedResult> {
  if (process.stdin.isTTY)
    throw new UserError('Standard input (-) is a terminal: pipe a saved result into it (json or ndjson).');
  const copy = join(folder, 'standard input');
  await writeFileAtomically(copy, process.stdin.setEncoding('utf8'), { mode: 0o600 });
  try {
    return { ...(await openSavedResult(copy)), file: 'standard input' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message.replaceAll(copy, 'standard input'), { cause: error });
  }
}
