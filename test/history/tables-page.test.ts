import { expect, it } from 'vitest';
import type { ColumnType } from '../../src/history/columns.ts';
import { tableNames, tables, type Table, type TableName } from '../../src/history/tables.ts';
import { markdownTable } from '../markdown-table.ts';

const athena: Readonly<Record<ColumnType, string>> = {
  STRING: 'string',
  INT32: 'int',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  TIMESTAMP: 'timestamp',
};

function section(name: TableName): string {
  const { what, columns }: Table = tables[name];
  const rows = Object.entries(columns).map(([column, [type, says]]) => [`\`${column}\``, type, says]);
  return `## ${name}\n${what[0]?.toUpperCase()}${what.slice(1)}.\n\n${markdownTable(['column', 'type', 'what it says'], rows)}`;
}

function definition(name: TableName): string {
  const columns = Object.entries(tables[name].columns).map(([column, [type]]) => `  \`${column}\` ${athena[type]}`);
  return `CREATE EXTERNAL TABLE all_${name} (
${columns.join(',\n')}
)
PARTITIONED BY (\`date\` string)
STORED AS PARQUET
LOCATION 's3://BUCKET/history/${name}/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW',
  'storage.location.template' = 's3://BUCKET/history/${name}/date=\${date}/'
);`;
}

/** The page as the code has it; `npx vitest run tables-page --update` writes it anew. */
const page = `# The tables of a history

Every column of the tables that [history.md](history.md) speaks of; written from the tables of the code, and a test holds it to
them. Every file also has its partition, \`date\`. STRING is UTF-8; TIMESTAMP is milliseconds, UTC; every column may be null.

${tableNames.map(section).join('\n\n')}

## For Athena
With your bucket, and the year in which your history begins. Partitions are found by projection, so no crawler runs. \`all_\`, since
they have every run; of each day the last is what the views of [history.md](history.md#ten-questions) show. These
definitions were parsed and not run: nobody here has an AWS account.

${tableNames.map((name) => `\`\`\`sql\n${definition(name)}\n\`\`\``).join('\n\n')}
`;

it('docs/history-tables.md says what the code says', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/history-tables.md');
});
