/** Judged templates for a person: what each pool would be, what misses, and what only the deployment decides. */
import type { JsonObject, JsonValue } from '../domain/model/json.ts';
import { isJsonObject } from '../domain/model/json.ts';
import type { OpenValues } from '../domain/model/open-values.ts';
import { openInside } from '../domain/model/open-values.ts';
import type { SourceLocation } from '../domain/model/source-files.ts';
import type { JudgedPool, JudgedTemplate } from '../domain/template/judged-template.ts';
import { countTemplates, standOf, type Stand } from '../domain/template/stands.ts';
import { visible } from '../escape/visible.ts';
import { counted } from '../number-format.ts';
import { maskFinding, maskPool } from '../result/redact.ts';
import { hung, padded, widestOf } from './formats/table/layout.ts';
import { newPaint } from './formats/table/paint.ts';
import { checkLines } from './show/check-lines.ts';
import { foundInWords } from './text/value-words.ts';

/** Ends in one newline. */
export function templateText(judged: readonly JudgedTemplate[], columns: number): string {
  const { pools, drifting, unknown } = countTemplates(judged);
  const word = unknown > 0 ? 'NOT KNOWN' : drifting > 0 ? 'DRIFT' : 'OK';
  const head = [
    `${word}  ${drifting} of ${counted(pools, 'pool')} would drift`,
    ...(unknown === 0
      ? []
      : [`${counted(unknown, 'thing')} ${unknown === 1 ? 'is' : 'are'} known only at the deployment`]),
  ].join(' · ');
  const lines = [head, ...judged.flatMap(templateLines)];
  return `${lines.flatMap((line) => hung(line, Math.max(60, columns))).join('\n')}\n`;
}

function templateLines({ file, pools, unjudged, notMade, assumed, unsaid }: JudgedTemplate): readonly string[] {
  return [
    ...pools.flatMap((pool) => ['', ...poolLines(pool)]),
    ...section('not known before the deployment', unjudged.map(placed)),
    ...section('not made', notMade.map(placed)),
    ...section(
      `parameters without a value in ${visible(file)}`,
      [...unsaid].map(
        ([name, takes]) => `--parameter ${visible(name)}=…${takes === '' ? '' : `  one of ${visible(takes)}`}`,
      ),
    ),
    ...section(
      `judged by defaults of parameters in ${visible(file)}`,
      [...assumed].map(([name, value]) => `${visible(name)} = ${visible(foundInWords(value))}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function placed({ location, what }: { readonly location: SourceLocation; readonly what: string }): string {
  return `${locationText(location)}  ${visible(what)}`;
}

function locationText({ file, line }: SourceLocation): string {
  return `${visible(file)}:${line}`;
}

const standWords: Readonly<Record<Stand, string>> = { drift: 'drift', unknown: 'not known', holds: 'holds' };

function poolLines({ logicalId, location, made, madeOnlyWith, verdict }: JudgedPool): readonly string[] {
  const { record, gaps, matching } = verdict;
  const paint = newPaint(false);
  const doubts = gaps.filter(({ code }) => code !== 'expectation-unreadable').map(({ message }) => visible(message));
  return [
    `${visible(logicalId)}  ${locationText(location)}  ${standWords[standOf({ verdict })]}`,
    ...(madeOnlyWith === null ? [] : [`  made only with ${visible(madeOnlyWith)}`]),
    ...stateLines(maskPool(record).config ?? {}, made.subject.open),
    ...doubts.map((line) => `  ${line}`),
    ...(record.status === 'uncovered' ? ['  no policy matches this pool'] : []),
    ...matching.flatMap(({ policy, checks }) => {
      const told = checks.filter(({ verdict: each }) => each !== 'holds').map(maskFinding);
      return [
        `  ${visible(policy.name)}  ${policy.severity}${told.length === 0 ? '  holds' : ''}`,
        ...checkLines(told, paint),
      ];
    }),
  ];
}

/** The MFA state, member by member; what is open says why. */
function stateLines(config: JsonObject, open: OpenValues | undefined): readonly string[] {
  const names = [...new Set([...Object.keys(config), ...[...(open ?? [])].flatMap(([path]) => blockOf(path))])].sort();
  const width = widestOf(names);
  return names.map((name) => {
    const left = openInside(open, name);
    const value = config[name] ?? null;
    return `  ${padded(name, width)}  ${visible(left === undefined ? stateInWords(value) : `not known: ${left.why}`)}`;
  });
}

const topBlocks = /^(?:MfaConfiguration|(?:SoftwareToken|Sms|Email)MfaConfiguration|WebAuthnConfiguration)(?=$|\.)/;

function blockOf(path: string): readonly string[] {
  return topBlocks.exec(path)?.slice(0, 1) ?? [];
}

function stateInWords(value: JsonValue): string {
  if (!isJsonObject(value)) return foundInWords(value);
  const members = Object.entries(value).map(([name, member]) => `${name} ${stateInWords(member)}`);
  return members.length === 0 ? 'there' : members.join(', ');
}
