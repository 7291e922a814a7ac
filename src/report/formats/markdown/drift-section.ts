import type { Finding, PoolRecord } from '../../../domain/result/result.ts';
import { counted } from '../../../number-format.ts';
import { poolBlameInWords } from '../../text/blame-words.ts';
import { clipped } from '../../text/clip.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import { foundInWords, wantedInWords } from '../../text/value-words.ts';
import type { WorstFindings } from '../../views/worst-findings.ts';
import { fittedTable, tableHeader, tableRow, type Budget } from './budget.ts';

const cellCharacters = 120;
const blameCharacters = 300;

const header = tableHeader(['Severity', 'Policy', 'Account', 'Region', 'Pool', 'Setting', 'Wanted', 'Found', 'Since']);

/** Worst first, as many as fit; what is left out is counted, with the place where all are. */
export function driftSection({ kept, driftCount }: WorstFindings<string>, budget: Budget): string {
  if (driftCount === 0) return '';
  const { lines } = fittedTable(header, kept, budget);
  const shown = Math.max(0, lines.length - header.length);
  const left =
    driftCount === shown
      ? []
      : [
          '',
          `${counted(driftCount - shown, 'more finding')} not shown here; all of them: \`--report html=drift.html\``,
        ];
  return `\n### Drift\n\n${[...lines, ...left].join('\n')}\n`;
}

export function driftRow(pool: PoolRecord, finding: Finding, fallbackFile: string): string {
  const { severity, policy, path, expected, actual, file, line } = finding;
  const place = `${file ?? fallbackFile}${line === null ? '' : `:${line}`}`;
  const uncovered = policy === null;
  return tableRow([
    severity,
    `${uncovered ? 'none matches' : cell(policy)}<br>${cell(place)}`,
    `${cell(pool.accountName ?? '')} ${cell(pool.accountId)}`.trimStart(),
    cell(pool.region),
    `${cell(pool.poolName)} ${cell(pool.poolId)}`,
    cell(path),
    uncovered ? 'a policy' : cell(wantedInWords(expected)),
    uncovered ? '' : cell(foundInWords(actual)),
    sinceInWords(pool, finding),
  ]);
}

function cell(text: string): string {
  return markdownCode(clipped(text, cellCharacters));
}

/** And, where somebody asked, who changed the pool last. */
function sinceInWords(pool: PoolRecord, finding: Finding): string {
  const words = poolBlameInWords(pool);
  return [ageInWords(finding), words === null ? '' : `last change: ${markdownText(clipped(words, blameCharacters))}`]
    .filter((part) => part !== '')
    .join('<br>');
}

function ageInWords({ change, since, exception }: Finding): string {
  if (exception?.expired === true) return `exception expired ${cell(exception.expires)}`;
  if (change === 'new') return 'new';
  return since === null ? '' : cell(since.slice(0, 10));
}
