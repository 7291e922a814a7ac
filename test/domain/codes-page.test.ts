import { expect, it } from 'vitest';
import { exitMeanings } from '../../src/domain/result/exit-code.ts';
import { gapCodes, gapMeanings, skipMeanings, skipReasons, type Meaning } from '../../src/domain/model/observation.ts';
import { refusalCodes, refusalMeanings } from '../../src/domain/remediation/model/refusals.ts';
import { warningCodes, warningMeanings } from '../../src/domain/result/warning.ts';
import { markdownTable } from '../markdown-table.ts';

function meant<Code extends string>(codes: readonly Code[], meanings: Readonly<Record<Code, Meaning>>): string {
  return markdownTable(
    ['code', 'what it says', 'what to do'],
    codes.map((code) => [`\`${code}\``, meanings[code].what, meanings[code].help]),
  );
}

function said<Code extends string>(codes: readonly Code[], meanings: Readonly<Record<Code, string>>): string {
  return markdownTable(
    ['code', 'what it says'],
    codes.map((code) => [`\`${code}\``, meanings[code]]),
  );
}

/** The page as the code has it; `npx vitest run codes-page -u` writes it anew. */
const page = `# Codes

Every code that a result, a plan or the program can say; written from the tables of the code, and a test holds it to them.

## Exit codes
Of those that hold, 4 outranks 3, and 3 outranks 2. \`--exit-zero\` leaves 1, 4 and the signals alone.

${markdownTable(
  ['code', 'what it says'],
  Object.entries(exitMeanings).map(([code, { what }]) => [code, what]),
)}

## Gaps
What was in scope and was not read (\`gaps\` of a result). An open one makes exit code 3; an exception accepts one by its code.

${meant(gapCodes, gapMeanings)}

## Skips
What was rightly not read (\`skipped\` of a result); it makes no exit code.

${said(skipReasons, skipMeanings)}

## Warnings
What a run says beside its verdicts (\`warnings\` of a result); it makes no exit code.

${meant(warningCodes, warningMeanings)}

## Refusals
Why a change is not made (\`refused\` of a plan). Of several, the first in this order is the refusal's code.

${said(refusalCodes, refusalMeanings)}
`;

it('docs/codes.md lists every code as the code has them', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/codes.md');
});
