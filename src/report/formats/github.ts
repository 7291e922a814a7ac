import { clockWarningsIn } from '../../domain/result/clock-warnings.ts';
import { isOpen, type Finding, type PoolRecord, type Result } from '../../domain/result/result.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { inChunks } from '../text/chunks.ts';
import { clipped } from '../text/clip.ts';
import { newControls, type ControlsCollector, type ControlSummary } from '../views/controls.ts';
import { workflowCommand } from '../text/escape/workflow-command.ts';
import { ageInWords, findingInWords, poolInWords } from '../text/finding-words.ts';
import type { FormatOptions } from '../format.ts';
import { newGapGroups, placesInWords } from '../views/gap-groups.ts';
import { controlsOf, policiesOf } from '../views/policies.ts';
import { sourcePath } from '../text/source-path.ts';
import { narrowings, verdictInWords, verdictOf } from '../views/verdict.ts';
import type { Severity } from '../../domain/model/severity.ts';

/** GitHub shows ten annotations of each level a step, and fifty a job (actions/toolkit, docs/problem-matchers.md). */
const shownOfLevel = 10;
const shownGapGroups = 3;
const shownControls = 10;
const messageCharacters = 500;

type Level = 'error' | 'warning' | 'notice';

const levels: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** Annotations for a GitHub workflow: what was not read, then drift at its policy line, worst first, then the verdict. */
export function github(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(lines(result, options));
}

async function* lines(result: Result, options: FormatOptions): AsyncGenerator<string> {
  const { head } = result;
  const gaps = await gapAnnotations(result);
  for (const gap of gaps) yield `${gap}\n`;
  const clocks = clockWarningsIn(head.warnings).map(({ message }) =>
    workflowCommand('warning', { title: 'mfa-drift: clock' }, message),
  );
  for (const clock of clocks) yield `${clock}\n`;
  const room: Record<Level, number> = {
    error: shownOfLevel - gaps.length,
    warning: shownOfLevel - clocks.length,
    notice: shownOfLevel - 1,
  };
  const controls = newControls(head);
  const drift = await driftAnnotations(result, room, options, controls);
  for (const line of drift.lines) yield `${line}\n`;
  const sentence = [verdictInWords(head), ...notReadInWords(head.summary.gaps.open), ...narrowings(head)];
  const left = drift.count - drift.lines.length;
  if (left > 0) sentence.push(`${counted(left, 'more finding')} without an annotation: see the other reports`);
  sentence.push(...controlsInWords(controls.found()));
  yield `${workflowCommand('notice', { title: `mfa-drift: ${verdictOf(head)}` }, sentence.join('; '))}\n`;
}

/** The controls under which something drifts; a control stands here because a policy names it. */
function controlsInWords(controls: readonly ControlSummary[]): readonly string[] {
  const drifting = controls.filter((control) => control.drifting > 0).map(({ id }) => id);
  if (drifting.length === 0) return [];
  const left = drifting.length - shownControls;
  const named = [...drifting.slice(0, shownControls), ...(left > 0 ? [`and ${wholeNumber(left)} more`] : [])];
  return [`drift under ${wholeNumber(drifting.length)} of ${counted(controls.length, 'control')}: ${named.join(', ')}`];
}

function notReadInWords(places: number): readonly string[] {
  return places === 0 ? [] : [`${counted(places, 'place')} not read`];
}

async function gapAnnotations(result: Result): Promise<readonly string[]> {
  const open = newGapGroups();
  for await (const gap of result.gaps()) if (isOpen(gap)) open.add(gap);
  const groups = open.groups();
  return groups.slice(0, shownGapGroups).map((group, index) => {
    const [account = ''] = group.accountIds;
    const where = group.accountIds.size === 1 ? `${placesInWords(group)} ${account}` : placesInWords(group);
    const left = groups.length - shownGapGroups;
    const more = index === shownGapGroups - 1 && left > 0 ? ` (and ${counted(left, 'more cause')})` : '';
    const message = `${where}: ${group.reason} (${group.code}). What to do: ${group.remedy}${more}`;
    return workflowCommand('error', { title: 'mfa-drift: not read' }, clipped(message, messageCharacters));
  });
}

interface Drift {
  readonly lines: readonly string[];
  readonly count: number;
}

async function driftAnnotations(
  result: Result,
  room: Readonly<Record<Level, number>>,
  options: FormatOptions,
  controls: ControlsCollector,
): Promise<Drift> {
  const policies = policiesOf(result.head);
  const kept: Record<Severity, string[]> = { critical: [], high: [], medium: [], low: [], info: [] };
  let count = 0;
  for await (const pool of result.pools()) {
    controls.pool(pool);
    const drift = pool.findings.filter(({ status }) => status === 'drift');
    count += drift.length;
    for (const finding of drift) {
      const { severity } = finding;
      if (kept[severity].length < room[levels[severity]]) {
        kept[severity].push(annotation(pool, finding, controlsOf(policies, finding), options));
      }
    }
  }
  const ofLevel = (level: Level, ...severities: readonly Severity[]): readonly string[] =>
    severities.flatMap((severity) => kept[severity]).slice(0, room[level]);
  const worst = [
    ...ofLevel('error', 'critical', 'high'),
    ...ofLevel('warning', 'medium'),
    ...ofLevel('notice', 'low', 'info'),
  ];
  return { lines: worst, count };
}

function annotation(pool: PoolRecord, finding: Finding, controls: readonly string[], options: FormatOptions): string {
  const { severity, policy } = finding;
  const more = [ageInWords(finding), ...(controls.length === 0 ? [] : [`controls: ${controls.join(', ')}`])];
  const about = more.filter((each) => each !== '').map((each) => `; ${each}`);
  const { place, words } = placeOf(finding, options);
  return workflowCommand(
    levels[severity],
    { title: `mfa-drift: ${severity}, ${policy ?? 'no policy matches'}`, ...place },
    clipped(`${poolInWords(pool)}: ${findingInWords(finding)}${words}${about.join('')}`, messageCharacters),
  );
}

/** GitHub knows files of the repository alone, by their path in it; another one is named in the message. */
function placeOf({ file, line, column }: Finding, { fallbackFile, sources }: FormatOptions) {
  const path = sourcePath(file ?? fallbackFile, sources);
  if ('outside' in path) return { place: {}, words: ` (${path.outside}${line === null ? '' : `:${line}`})` };
  const spot = {
    file: path.inside,
    ...(line === null ? {} : { line }),
    ...(line === null || column === null ? {} : { col: column }),
  };
  return { place: spot, words: '' };
}
