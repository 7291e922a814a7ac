/** The pools of templates for a program, and what of them nobody knows before the deployment. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { SourceLocation } from '../../domain/model/source-files.ts';
import { compareTexts } from '../../domain/model/order.ts';
import type { OpenValues } from '../../domain/model/open-values.ts';
import { severities, type Severity } from '../../domain/model/severity.ts';
import type { JudgedPool, JudgedTemplate } from '../../domain/template/judged-template.ts';
import { textToCome } from '../../domain/template/reading.ts';
import {
  countTemplates,
  stands,
  standOf,
  templateExitCode,
  type Stand,
  type TemplateCounts,
} from '../../domain/template/stands.ts';
import type { Unjudged } from '../../domain/template/unjudged.ts';
import type { UserError } from '../../errors.ts';
import { maskFinding, maskPool } from '../../result/redact.ts';
import {
  anyObject,
  anyValue,
  choice,
  count,
  described,
  list,
  map,
  nullable,
  record,
  text,
} from '../../result/saved/schema-pieces.ts';
import {
  documentErrors,
  documentSchema,
  errorsOf,
  headMembers,
  headOf,
  type DocumentError,
  type DocumentHead,
} from './document.ts';
import { checkSchema, shownCheck, type ShownCheck } from './shown-checks.ts';

/** `error`: why no template was judged. */
export interface TemplateView {
  readonly judged: readonly JudgedTemplate[];
  readonly error: UserError | null;
}

interface OpenMember {
  readonly path: string;
  readonly why: string;
  readonly possible: readonly JsonValue[] | null;
}

interface TemplatePolicy {
  readonly name: string;
  readonly severity: Severity;
  readonly checks: readonly ShownCheck[];
}

interface TemplatePool extends SourceLocation {
  readonly logicalId: string;
  readonly poolName: string | null;
  readonly verdict: Stand;
  readonly madeOnlyWith: string | null;
  readonly config: JsonObject;
  readonly unknown: readonly OpenMember[];
  readonly doubts: readonly string[];
  readonly policies: readonly TemplatePolicy[];
}

interface OtherResource extends SourceLocation {
  readonly what: string;
}

interface ShownTemplate {
  readonly file: string;
  readonly pools: readonly TemplatePool[];
  readonly unjudged: readonly OtherResource[];
  readonly notMade: readonly OtherResource[];
  readonly defaults: Readonly<Record<string, string>>;
  readonly unsaid: Readonly<Record<string, string>>;
}

interface TemplateDocument extends DocumentHead<'TemplateReport'> {
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly summary: TemplateCounts;
  readonly templates: readonly ShownTemplate[];
  readonly errors: readonly DocumentError[];
}

export function templateDocument({ judged, error }: TemplateView): TemplateDocument {
  const summary = countTemplates(judged);
  return {
    ...headOf('TemplateReport'),
    exitCode: error === null ? templateExitCode(summary) : 1,
    summary,
    templates: judged.map(shownTemplate),
    errors: error === null ? [] : errorsOf(error),
  };
}

function shownTemplate({ file, pools, unjudged, notMade, assumed, unsaid }: JudgedTemplate): ShownTemplate {
  return {
    file,
    pools: pools.map(shownPool),
    unjudged: unjudged.map(otherResource),
    notMade: notMade.map(otherResource),
    defaults: Object.fromEntries(assumed),
    unsaid: Object.fromEntries(unsaid),
  };
}

function otherResource({ location, what }: Unjudged): OtherResource {
  return { ...location, what };
}

function shownPool(pool: JudgedPool): TemplatePool {
  const { logicalId, location, made, madeOnlyWith, verdict } = pool;
  const { poolName, config } = maskPool(verdict.record);
  return {
    logicalId,
    ...location,
    poolName: poolName === '' ? null : poolName,
    verdict: standOf(pool),
    madeOnlyWith,
    config: knownMembers(config ?? {}, made.subject.open),
    unknown: openMembers(made.subject.open),
    doubts: verdict.gaps.map(({ message }) => message),
    policies: verdict.matching.map(({ policy: { name, severity }, checks }) => ({
      name,
      severity,
      checks: checks.map((check) => known(shownCheck(maskFinding(check)))),
    })),
  };
}

function openMembers(open: OpenValues | undefined): readonly OpenMember[] {
  const members = [...(open ?? [])].map(([path, { why, possible }]) => ({
    path,
    why,
    possible: possible?.map((value) => value ?? null) ?? null,
  }));
  return members.sort((one, other) => compareTexts(one.path, other.path));
}

function known(check: ShownCheck): ShownCheck {
  return { ...check, actual: knownValue(check.actual) };
}

/** What stands in for something that only the deployment decides is no value of it: null is there instead. */
function knownMembers(value: JsonObject, open?: OpenValues, path = ''): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const inside = path === '' ? name : `${path}.${name}`;
      return [name, open?.has(inside) === true ? null : knownValue(member, open, inside)];
    }),
  );
}

function knownValue(value: JsonValue, open?: OpenValues, path = ''): JsonValue {
  if (Array.isArray(value)) return value.map((entry: JsonValue) => knownValue(entry));
  if (isJsonObject(value)) return knownMembers(value, open, path);
  return value === textToCome ? null : value;
}

const otherResources = list(
  record<OtherResource>({
    what: described('Begins with its logical id.', text),
    file: text,
    line: count,
    column: count,
  }),
);

const openMember = record<OpenMember>({
  path: described(
    "Of GetUserPoolMfaConfig's answer, of DescribeUserPool's behind UserPool, or a name such as account.id and region.",
    text,
  ),
  why: described('What decides it, and where that stands.', text),
  possible: described('All that it can be, null for not being there; null: anything.', nullable(list(anyValue))),
});

const pool = record<TemplatePool>({
  logicalId: text,
  file: text,
  line: count,
  column: count,
  poolName: described('null: known once it is deployed.', nullable(text)),
  verdict: described('drift: whatever the deployment decides, a policy is missed; unknown: it may be.', choice(stands)),
  madeOnlyWith: described('The condition that the deployment decides; null: it is made in any case.', nullable(text)),
  config: described(
    'What GetUserPoolMfaConfig would answer. null: only the deployment decides; unknown says what, also of members that are not here.',
    anyObject,
  ),
  unknown: described(
    'What of the pool only the deployment decides, whether a policy asks for it or not.',
    list(openMember),
  ),
  doubts: described('Which policies ask for what is not known. Any at all makes exit code 3.', list(text)),
  policies: described(
    'Those that surely match, most severe first.',
    list(
      record<TemplatePolicy>({
        name: text,
        severity: choice(severities),
        checks: described('Each line of it, those that hold too.', list(checkSchema)),
      }),
    ),
  ),
});

const template = record<ShownTemplate>({
  file: text,
  pools: list(pool),
  unjudged: described('What else may make or change pools, in a way that only the deployment decides.', otherResources),
  notMade: described('Pools whose condition does not hold.', otherResources),
  defaults: described('Parameters that were judged by their defaults.', map(text)),
  unsaid: described('Parameters without a value, with what they take; empty: anything.', map(text)),
});

export const templateSchema = documentSchema(
  {
    name: 'template-report',
    title: 'mfa-drift policy test --template',
    description:
      'What mfa-drift policy test --template writes with --report json, whether a deployment would take the templates or not.',
  },
  record<TemplateDocument>({
    ...headMembers('TemplateReport'),
    exitCode: described(
      '0: every pool surely holds; 1: errors says why nothing was judged; 2: one would drift; 3: not everything is known before the deployment.',
      choice([0, 1, 2, 3]),
    ),
    summary: record<TemplateCounts>({
      pools: count,
      drifting: count,
      unknown: described('Pools with doubts, and what is not judged.', count),
    }),
    templates: list(template),
    errors: documentErrors,
  }),
  {},
);
