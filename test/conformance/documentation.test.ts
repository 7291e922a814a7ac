import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventRules } from '../../src/sandbox/cloudtrail/event-rules.ts';
import { tagRules } from '../../src/sandbox/cognito/tag-rules.ts';
import { userRules } from '../../src/sandbox/cognito/user-rules.ts';
import { lifeRules } from '../../src/sandbox/cognito/life/rules.ts';
import { allRules } from '../../src/sandbox/cognito/rules/rules.ts';
import { switchTable } from '../../src/sandbox/cognito/open-questions.ts';
import { markdownTable } from '../markdown-table.ts';
import { readCases } from './case.ts';
import { readDeviations } from './verdict.ts';

/** The page as the code has it; `npx vitest run test/conformance/documentation.test.ts -u` writes it anew. */
const page = `# What the sandbox keeps of Cognito

Written from the tables in \`src/sandbox/cognito/\`; a test holds it to them. Sources are public: the AWS developer guide,
botocore's API model, and projects that measured the service. How to check a rule: [conformance.md](conformance.md).

## Rules, in the order in which they apply
${markdownTable(
  ['rule', 'what the service does', 'source'],
  allRules().map(({ id, says, source }) => [`\`${id}\``, says, source]),
)}

Of the order, only this is measured: the exclusion of OFF comes before the check of the e-mail sender.

## Making, updating and deleting a pool
${markdownTable(
  ['rule', 'what the service does', 'source'],
  lifeRules.map(({ id, says, source }) => [`\`${id}\``, says, source]),
)}

## Tags
${markdownTable(
  ['rule', 'what the service does', 'source'],
  tagRules.map(({ id, says, source }) => [`\`${id}\``, says, source]),
)}

## Users
${markdownTable(
  ['rule', 'what the service does', 'source'],
  userRules.map(({ id, says, source }) => [`\`${id}\``, says, source]),
)}

## Events of changes
${markdownTable(
  ['rule', 'what the service does', 'source'],
  eventRules.map(({ id, says, source }) => [`\`${id}\``, says, source]),
)}

## Open questions
What nobody measured is a switch of the sandbox, with every plausible answer. The first is the default;
\`--unverified ID=ANSWER\` of [the sandbox](sandbox.md) chooses another.

${markdownTable(
  ['switch', 'question', 'answers', 'source'],
  switchTable.map(({ id, question, answers, source }) => [
    `\`${id}\``,
    question,
    answers.map((answer) => `\`${answer}\``).join(', '),
    source,
  ]),
)}
`;

describe('docs/cognito-rules.md', () => {
  it('lists every rule and every switch as the code has them', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/cognito-rules.md');
  });
});

describe('docs/conformance.md', () => {
  const cases = readCases(new URL('cases', import.meta.url).pathname);
  const deviations = readDeviations(new URL('moto-deviations.yaml', import.meta.url).pathname, cases);
  const text = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `([\w-]+)` +\| [^|]* \| ([^|]*?) +\| ([^|]*?) +\|$/gm)];

  it('has a row for every case', () => {
    expect(rows.map(([, id]) => id)).toEqual(cases.map(({ id }) => id));
  });

  it('says of moto what is known of it', () => {
    const otherwise = rows.filter(([, , moto]) => moto === '**otherwise**').map(([, id]) => id);
    expect(new Set(otherwise)).toEqual(new Set(deviations.keys()));
  });
});
