/** The page that says every transition: the risk table, what a call must meet, and what the enumeration counted. */
import { requirements } from '../../../src/domain/remediation/service-rules/requirements.ts';
import { riskTable, type Case } from '../../../src/domain/remediation/risk/risk-table.ts';
import { conditions } from '../../../src/domain/remediation/risk/risk-conditions.ts';
import { dimensions } from './pool-space.ts';

export interface Enumeration {
  /** Transitions by target, then by label. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Ways through the sandbox's switches in which changes were carried out. */
  readonly worlds: number;
}

const number = new Intl.NumberFormat('en-US');

/** All but what was counted. */
export function rulesOfFixes(): string {
  return `# What a fix may do to a pool

This page is written by \`test/domain/remediation/enumeration.test.ts\`, from the tables that the program itself uses. It
changes when they do.

## The risk of every change of a field

A change has the highest risk of its entries. A dash is refused (\`unknown-transition\`).

${table(['Field', 'Change', 'Where', 'Risk', 'What it means'], riskRows())}

## What a call must meet

The service refuses a call that does not, or does what nobody asked for. So does the plan, before any call.

${table(
  ['Rule', 'Refused as', 'Source'],
  requirements.map(({ id, code, source }) => [id, `\`${code}\``, source]),
)}
`;
}

export function transitionsPage({ counts, worlds }: Enumeration): string {
  const total = sum([...counts.values()].flatMap((labels) => [...labels.values()]));
  const space = Object.entries(dimensions).map(([name, values]) => `${name} (${values})`);
  return `${rulesOfFixes()}
## Every transition, played

Every mixture of ${space.join(', ')}: each with each of the ${counts.size} targets below, ${number.format(total)} transitions. Pools
that differ only in what can't matter to a target are played once. Every change was carried out against the sandbox's
rules under every setting of its switches that makes a difference (${number.format(worlds)} runs): accepted, verified by
reading back, every other field kept, and undone as \`reversible\` says. None was refused by the service, and none
disrupted or weakened beyond its risk.

${outcomes(counts)}
`;
}

function riskRows(): readonly (readonly string[])[] {
  return Object.entries(riskTable).flatMap(([field, changes]) =>
    Object.entries<readonly Case[]>(changes).flatMap(([change, cases]) =>
      cases.length === 0
        ? [[field, change, 'always', '–', '']]
        : cases.map(({ when, risk, reason }) => [field, change, whereOf(when, cases), risk, reason]),
    ),
  );
}

function whereOf(when: Case['when'], cases: readonly Case[]): string {
  if (when !== 'otherwise') return conditions[when].says;
  return cases.length === 1 ? 'always' : 'otherwise';
}

function outcomes(counts: Enumeration['counts']): string {
  const labels = [...new Set([...counts.values()].flatMap((each) => [...each.keys()]))].sort();
  const rows = [...counts].map(([target, each]) => [
    target,
    ...labels.map((label) => (each.has(label) ? number.format(each.get(label) ?? 0) : '')),
  ]);
  const totals = labels.map((label) => number.format(sum([...counts.values()].map((each) => each.get(label) ?? 0))));
  return table(['Target', ...labels], [...rows, ['**all**', ...totals]]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
