import { sha256 } from '../../domain/model/sha256.ts';
import type { SessionClock } from '../../pacing/session-clock.ts';
import { placeWarnings } from '../../config/place-warnings.ts';
import { loadPolicySet, warnedAt } from '../../config/policies/load-policy-set.ts';
import { loadSettings } from '../../config/settings/load-settings.ts';
import { recordableText } from '../../config/settings/recordable-text.ts';
import { daysLeft } from '../../domain/policy/exceptions.ts';
import type { PolicySet } from '../../domain/policy/policy.ts';
import type { Settings } from '../../domain/settings.ts';
import { UserError } from '../../errors.ts';
import { withoutExternalIds } from '../../yaml/external-ids.ts';
import { readText } from '../../yaml/read-text.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import type { PolicyFlags } from '../line/flags.ts';
import type { Shell } from '../output/shell.ts';
import { sourceFolderHere } from '../output/source-roots.ts';
import type { PolicyFileRecord } from '../../domain/model/source-files.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';

/** What the user wrote, read and found right: it decides all that a run does. Throws with every complaint about every file at once. */
export async function loadInputs(flags: PolicyFlags, shell: Shell, now: Date): Promise<RunInputs> {
  const settings = loadSettings({ file: flags.config ?? null, flags: flags.settings, env: shell.env });
  const set = loadPolicySet(settings.policies, settings, now);
  const configuration = settings.file === null ? [] : [fileRecord(settings.file)];
  return {
    settings,
    set: withPlaceWarnings(set, settings),
    files: [...configuration, ...set.files],
    sourceFolder: await sourceFolderHere(shell.env),
  };
}

/**
 * What was loaded by this machine's clock, by AWS's as well: an exception counts only where both say that it does.
 *
 * @throws UserError for one that runs longer than exceptions.maxDays allows by AWS's clock
 */
export function onBothClocks({ set, ...loaded }: RunInputs, clock: Pick<SessionClock, 'date' | 'latest'>): RunInputs {
  const { maxDays } = loaded.settings.exceptions;
  for (const exception of set.exceptions) {
    const days = daysLeft(exception, clock.date()) - 1;
    if (days <= maxDays) continue;
    const { file, line } = exception.location;
    throw new UserError(
      `${file}:${line} the exception ends ${exception.expires}, ${days} days away by AWS's clock, and exceptions.maxDays allows ${maxDays}. End it earlier, and set this machine's clock.`,
    );
  }
  return { ...loaded, set: withPlaceWarnings(warnedAt(set, clock.latest()), loaded.settings) };
}

function withPlaceWarnings(set: PolicySet, settings: Settings): PolicySet {
  return { ...set, warnings: [...placeWarnings(set, settings), ...set.warnings] };
}

/** The role's external id appears nowhere; the hash is of the file as it lies. */
function fileRecord(file: string): PolicyFileRecord {
  // The digest is of what is kept: one of the whole would let the external id be guessed.
  const text = recordableText(textOf(file));
  return { file, sha256: sha256(text), names: [], text: withoutExternalIds(text) };
}

function textOf(file: string): string {
  const read = readText(file);
  if ('text' in read) return read.text;
  throw new SourceComplaintsError([read.complaint], new Map());
}
