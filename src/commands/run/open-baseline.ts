import { access } from 'node:fs/promises';
import type { Baseline } from '../../result/compare.ts';
import { isMasked } from '../../domain/policy/advice/masked-fields.ts';
import type { Result } from '../../domain/result/result.ts';
import { UserError } from '../../errors.ts';

/**
 * The result that `--baseline` names, `null` without the flag. One that is not there yet is none, and says so.
 *
 * @throws UserError for a file that is no result of this schema version, or a redacted one whose masked fields matter.
 */
export async function openBaseline(file: string | undefined): Promise<Baseline | null> {
  if (file === undefined) return null;
  if (await isMissing(file)) return { file, result: null };
  const result = await opened(file);
  if (result.head.redacted) await requireNothingMasked(file, result);
  return { file, result };
}

async function isMissing(file: string): Promise<boolean> {
  try {
    await access(file);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}

async function opened(file: string): Promise<Result> {
  try {
    const { openSavedResult } = await import('../../result/saved/open.ts');
    return await openSavedResult(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`--baseline: ${error.message}`, { cause: error });
  }
}

/** Whether drift was fixed is told by the value that was wanted; a masked one tells nothing. */
async function requireNothingMasked(file: string, result: Result): Promise<void> {
  for await (const { findings, poolId } of result.pools()) {
    const masked = findings.find(({ path }) => isMasked(path));
    if (masked === undefined) continue;
    throw new UserError(
      `--baseline: ${file} is a redacted copy, and the finding at ${masked.path} of pool ${poolId} is masked in it. ` +
        'Compare with the result itself.',
    );
  }
}
