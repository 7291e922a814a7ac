/** What is a case, how it ended, and its element. */
import type { ClockWarning } from '../../../domain/result/clock-warnings.ts';
import { isOpen, type Finding, type Gap, type PoolRecord, type PolicyRecord } from '../../../domain/result/result.ts';
import { wholeNumber } from '../../../number-format.ts';
import { xmlAttributes, xmlText } from '../../text/escape/xml.ts';
import { ageInWords } from '../../text/finding-words.ts';
import { placeInWords } from '../../views/gap-places.ts';
import { controlsOf } from '../../views/policies.ts';
import { sentence } from '../../text/sentence.ts';
import { foundInWords, wantedInWords } from '../../text/value-words.ts';

/** Nobody measures how long the verdict of one pool took, and some readers show NaN where a time is missing. */
export const notMeasured = '0';

export function suiteOf({ accountId, accountName, region }: PoolRecord): string {
  return `${accountName === null ? '' : `${accountName} `}${accountId} ${region}`;
}

export interface PoolCase {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/**
 * One case for each policy that matches; a pool that none matches has one of its own. Of a pool that was not wholly read
 * only what was found is a case: no finding is no verdict there, and its gap is an error already.
 */
export function casesOf(pool: PoolRecord): readonly PoolCase[] {
  const cases = policyCasesOf(pool);
  return pool.status === 'unreadable' ? cases.filter(({ findings }) => findings.length > 0) : cases;
}

function policyCasesOf(pool: PoolRecord): readonly PoolCase[] {
  const uncovered = pool.findings.filter(({ policy }) => policy === null);
  const cases = pool.policies.map((name) => ({
    name,
    findings: pool.findings.filter(({ policy }) => policy === name),
  }));
  if (uncovered.length === 0) return cases;
  return [...cases, { name: 'a policy that matches', findings: uncovered }];
}

export function outcomeOf({ findings }: PoolCase): 'failure' | 'skipped' | 'success' {
  if (findings.some(({ status }) => status === 'drift')) return 'failure';
  return findings.some(({ status }) => status === 'excepted') ? 'skipped' : 'success';
}

export function* gapCase(gap: Gap): Generator<string> {
  const name = placeInWords(gap);
  yield `    <testcase${xmlAttributes({ classname: `not read.${gap.code}`, name, time: notMeasured })}>`;
  const { accepted, code, message, remedy } = gap;
  if (isOpen(gap)) {
    const text = `${sentence(`${code}: ${message}`)} What to do: ${sentence(remedy)}`;
    yield `      <error${xmlAttributes({ type: code, message })}>${xmlText(text)}</error>`;
  } else {
    yield skipped(code, `accepted: ${accepted === null ? '' : exceptionInWords(accepted)}`, []);
  }
  yield '    </testcase>';
}

/** Neither a pass nor a failure of any pool. */
export function* clockCase({ code, message }: ClockWarning): Generator<string> {
  yield `    <testcase${xmlAttributes({ classname: 'clock', name: code, time: notMeasured })}>`;
  yield skipped(code, message, []);
  yield '    </testcase>';
}

export function* poolCase(
  pool: PoolRecord,
  testcase: PoolCase,
  policies: ReadonlyMap<string, PolicyRecord>,
): Generator<string> {
  const name = `${pool.poolName} ${pool.poolId}: ${testcase.name}`;
  const attributes = xmlAttributes({ classname: suiteOf(pool), name, time: notMeasured });
  const outcome = outcomeOf(testcase);
  if (outcome === 'success') {
    yield `    <testcase${attributes}/>`;
    return;
  }
  yield `    <testcase${attributes}>`;
  const [first] = testcase.findings;
  const controls = first === undefined ? [] : controlsOf(policies, first);
  const about = [...(controls.length === 0 ? [] : [`controls: ${controls.join(', ')}`]), pool.poolArn];
  yield outcome === 'failure' ? failure(testcase, about) : excused(testcase, about);
  yield '    </testcase>';
}

/** One failure a case, since readers show one: all of its findings are in its text. */
function failure({ findings }: PoolCase, about: readonly string[]): string {
  const drift = findings.filter(({ status }) => status === 'drift');
  const [first] = drift;
  const more = drift.length > 1 ? `, and ${wholeNumber(drift.length - 1)} more` : '';
  const attributes = { type: first?.severity ?? '', message: `${first === undefined ? '' : wish(first)}${more}` };
  return `      <failure${xmlAttributes(attributes)}>${textOf([...drift.map(wishWithPlace), ...about])}</failure>`;
}

function excused({ findings }: PoolCase, about: readonly string[]): string {
  const exception = findings.find(({ status }) => status === 'excepted')?.exception ?? null;
  return skipped('exception', exception === null ? '' : exceptionInWords(exception), about);
}

/** GitLab shows the text of an element and not its message. */
function skipped(type: string, message: string, about: readonly string[]): string {
  return `      <skipped${xmlAttributes({ type, message })}>${textOf([message, ...about])}</skipped>`;
}

function textOf(lines: readonly string[]): string {
  return lines.map(xmlText).join('\n');
}

function exceptionInWords({ reason, owner, ticket, expires }: NonNullable<Gap['accepted']>): string {
  return `${reason} (${ticket === null ? owner : `${owner}, ${ticket}`}, until ${expires})`;
}

function wish({ policy, path, expected, actual }: Finding): string {
  if (policy === null) return 'no policy matches this pool';
  return `${path} should be ${wantedInWords(expected)} and is ${foundInWords(actual)}`;
}

function wishWithPlace(finding: Finding): string {
  const place = finding.file === null ? '' : ` (${finding.file}${finding.line === null ? '' : `:${finding.line}`})`;
  const age = ageInWords(finding);
  return `${finding.severity}: ${wish(finding)}${place}${age === '' ? '' : `, ${age}`}`;
}
