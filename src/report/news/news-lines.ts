/** One piece of news as a line. Names of others stand in it, made visible and no more: each channel disarms them for itself. */
import type { News } from '../../domain/news/news.ts';
import type { ExceptionRecord } from '../../domain/result/result.ts';
import { visible } from '../../escape/visible.ts';
import { counted } from '../../number-format.ts';
import { clipped } from '../text/clip.ts';
import { findingInWords, poolInWords, resolvedInWords } from '../text/finding-words.ts';
import { foundInWords } from '../text/value-words.ts';

type Of<Kind extends News['kind']> = Extract<News, { readonly kind: Kind }>;

/** Long enough for every name of AWS's and a short value; what is longer stands in the report. */
const lineCharacters = 320;

export function line(text: string): string {
  return clipped(visible(text), lineCharacters);
}

/** `high · customers (eu-west-1_Ab) in eu-west-1 of shop (111122223333): MfaConfiguration is OFF; floor wants ON` */
export function newLine({ pool, finding }: Pick<Of<'new'>, 'pool' | 'finding'>): string {
  return line(`${finding.severity} · ${poolInWords(pool)}: ${findingInWords(finding)}`);
}

export function worseLine({ pool, finding, before }: Of<'worse'>): string {
  const was = [
    before.severity === finding.severity ? '' : before.severity,
    JSON.stringify(before.actual) === JSON.stringify(finding.actual) ? '' : foundInWords(before.actual),
  ].filter((word) => word !== '');
  return line(`${newLine({ pool, finding })} (was ${was.join(', ')})`);
}

export function resolvedLine({ finding }: Of<'resolved'>): string {
  return line(
    `${finding.severity} · ${poolInWords(finding)}: ${finding.path === '' ? 'uncovered' : finding.path}, ${resolvedInWords(finding.reason)}`,
  );
}

export function exceptionLine({ exception, days }: Of<'exception-ends'>): string {
  const when = days === 0 ? 'today' : `in ${counted(days, 'day')}`;
  return line(`${whose(exception)}: ends ${when}, on ${exception.expires} (${exception.file}:${exception.line})`);
}

function whose({ ticket, owner }: ExceptionRecord): string {
  return ticket === null ? owner : `${ticket}, ${owner}`;
}

export function selectorLine({ policy, pools }: Of<'selector-empty'>): string {
  return line(`${policy.name} (${policy.file}:${policy.line}): ${counted(pools, 'pool')} last night, none tonight`);
}
