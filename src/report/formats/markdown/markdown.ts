import type { Result } from '../../../domain/result/result.ts';
import type { FormatOptions } from '../../format.ts';
import { commentBytes } from './budget.ts';
import { markdownPage } from './page.ts';

/** For `$GITHUB_STEP_SUMMARY`: GitHub takes 1 MiB a step, which other commands of the step may share. */
const summaryBytes = 900_000;

export function markdown(result: Result, options: FormatOptions): AsyncIterable<string> {
  return markdownPage(result, options, { bytes: commentBytes, findings: 1000 });
}

export function githubSummary(result: Result, options: FormatOptions): AsyncIterable<string> {
  return markdownPage(result, options, { bytes: summaryBytes, findings: 5000 });
}
