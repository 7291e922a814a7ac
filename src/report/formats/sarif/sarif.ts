import type { ResultHead, Result } from '../../../domain/result/result.ts';
import { inChunks } from '../../text/chunks.ts';
import { jsonLine } from '../../../escape/json.ts';
import type { FormatOptions } from '../../format.ts';
import { driftThenExcepted, newWorstFindings, type WorstFindings } from '../../views/worst-findings.ts';
import { notifications, notificationDescriptors } from './notifications.ts';
import { newRules } from './rules.ts';
import { sarifResult } from './results.ts';
import { homepage } from '../../../version.ts';

/**
 * GitHub refuses a run of more than 25,000 results and shows the 5,000 worst ("SARIF support for code scanning", limits).
 * At about a kilobyte a result, the file also stays below its 10 MB, compressed.
 */
const maxResults = 25_000;

/**
 * SARIF 2.1.0: each drifting finding at the line of the policy that asks for it, each gap a notification of the tool.
 * An excepted finding is a suppressed result with its exception as the justification.
 */
export function sarif(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(lines(result, options));
}

async function* lines(result: Result, options: FormatOptions): AsyncGenerator<string> {
  const { head } = result;
  const rules = newRules(head);
  const places = { roots: options.sources, fallbackFile: options.fallbackFile };
  const collector = newWorstFindings(
    maxResults,
    (pool, finding) => jsonLine(sarifResult(pool, finding, rules.indexOf(finding), places)),
    driftThenExcepted,
  );
  for await (const pool of result.pools()) collector.pool(pool);
  const worst = collector.found();
  yield `{\n"$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n`;
  yield `"tool": ${jsonLine({ driver: driver(head, rules.all()) })},\n`;
  yield `"automationDetails": ${jsonLine({ id: 'mfa-drift/' })},\n"columnKind": "utf16CodeUnits",\n`;
  yield* invocation(result, worst);
  yield '"results": [\n';
  for (const [index, line] of worst.kept.entries()) yield `${index === 0 ? '' : ',\n'}${line}`;
  yield '\n]\n}]\n}\n';
}

function driver({ tool }: ResultHead, rules: readonly object[]): object {
  return {
    name: tool.name,
    fullName: `${tool.name} ${tool.version}`,
    version: tool.version,
    ...(/^\d+\.\d+\.\d+/.test(tool.version) ? { semanticVersion: tool.version } : {}),
    ...(homepage === null ? {} : { informationUri: homepage }),
    rules,
    notifications: notificationDescriptors,
  };
}

async function* invocation(result: Result, worst: WorstFindings<unknown>): AsyncGenerator<string> {
  const { run, complete } = result.head;
  const facts = {
    executionSuccessful: complete,
    exitCode: run.exitCode,
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
  };
  yield `"invocations": [{\n${jsonLine(facts).slice(1, -1)},\n"toolExecutionNotifications": [\n`;
  let separator = '';
  for await (const notification of notifications(result, worst)) {
    yield `${separator}${jsonLine(notification)}`;
    separator = ',\n';
  }
  yield '\n]\n}],\n';
}
