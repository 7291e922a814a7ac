import type { Finding, Gap, PoolRecord, Result } from '../domain/result.ts';
import { wholeNumber } from '../words.ts';
import { inChunks } from './chunks.ts';
import { xmlAttributes, xmlText } from './escape/xml.ts';
import { isOpen, placeInWords } from './gap-places.ts';
import { foundInWords, wantedInWords } from './value-words.ts';

/**
 * JUnit XML as the Jenkins xUnit plugin reads it. One suite for what was not read: each gap an error, an accepted one
 * skipped. Then one suite for each account and region, with a case for each pool and policy: drift is a failure, an
 * exception skips.
 */
export function junit(result: Result): AsyncIterable<string> {
  return inChunks(lines(result));
}

async function* lines(result: Result): AsyncGenerator<string> {
  for await (const line of elements(result)) yield `${line}\n`;
}

async function* elements(result: Result): AsyncGenerator<string> {
  const { gaps } = result.head.summary;
  const suites = await countSuites(result);
  const gapCounts = { tests: gaps.open + gaps.accepted, failures: 0, errors: gaps.open, skipped: gaps.accepted };
  const total = addUp([gapCounts, ...suites.values()]);
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  const { tests, failures, errors } = total;
  yield `<testsuites${xmlAttributes({ name: 'mfa-drift', tests, failures, errors })}>`;
  if (gapCounts.tests > 0) {
    yield suiteStart('not read', gapCounts, result);
    for await (const gap of result.gaps()) yield* gapCase(gap);
    yield '  </testsuite>';
  }
  yield* poolSuites(result, suites);
  yield '</testsuites>';
}

async function* poolSuites(result: Result, suites: ReadonlyMap<string, Counts>): AsyncGenerator<string> {
  let current: string | null = null;
  for await (const pool of result.pools()) {
    const suite = suiteOf(pool);
    if (suite !== current) {
      if (current !== null) yield '  </testsuite>';
      yield suiteStart(suite, suites.get(suite) ?? noCounts, result);
      current = suite;
    }
    for (const testcase of casesOf(pool)) yield* poolCase(pool, testcase);
  }
  if (current !== null) yield '  </testsuite>';
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}
const noCounts: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };

function addUp(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (sum, each) => ({
      tests: sum.tests + each.tests,
      failures: sum.failures + each.failures,
      errors: sum.errors + each.errors,
      skipped: sum.skipped + each.skipped,
    }),
    noCounts,
  );
}

/** A suite says its counts before its cases, so pools are read twice: once to count, by suite. */
async function countSuites(result: Result): Promise<ReadonlyMap<string, Counts>> {
  const suites = new Map<string, Counts>();
  for await (const pool of result.pools()) {
    const suite = suiteOf(pool);
    const outcomes = casesOf(pool).map(outcomeOf);
    const own: Counts = {
      tests: outcomes.length,
      failures: outcomes.filter((outcome) => outcome === 'failure').length,
      errors: 0,
      skipped: outcomes.filter((outcome) => outcome === 'skipped').length,
    };
    suites.set(suite, addUp([suites.get(suite) ?? noCounts, own]));
  }
  return suites;
}

function suiteOf({ accountId, accountName, region }: PoolRecord): string {
  return `${accountName === null ? '' : `${accountName} `}${accountId} ${region}`;
}

interface PoolCase {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/**
 * One case for each policy that matches; a pool that none matches has one of its own. Of a pool that was not wholly read
 * only what was found is a case: no finding is no verdict there, and its gap is an error already.
 */
function casesOf(pool: PoolRecord): readonly PoolCase[] {
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

function outcomeOf({ findings }: PoolCase): 'failure' | 'skipped' | 'success' {
  if (findings.some(({ status }) => status === 'drift')) return 'failure';
  return findings.some(({ status }) => status === 'excepted') ? 'skipped' : 'success';
}

function suiteStart(name: string, counts: Counts, { head }: Result): string {
  const timestamp = head.run.startedAt.slice(0, 19);
  return `  <testsuite${xmlAttributes({ name, ...counts, timestamp })}>`;
}

function* gapCase(gap: Gap): Generator<string> {
  yield `    <testcase${xmlAttributes({ classname: `not read.${gap.code}`, name: placeInWords(gap) })}>`;
  const { accepted, code, message, remedy } = gap;
  if (isOpen(gap)) {
    yield `      <error${xmlAttributes({ type: code, message })}>${xmlText(`${code}: ${message}`)}; ${xmlText(remedy)}</error>`;
  } else {
    yield `      <skipped${xmlAttributes({ type: code, message: `accepted: ${accepted?.reason ?? ''}` })}/>`;
  }
  yield '    </testcase>';
}

function* poolCase(pool: PoolRecord, testcase: PoolCase): Generator<string> {
  const name = `${pool.poolName} ${pool.poolId}: ${testcase.name}`;
  const attributes = xmlAttributes({ classname: suiteOf(pool), name });
  const outcome = outcomeOf(testcase);
  if (outcome === 'success') {
    yield `    <testcase${attributes}/>`;
    return;
  }
  yield `    <testcase${attributes}>`;
  const drift = testcase.findings.filter(({ status }) => status === 'drift');
  if (outcome === 'failure') yield failure(pool, drift);
  else yield skipped(testcase.findings);
  yield '    </testcase>';
}

/** One failure a case, since readers show one: all of its findings are in its text. */
function failure(pool: PoolRecord, findings: readonly Finding[]): string {
  const [first] = findings;
  const more = findings.length > 1 ? `, and ${wholeNumber(findings.length - 1)} more` : '';
  const attributes = { type: first?.severity ?? '', message: `${first === undefined ? '' : sentence(first)}${more}` };
  const text = [...findings.map(sentenceWithPlace), pool.poolArn].map(xmlText).join('\n');
  return `      <failure${xmlAttributes(attributes)}>${text}</failure>`;
}

function skipped(findings: readonly Finding[]): string {
  const exception = findings.find(({ status }) => status === 'excepted')?.exception ?? null;
  const why = exception === null ? '' : `${exception.reason} (${exception.owner}, until ${exception.expires})`;
  return `      <skipped${xmlAttributes({ type: 'exception', message: why })}/>`;
}

function sentence({ policy, path, expected, actual }: Finding): string {
  if (policy === null) return 'no policy matches this pool';
  return `${path} should be ${wantedInWords(expected)} and is ${foundInWords(actual)}`;
}

function sentenceWithPlace(finding: Finding): string {
  const place = finding.file === null ? '' : ` (${finding.file}${finding.line === null ? '' : `:${finding.line}`})`;
  return `${finding.severity}: ${sentence(finding)}${place}`;
}
