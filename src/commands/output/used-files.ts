/** Which configuration and which policies a run goes by: the first line of every run, since the wrong ones look green. */
import type { Settings } from '../../domain/settings.ts';
import { say, type Shell } from './shell.ts';

/** @param callerAccountId `null`: it is not known yet, or no AWS is asked */
export function usedFiles(
  { file, policies, accounts }: Pick<Settings, 'file' | 'policies' | 'accounts'>,
  callerAccountId: string | null,
): string {
  const configuration = file === null ? 'no configuration' : `configuration ${file}`;
  const scope = accounts.kind === 'caller' && callerAccountId !== null ? `: only account ${callerAccountId}` : '';
  return `${configuration}${scope} · policies in ${policies.join(', ')}`;
}

/** Offline, AWS says no time: what depends on the day does so by this machine's clock. */
export function usedOffline(settings: Pick<Settings, 'file' | 'policies' | 'accounts'>, now: Date): string {
  return `${usedFiles(settings, null)} · by this machine's clock alone, ${now.toISOString().slice(0, 10)} UTC`;
}

/** Says such a line on standard error; with `--quiet` only where there is no configuration, which nobody may overlook. */
export function sayUsed(
  { file }: Pick<Settings, 'file'>,
  { quiet = false }: { readonly quiet?: boolean },
  shell: Pick<Shell, 'stderr'>,
): (line: string) => Promise<void> {
  return async (line) => {
    if (!quiet || file === null) await say(shell, line);
  };
}
