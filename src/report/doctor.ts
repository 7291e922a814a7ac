/** What an audit would be able to read, and how to mend what it would not. */
import { doctorWarningsIn } from './views/doctor-warnings.ts';
import { isOpen, type Gap, type Result } from '../domain/result/result.ts';
import { counted, wholeNumber } from '../number-format.ts';
import { inChunks } from './text/chunks.ts';
import { visible } from '../escape/visible.ts';
import type { PageOptions } from './format.ts';
import { newGapGroups } from './views/gap-groups.ts';
import { collectOverview } from './views/overview.ts';
import { masked, maskGap, type Masking } from '../result/redact.ts';
import { coverageLines } from './formats/table/closing.ts';
import { wrapped } from './formats/table/layout.ts';
import { gapSection, namedAccounts, notReadSection } from './formats/table/not-read-section.ts';
import { newPage, type TablePage } from './formats/table/page.ts';

const limits = { accountsPerGap: namedAccounts };

/** What doctor learned beside the result of its reading. */
export interface DoctorFindings {
  /** 0: there were none yet, and what most policies need was tried. */
  readonly policies: number;
  /** Where they were looked for. */
  readonly policyPaths: readonly string[];
  /** How many pools an audit would read. */
  readonly pools: number;
  /** `null`: nothing is set up that writes. */
  readonly writing: TrialFindings | null;
  /** `null`: the configuration does not ask who changed pools. */
  readonly blaming: TrialFindings | null;
}

export interface TrialFindings {
  /** In how many accounts it was tried. */
  readonly accounts: number;
  readonly accountNames: ReadonlyMap<string, string | null>;
  /** One for each account in which it did not succeed; those that an exception accepts say so. */
  readonly gaps: readonly Gap[];
}

export function doctorReport(result: Result, findings: DoctorFindings, options: PageOptions): AsyncIterable<string> {
  return inChunks(lines(result, findings, options));
}

/** The last line on standard error, as of other commands: the code, and in words what made it. */
export function doctorSentence(exitCode: number, { head }: Result, findings: DoctorFindings): string {
  const { open, accepted } = head.summary.gaps;
  const failed = trials.map(({ name, fails }) => [findings[name]?.gaps.filter(isOpen).length ?? 0, fails] as const);
  const facts = [
    head.run.interrupted ? 'interrupted before everything was tried' : '',
    open > 0 ? `${counted(open, 'place')} can't be read` : '',
    ...failed.map(([accounts, fails]) => (accounts > 0 ? `${counted(accounts, 'account')} ${fails}` : '')),
  ].filter((fact) => fact !== '');
  const excused = accepted > 0 ? [`${counted(accepted, 'gap is', 'gaps are')} accepted by exceptions`] : [];
  return `exit ${exitCode}: ${[...(facts.length === 0 ? ['all that was tried is allowed'] : facts), ...excused].join('; ')}`;
}

async function* lines(whole: Result, findings: DoctorFindings, options: PageOptions): AsyncGenerator<string> {
  const { masking } = options;
  const result = masked(whole, masking);
  const page = newPage(options);
  const overview = await collectOverview(result, limits);
  for (const line of answers(result, findings, page)) yield `${line}\n`;
  for (const line of warningLines(result, page)) yield `${line}\n`;
  for (const line of notReadSection(overview, result.head.summary.gaps.open, page)) yield `${line}\n`;
  for (const trial of trials) {
    const found = findings[trial.name];
    if (found !== null) for (const line of failedSection(found, trial, masking, page)) yield `${line}\n`;
  }
  const pools = `${counted(findings.pools, 'pool')} that an audit reads`;
  for (const line of coverageLines(result.head, overview, page, pools)) yield `${line}\n`;
}

/** Nothing where this machine's clock is AWS's, and whatever was asked about accounts and regions was answered. */
function warningLines({ head }: Result, { paint, columns }: TablePage): readonly string[] {
  return doctorWarningsIn(head.warnings).flatMap(({ code, message }) =>
    wrapped(message, columns - margin).map((text, index) =>
      index === 0 ? `${paint.unknown(code === 'fact-unread' ? less : off)}${text}` : `${' '.repeat(margin)}${text}`,
    ),
  );
}

const off = 'off   clock          ';
const less = 'less  look-ups       ';
const margin = off.length;

interface Trial {
  readonly name: 'writing' | 'blaming';
  readonly answer: string;
  readonly can: string;
  readonly fails: string;
  readonly title: string;
  readonly cannot: string;
}

const trials: readonly Trial[] = [
  {
    name: 'writing',
    answer: 'remediation',
    can: 'can be written',
    fails: "can't be written",
    title: 'NOT WRITTEN',
    cannot: 'nothing can be put right there',
  },
  {
    name: 'blaming',
    answer: 'blame',
    can: 'can be asked who changed their pools',
    fails: "can't be asked who changed its pools",
    title: 'NOT ASKED',
    cannot: 'CloudTrail does not tell there who changed a pool',
  },
];

function failedSection(
  { gaps, accountNames }: TrialFindings,
  { title, cannot }: Trial,
  masking: Masking,
  page: TablePage,
): Generator<string> {
  const groups = newGapGroups();
  const open = gaps.filter(isOpen);
  for (const gap of open) groups.add(masking === 'shared' ? maskGap(gap) : gap);
  const heading = `${page.paint.unknown(title)}  ${counted(open.length, 'account')}: ${cannot}`;
  return gapSection(heading, groups.groups(), accountNames, page);
}

function answers({ head: { run, summary } }: Result, findings: DoctorFindings, page: TablePage): readonly string[] {
  const { paint } = page;
  const { listed, skipped, audited } = summary.accounts;
  const tried = listed - skipped;
  const roles = `${wholeNumber(audited)} of ${counted(tried, 'account')} can be read wholly`;
  const { open, accepted } = summary.gaps;
  const excused = accepted === 0 ? '' : `; ${counted(accepted, 'gap')} accepted by an exception`;
  const policies =
    findings.policies > 0
      ? `${paint.good('ok')}    policies       ${counted(findings.policies, 'policy', 'policies')}`
      : `${paint.unknown('none')}  policies       none in ${visible(findings.policyPaths.join(', '))}: what most of them need was tried`;
  return [
    `${paint.good('ok')}    credentials    ${visible(run.callerArn ?? '')}`,
    run.organizationId === null
      ? `${paint.unknown('none')}  organization   the caller's account is in none, or may not ask`
      : `${paint.good('ok')}    organization   ${visible(run.organizationId)}, ${counted(listed, 'account')}`,
    policies,
    `${audited === tried || open === 0 ? `${paint.good('ok')}  ` : paint.bad('FAIL')}  roles          ${roles}`,
    open === 0
      ? `${paint.good('ok')}    permissions    every region was listed, and its first pool read and described${excused}`
      : `${paint.bad('FAIL')}  permissions    ${counted(open, 'place')} can't be read; below is why and what to do${excused}`,
    ...trials.flatMap((trial) => trialAnswer(findings[trial.name], trial, page)),
  ];
}

function trialAnswer(found: TrialFindings | null, { answer, can }: Trial, { paint }: TablePage): readonly string[] {
  if (found === null) return [];
  const { accounts, gaps } = found;
  const text = `${answer.padEnd(14)} ${wholeNumber(accounts - gaps.length)} of ${counted(accounts, 'account')} ${can}`;
  return [gaps.some(isOpen) ? `${paint.bad('FAIL')}  ${text}` : `${paint.good('ok')}    ${text}`];
}
