import { compareTexts } from '../../../domain/model/order.ts';
import type { ResultHead } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import { clipped } from '../../text/clip.ts';
import type { ControlSummary } from '../../views/controls.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import { placesInWords, type GapGroup } from '../../views/gap-groups.ts';
import type { Overview } from '../../views/overview.ts';
import { fittedTable, tableHeader, tableRow, type Budget } from './budget.ts';

const textCharacters = 300;
const namedAccounts = 3;

export function notReadSection(overview: Overview, places: number, budget: Budget): string {
  if (places === 0) return '';
  const rows = overview.openGaps.map((group) =>
    tableRow([
      `${markdownText(placesInWords(group))} ${accountsOf(group, overview)}`.trimEnd(),
      `${prose(group.reason)} (${group.code})`,
      prose(group.remedy),
    ]),
  );
  return section(
    'Not read',
    `${counted(places, 'place')}: no verdict there.`,
    tableHeader(['Where', 'Why', 'What to do']),
    rows,
    budget,
  );
}

function accountsOf({ accountIds }: GapGroup, { accountNames }: Overview): string {
  const named = [...accountIds].slice(0, namedAccounts).map((id) => {
    const name = accountNames.get(id) ?? null;
    return name === null ? markdownCode(id) : `${markdownCode(id)} ${markdownCode(clipped(name, 60))}`;
  });
  const left = accountIds.size - named.length;
  return [...named, ...(left > 0 ? [`${wholeNumber(left)} more`] : [])].join(', ');
}

export function exceptedSection({ summary }: ResultHead, { exceptions }: Overview, budget: Budget): string {
  const { excepted } = summary.pools;
  const { accepted } = summary.gaps;
  if (excepted === 0 && accepted === 0) return '';
  const rows = exceptions
    .toSorted((one, other) => compareTexts(one.expires, other.expires))
    .map(({ expires, owner, ticket, reason, file, line }) =>
      tableRow([
        markdownCode(expires),
        markdownCode(clipped(owner, 100)),
        markdownCode(clipped(ticket ?? '', 100)),
        prose(reason),
        markdownCode(`${clipped(file, 100)}:${line}`),
      ]),
    );
  const sentence = `${counted(excepted, 'pool')} and ${counted(accepted, 'place')} not read stand under exceptions.`;
  return section('Excepted', sentence, tableHeader(['Until', 'Owner', 'Ticket', 'Reason', 'Written in']), rows, budget);
}

export function warningsSection({ warnings }: ResultHead, budget: Budget): string {
  if (warnings.length === 0) return '';
  const rows = warnings.map(({ file, line, message }) => {
    const place = file === null ? '' : `${clipped(file, 100)}${line === null ? '' : `:${line}`}`;
    return tableRow([markdownCode(place), prose(message)]);
  });
  return section('Warnings', `${counted(warnings.length, 'warning')}.`, tableHeader(['Where', 'What']), rows, budget);
}

export function controlsSection(controls: readonly ControlSummary[], budget: Budget): string {
  if (controls.length === 0) return '';
  const rows = controls.map(({ id, policies, pools, drifting, excepted, notRead, caveat }) =>
    tableRow([
      markdownCode(clipped(id, 100)),
      markdownCode(clipped(policies.join(', '), 100)),
      ...[pools, drifting, excepted, notRead].map(wholeNumber),
      caveat === null ? '' : prose(caveat),
    ]),
  );
  const sentence =
    'A control stands here because a policy names it: evidence for a setting, not for the whole control.';
  const names = ['Control', 'Policies', 'Pools', 'Drift', 'Excepted', 'Not read', 'Mind'];
  return section('Controls', sentence, tableHeader(names), rows, budget);
}

function section(
  title: string,
  sentence: string,
  header: readonly string[],
  rows: readonly string[],
  budget: Budget,
): string {
  const { lines, left } = fittedTable(header, rows, budget);
  const table = lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
  return `\n### ${title}\n\n${sentence}\n${table}${left === 0 ? '' : `\n${counted(left, 'more line')} not shown here.\n`}`;
}

function prose(text: string): string {
  return markdownText(clipped(text, textCharacters));
}
