import { median, medianInterval, type Kept, type Results, type Row } from './figure.ts';

const head = ['figure', 'reach', 'median', '95 %', 'least to most', 'runs', ''] as const;

/** For the terminal. */
export function figureTable({ title, rows, load }: Kept): string {
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `\n${title} (load before: ${load.toFixed(1)})\n${lines.join('\n')}`;
}

/** docs/performance.md. */
export function page({ machine, figures }: Results): string {
  return `${intro(machine)}${figures.map(section).join('\n')}`;
}

function intro(machine: string): string {
  return `# Performance

Measured on ${machine}. Written by \`npm run bench\`; get it again with

\`\`\`sh
npm ci
npm run bench                      # all, half an hour; --quick only tries that it works
npm run bench -- night start-up    # some of them
npm run bench -- --before ../earlier/dist/cli.js paired-audit paired-empty-units paired-start-up saved-results
npm run bench:scale                # what a larger organization would take, from these figures
npm run bench:peers                # beside other tools on the same organization
\`\`\`

The sandbox plays AWS in a process of its own. Floors are measured in the same run as what stands on them. Processor time
is the whole process's, user and system, start-up and garbage collection included. *Load* is what else ran on the machine
before the figure was taken: over 1 its times are too high, and ratios are what to trust. *95 %* is between what the true
median lies with that confidence, by the order of the runs alone; fewer than six runs can't say it.

*The build before* is the commit 2acee96, the last one whose requests all went through the SDK's client; it is built from its own
sources with the same packages, and the two builds run in turn.

What a larger organization would take is a simulation, at the end. One machine is bound there by its requests in flight
(\`limits.concurrency\`), and half as much by one core; \`--shard\` shares both, and the roles and the memory with them. What no machine shortens is
the largest unit. A machine stops holding where the units that it has finished fill its memory: more shards, then.

Beside the other tools of the field, with what each says of each kind of pool: [peers](peers.md).

*Start-up.* A measured process loads first what tells its processor time, bare Node too, and that makes Node load its modules' own loader. Without it
bare Node took 27 ms, \`--help\` 2.0 of that and \`policy check\` 6.5 (medians of 31, by hand, 2026-11-30). The goal for \`--help\` is below what its
library takes to say it: commander in one file of its own, with a help of sixteen commands and nothing else, was 1.36 of bare Node (medians of 41, the same day). So commander lays
every command's help out when the program is compiled, and \`--help\` shows that page; on less than 100 columns it is laid out anew, at 1.5 of bare Node, or 2.9 for a command with many flags.

*Spreads.* On Node 20 an object that is made by a literal which begins with a spread and adds members (\`{ ...facts, status }\`) has a hidden
class of its own: 17 µs and 3 kB where seven members are added to fourteen, 0.4 µs where the literal begins with a member
(\`{ status, ...facts }\`). Node 22 and later share the class (\`findings/node-20-classes-of-spread-literals.sh\`). So nothing that is made for each pool or each request begins with a spread.

That a run killed at any of 20 random moments gives, resumed, the undisturbed result is a test, not a figure:
\`test/end-to-end/resume.test.ts\`.

`;
}

function section({ title, measuredAt, load, rows }: Kept): string {
  const lines = [head, head.map(() => '---'), ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |`);
  return `## ${title}\n\n${measuredAt.slice(0, 10)}, load ${load.toFixed(1)}.\n\n${lines.join('\n')}\n`;
}

function cellsOf({ what, unit, values, reach }: Row): readonly string[] {
  const middle = median(values);
  const interval = medianInterval(values);
  return [
    what,
    reach === null ? '' : `≤ ${shown(reach, unit)}`,
    shown(middle, unit),
    interval === null ? '' : span(interval, unit),
    values.length > 1 ? span([Math.min(...values), Math.max(...values)], unit) : '',
    String(values.length),
    reach === null ? '' : middle <= reach ? 'reached' : 'missed',
  ];
}

function span([low, high]: readonly [low: number, high: number], unit: string): string {
  return `${shown(low, unit)} to ${shown(high, unit)}`;
}

/** Three digits that count. */
function shown(value: number, unit: string): string {
  const text = value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return unit === '' ? text : `${text} ${unit}`;
}
