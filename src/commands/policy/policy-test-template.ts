import { foreignModes } from '../../config/schemas/foreign-words.ts';
import { loadPolicySet } from '../../config/policies/load-policy-set.ts';
import { loadSettings } from '../../config/settings/load-settings.ts';
import { loadTemplate, type TemplateFile } from '../../config/templates/load-template.ts';
import { judgeTemplate, type JudgedTemplate, type LocatedFault } from '../../domain/template/judged-template.ts';
import { countTemplates, templateExitCode } from '../../domain/template/stands.ts';
import type { Deployment } from '../../domain/template/template.ts';
import { UserError, type Complaint } from '../../errors.ts';
import { jsonPage } from '../../escape/json.ts';
import { templateDocument, type TemplateView } from '../../report/documents/template-document.ts';
import type { DocumentFormat } from '../../report/format.ts';
import { templateText } from '../../report/template-text.ts';
import { suggest } from '../../yaml/nearest.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import type { DeploymentFlags } from '../line/deployment-flags.ts';
import type { DocumentFlags, PolicyFlags } from '../line/flags.ts';
import { documentOutputs, writeFormatOutputs, type DrawFormat } from '../output/format-outputs.ts';
import { say, type Shell } from '../output/shell.ts';
import { usedFiles } from '../output/used-files.ts';

export interface TemplateFlags extends PolicyFlags, DocumentFlags, DeploymentFlags {
  readonly template: readonly string[];
}

const formats = {
  table: ({ judged, error }, { columns }) => (error === null ? [templateText(judged, columns)] : []),
  json: (view) => [`${jsonPage(templateDocument(view))}\n`],
} satisfies Record<DocumentFormat, DrawFormat<TemplateView>>;

/** Judges the pools of templates before they are deployed; 0 when all of them surely hold. */
export async function policyTestTemplate(flags: TemplateFlags, shell: Shell): Promise<0 | 2 | 3> {
  const outputs = await documentOutputs(flags);
  const write = (view: TemplateView): Promise<void> =>
    writeFormatOutputs(view, formats, outputs, { color: 'auto', redact: true }, shell);
  const judged = await judge(flags, shell).catch(async (error: unknown) => {
    if (error instanceof UserError) await write({ judged: [], error });
    throw error;
  });
  await write({ judged, error: null });
  return templateExitCode(countTemplates(judged));
}

/** Throws UserError where a template could not be deployed, or has no pool. */
async function judge(flags: TemplateFlags, shell: Shell): Promise<readonly JudgedTemplate[]> {
  const settings = loadSettings({ file: flags.config ?? null, flags: flags.settings, env: shell.env });
  await say(shell, usedFiles(settings, null));
  const set = loadPolicySet(settings.policies, settings);
  const files = flags.template.map(loadTemplate);
  const rules = { set, requireCoverage: settings.requireCoverage };
  const judged = files.flatMap(({ template }) =>
    template === null ? [] : [judgeTemplate(template, deploymentOf(flags), rules)],
  );
  refuseFaults(files, judged);
  const { pools, unknown } = countTemplates(judged);
  if (pools > 0 || unknown > 0) return judged;
  throw new UserError(
    `No user pool in ${flags.template.join(', ')}: there is no resource of type AWS::Cognito::UserPool that would be made.`,
  );
}

function refuseFaults(files: readonly TemplateFile[], judged: readonly JudgedTemplate[]): void {
  const complaints = [
    ...files.flatMap((file) => file.complaints),
    ...judged.flatMap(({ file, faults }) => faults.map((fault) => complaintAbout(fault, file))),
  ];
  const texts = files.flatMap(({ template, text, complaints: [first] }): [string, string][] => {
    const file = template?.file ?? first?.file;
    return file === undefined || text === null ? [] : [[file, text]];
  });
  if (complaints.length > 0) throw new SourceComplaintsError(complaints, new Map(texts));
}

function complaintAbout({ message, allowed, found, location, property }: LocatedFault, file: string): Complaint {
  return {
    file,
    line: location.line,
    column: location.column,
    message,
    hint: hintFor(found, allowed),
    width: property.length,
  };
}

function hintFor(found: string, allowed: readonly string[]): string | null {
  if (found === 'ON' || found === 'OFF') return `write "${found}"`;
  if (found === 'REQUIRED' && allowed.includes('ON')) return foreignModes.REQUIRED;
  return allowed.length === 0 ? null : suggest(found, allowed);
}

function deploymentOf(flags: DeploymentFlags): Deployment {
  return {
    accountId: flags.account ?? null,
    accountName: flags.accountName ?? null,
    accountTags: flags.accountTag ?? null,
    unitPath: flags.organizationalUnit ?? null,
    region: flags.region ?? null,
    stackTags: flags.stackTag === false ? {} : (flags.stackTag ?? null),
    users: flags.users ?? null,
    parameters: flags.parameter ?? {},
  };
}
