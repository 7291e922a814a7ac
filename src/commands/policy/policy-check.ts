import type { RunInputs } from '../../domain/policy/run-inputs.ts';
import type { Warning } from '../../domain/result/warning.ts';
import { UserError } from '../../errors.ts';
import { jsonPage } from '../../escape/json.ts';
import { visible } from '../../escape/visible.ts';
import { counted } from '../../number-format.ts';
import { policyCheckDocument, type PolicyCheckView } from '../../report/documents/policy-check-document.ts';
import type { DocumentFormat } from '../../report/format.ts';
import type { DocumentFlags, PolicyFlags } from '../line/flags.ts';
import { documentOutputs, writeFormatOutputs, type DrawFormat } from '../output/format-outputs.ts';
import { say, type Shell } from '../output/shell.ts';
import { usedOffline } from '../output/used-files.ts';
import { loadInputs } from '../run/inputs.ts';

export type PolicyCheckFlags = PolicyFlags & DocumentFlags;

const formats = {
  table: (view) => (view.error === null ? [okLine(view.inputs)] : []),
  json: (view) => [`${jsonPage(policyCheckDocument(view))}\n`],
} satisfies Record<DocumentFormat, DrawFormat<PolicyCheckView>>;

/** Exit 0 when everything is valid; warnings are shown and do not count. */
export async function policyCheck(flags: PolicyCheckFlags, shell: Shell): Promise<0> {
  const outputs = await documentOutputs(flags);
  const write = (view: PolicyCheckView): Promise<void> =>
    writeFormatOutputs(view, formats, outputs, { color: 'auto', redact: true }, shell);
  const now = new Date();
  const inputs = await loadInputs(flags, shell, now).catch(async (error: unknown) => {
    if (error instanceof UserError) await write({ error });
    throw error;
  });
  await say(shell, usedOffline(inputs.settings, now));
  for (const warning of inputs.set.warnings) await shell.stderr.write(`${warningLine(warning)}\n`);
  await write({ inputs, now, error: null });
  return 0;
}

function okLine({ set, settings }: RunInputs): string {
  const configuration = settings.file === null ? 'no configuration file' : visible(settings.file);
  const policies = counted(set.policies.length, 'policy', 'policies');
  const exceptions = counted(set.exceptions.length, 'exception');
  const warnings = set.warnings.length === 0 ? '' : ` · ${counted(set.warnings.length, 'warning')}`;
  return `OK  ${policies} · ${exceptions} · ${configuration}${warnings}\n`;
}

export function warningLine({ file, line, message }: Warning): string {
  const location = file === null ? '' : `${visible(file)}${line === null ? '' : `:${line}`}  `;
  return `warning: ${location}${visible(message)}`;
}
