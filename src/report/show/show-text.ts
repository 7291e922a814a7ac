/** One pool for a person: what it has, and what every policy says of it and why. */
import type { Explanation, PolicyExplanation } from '../../domain/verdict/explanation.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { OrganizationalUnit } from '../../domain/model/observation.ts';
import type { Subject } from '../../domain/model/subject.ts';
import { wholeNumber } from '../../number-format.ts';
import { visible } from '../../escape/visible.ts';
import type { PageOptions } from '../format.ts';
import { facts, hung, padded, whole, widestOf } from '../formats/table/layout.ts';
import { newPaint, type Paint } from '../formats/table/paint.ts';
import { blameInWords } from '../text/blame-words.ts';
import { foundInWords } from '../text/value-words.ts';
import { checkLines } from './check-lines.ts';
import { maskedExplanation } from './masked-explanation.ts';
import { readyLines, type SeenReadiness } from './ready-lines.ts';

/** Ends in one newline. */
export function showText(
  unmasked: Explanation,
  subject: Subject,
  seen: SeenReadiness,
  { color, columns, masking }: Pick<PageOptions, 'color' | 'columns' | 'masking'>,
): string {
  const paint = newPaint(color);
  const explanation = maskedExplanation(unmasked, masking);
  const { record, gaps } = explanation.verdict;
  const { config } = record;
  const lines = [
    ...headLines(explanation, subject, paint),
    '',
    factsLine(explanation, subject),
    `configuration as read ${record.observedAt.slice(11, 19)} UTC${record.requestId === null ? '' : `, request ${visible(record.requestId)}`}`,
    ...(config === null ? ['  not read'] : configLines(config)),
    ...gaps.flatMap(({ code, message, remedy }) => [
      `  ${paint.unknown('not read')} ${visible(message)} (${code})`,
      `    ${visible(remedy)}`,
    ]),
    ...readyLines(record, seen),
    '',
    ...policyLines(explanation.policies, paint),
    ...exceptionLines(explanation),
  ];
  return `${lines.flatMap((line) => hung(line, Math.max(60, columns))).join('\n')}\n`;
}

function headLines({ verdict: { record } }: Explanation, { account }: Subject, paint: Paint): readonly string[] {
  const name = account.name === null ? account.id : `${visible(account.name)} (${account.id})`;
  const worst = record.findings.find(({ status }) => status === 'drift')?.severity;
  const word = record.status === 'drifted' && worst !== undefined ? `DRIFT ${worst}` : record.status.toUpperCase();
  const painted = record.status === 'compliant' ? paint.good(word) : paint.bad(word);
  const unit = unitPath(account.path);
  return [
    facts([visible(record.poolName), record.poolId, name, record.region, painted], '  '),
    record.poolArn,
    ...(unit === null ? [] : [`unit ${unit}`]),
    ...(record.replicaOf === null ? [] : [`replica: its primary is in ${record.replicaOf}`]),
    ...(record.managedBy === null ? [] : [`managed by ${visible(record.managedBy)}`]),
    ...(record.blame === undefined ? [] : [`last change: ${visible(blameInWords(record.blame))}`]),
  ];
}

function unitPath(path: readonly OrganizationalUnit[] | null): string | null {
  return path === null || path.length === 0 ? null : path.map(({ id, name }) => `/${visible(name ?? id)}`).join('');
}

function factsLine({ factors, verdict: { record } }: Explanation, { pool }: Subject): string {
  const described = pool.userPool?.read === true ? pool.userPool.value : {};
  const users = described['EstimatedNumberOfUsers'];
  const tier = described['UserPoolTier'];
  const usable = factors === null ? 'not known' : factors.usable.join(' ') || 'none';
  return facts([
    `mode ${foundInWords(record.config?.['MfaConfiguration'] ?? null)}`,
    `factors that users can really use: ${usable}`,
    ...(typeof users === 'number' ? [`${wholeNumber(users)} users`] : []),
    ...(typeof tier === 'string' ? [`tier ${visible(tier)}`] : []),
    `first factors ${firstFactors(described)}`,
  ]);
}

function firstFactors(described: JsonObject): string {
  const policies = described['Policies'];
  const signIn = isJsonObject(policies) ? policies['SignInPolicy'] : undefined;
  const factors = isJsonObject(signIn) ? signIn['AllowedFirstAuthFactors'] : undefined;
  return Array.isArray(factors) ? visible(factors.map(foundInWords).join(' ')) : 'PASSWORD';
}

function configLines(config: JsonObject): readonly string[] {
  const width = widestOf(Object.keys(config)) + 1;
  return Object.entries(config).map(
    ([name, value]) => `  ${whole(padded(visible(name), width))} ${visible(blockInWords(value))}`,
  );
}

/** `RelyingPartyId auth.shop.example.com, UserVerification preferred` */
function blockInWords(value: JsonValue): string {
  if (!isJsonObject(value)) return foundInWords(value);
  return Object.entries(value)
    .map(([name, member]) =>
      isJsonObject(member) ? `${name} { ${blockInWords(member)} }` : `${name} ${foundInWords(member)}`,
    )
    .join(', ');
}

const matchWords = { yes: 'matched', unknown: 'may match', no: 'not matched' } as const;

function policyLines(policies: readonly PolicyExplanation[], paint: Paint): readonly string[] {
  const rows = policies.map(({ policy, answer, reasons, excludedBy, checks }) => {
    const excluded = excludedBy === null ? [] : [`excluded at ${visible(excludedBy.file)}:${excludedBy.line}`];
    const why = [...excluded, ...reasons.map(visible)].join(', ');
    return { policy, name: visible(policy.name), why: answer === 'yes' ? why : `–  (${why})`, answer, checks };
  });
  const nameWidth = Math.max(widestOf(rows.map(({ name }) => name)), 'policy'.length);
  const whyWidth = Math.max(widestOf(rows.map(({ why }) => why)), 'matched because'.length);
  const head = `${padded('policy', nameWidth)}  severity  ${padded('matched because', whyWidth)}  verdict`;
  return [
    head,
    ...rows.flatMap(({ policy, name, why, answer, checks }) => [
      facts(
        [
          padded(name, nameWidth),
          paint.severity(policy.severity, padded(policy.severity, 8)),
          padded(why, whyWidth),
          answer === 'yes' ? verdictWord(checks, paint) : matchWords[answer],
        ],
        '  ',
      ),
      ...checkLines(checks, paint),
    ]),
  ];
}

function verdictWord(checks: PolicyExplanation['checks'], paint: Paint): string {
  const missed = checks.filter(({ verdict }) => verdict === 'misses').length;
  const unknown = checks.filter(({ verdict }) => verdict === 'unknown').length;
  if (missed > 0) return paint.bad(`drift: ${missed} of ${checks.length} expectations`);
  if (unknown > 0) return paint.unknown(`not known: ${unknown} of ${checks.length} expectations`);
  return paint.good('holds');
}

function exceptionLines({ exceptions }: Explanation): readonly string[] {
  if (exceptions.length === 0) return [];
  return [
    '',
    'exceptions',
    ...exceptions.map(({ exception: { reason, owner, expires, location, hold }, answer }) => {
      const covers = answer === 'yes' ? '' : 'may cover it: ';
      return `  ${covers}${visible(reason)}, ${visible(owner)}, until ${expires}${hold ? ', holds fixes only' : ''}  ${visible(location.file)}:${location.line}`;
    }),
  ];
}
