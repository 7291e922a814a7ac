import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { loadPolicySet } from '../config/policies/load-policy-set.ts';
import { loadSettings } from '../config/settings/load-settings.ts';
import type { SettingFlags } from '../config/settings/environment.ts';
import { recordableText } from '../config/settings/recordable-text.ts';
import type { PolicySet } from '../domain/policy.ts';
import type { PolicyFileRecord } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import { withoutExternalIds } from '../yaml/external-ids.ts';
import type { PolicyFlags } from './flags.ts';
import type { Shell } from './shell.ts';

/** What the user wrote, read and found right: it decides all that a run does. */
export interface Loaded {
  readonly settings: Settings;
  readonly set: PolicySet;
  /** The configuration first, where there is one, then policies and exceptions: texts as they were, save secrets. */
  readonly files: readonly PolicyFileRecord[];
}

/** Throws with every complaint about every file at once. */
export async function loadInputs(flags: PolicyFlags & SettingFlags, shell: Shell, now: Date): Promise<Loaded> {
  const settings = loadSettings({ file: flags.config ?? null, flags, env: shell.env });
  const set = loadPolicySet(settings.policies, settings, now);
  const configuration = settings.file === null ? [] : [await fileRecord(settings.file)];
  return { settings, set, files: [...configuration, ...set.files] };
}

/** The role's external id appears nowhere; the hash is of the file as it lies. */
async function fileRecord(file: string): Promise<PolicyFileRecord> {
  // The digest is of what is kept: one of the whole would let the external id be guessed.
  const text = recordableText(await readFile(file, 'utf8'));
  return { file, sha256: sha256(text), names: [], text: withoutExternalIds(text) };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
