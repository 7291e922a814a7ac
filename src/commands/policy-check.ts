import { visible } from '../escape/visible.ts';
import { counted } from '../number-format.ts';
import type { PolicyFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import { say, type Shell } from './output/shell.ts';
import { usedOffline } from './output/used-files.ts';
import type { Warning } from '../domain/result/warning.ts';

/** Exit 0 when everything is valid; warnings are shown and do not count. */
export async function policyCheck(flags: PolicyFlags, shell: Shell): Promise<0> {
  const now = new Date();
  const { set, settings } = await loadInputs(flags, shell, now);
  await say(shell, usedOffline(settings, now));
  for (const warning of set.warnings) await shell.stderr.write(`${warningLine(warning)}\n`);
  const configuration = settings.file === null ? 'no configuration file' : visible(settings.file);
  const policies = counted(set.policies.length, 'policy', 'policies');
  const exceptions = counted(set.exceptions.length, 'exception');
  const warnings = set.warnings.length === 0 ? '' : ` · ${counted(set.warnings.length, 'warning')}`;
  await shell.stdout.write(`OK  ${policies} · ${exceptions} · ${configuration}${warnings}\n`);
  return 0;
}

export function warningLine({ file, line, message }: Warning): string {
  const place = file === null ? '' : `${visible(file)}${line === null ? '' : `:${line}`}  `;
  return `warning: ${place}${visible(message)}`;
}
