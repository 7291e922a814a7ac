/** The pools of a template, judged by policies before anything exists. */
import type { JsonObject } from '../model/json.ts';
import type { SourceLocation } from '../model/source-files.ts';
import type { PolicySet } from '../policy/policy.ts';
import { judgePool, type PoolVerdict } from '../verdict/verdicts.ts';
import { faultsIn, type TemplateFault } from './faults.ts';
import { conditionNamed, conditionWords } from './functions.ts';
import { madePool, type MadePool } from './made-pool.ts';
import type { Resolving } from './resolving.ts';
import { mapAt, textOf, type Deployment, type Template } from './template.ts';
import { unjudgedIn, type Unjudged } from './unjudged.ts';

export interface JudgedPool {
  /** The resource's logical id. */
  readonly logicalId: string;
  readonly location: SourceLocation;
  readonly made: MadePool;
  readonly verdict: PoolVerdict;
  /** In words; `null`: the pool is made in any case. */
  readonly madeOnlyWith: string | null;
}

export interface LocatedFault extends TemplateFault {
  readonly location: SourceLocation;
  readonly path: readonly (string | number)[];
}

export interface JudgedTemplate {
  readonly file: string;
  readonly pools: readonly JudgedPool[];
  readonly faults: readonly LocatedFault[];
  /** Resources of which nobody knows before the deployment what they do to a pool. */
  readonly unjudged: readonly Unjudged[];
  /** Pools whose condition does not hold. */
  readonly notMade: readonly Unjudged[];
  /** Defaults of parameters that were gone by. */
  readonly assumed: ReadonlyMap<string, string>;
  /** Parameters without a value that were asked for, with what they take. */
  readonly unsaid: ReadonlyMap<string, string>;
}

export interface TemplateRules {
  readonly set: PolicySet;
  readonly requireCoverage: boolean;
}

/** Exceptions have no say: they excuse pools that are there. */
export function judgeTemplate(template: Template, deployment: Deployment, rules: TemplateRules): JudgedTemplate {
  const context: Resolving = { template, deployment, assumed: new Map(), unsaid: new Map() };
  const unjudged = unjudgedIn(template);
  const readable = poolsIn(template).filter(([id]) => !unjudged.some(({ what }) => what.startsWith(`${id}: `)));
  const pools = readable.map(([id, resource]) => ({ id, resource, isMade: isMade(resource, context) }));
  const made = pools.filter((pool) => pool.isMade !== false).map((pool) => judgeResource(pool, context, rules));
  const notMade = pools.filter((pool) => pool.isMade === false);
  return {
    file: template.file,
    pools: made.map(({ pool }) => pool),
    faults: made.flatMap(({ faults }) => faults),
    unjudged,
    notMade: notMade.map(({ id, resource }) => ({
      location: template.locationOf(['Resources', id]),
      what: `${id}: the condition ${textOf(resource['Condition'])} does not hold`,
    })),
    assumed: context.assumed,
    unsaid: context.unsaid,
  };
}

/** `null`: the deployment decides. */
function isMade({ Condition: condition }: JsonObject, context: Resolving): boolean | null {
  return condition === undefined ? true : conditionNamed(textOf(condition), context);
}

interface PoolResource {
  readonly id: string;
  readonly resource: JsonObject;
  readonly isMade: boolean | null;
}

function judgeResource(
  { id, resource, isMade: isSurelyMade }: PoolResource,
  context: Resolving,
  rules: TemplateRules,
): { readonly pool: JudgedPool; readonly faults: readonly LocatedFault[] } {
  const { template } = context;
  const properties = mapAt(resource, 'Properties');
  const made = madePool(properties, context);
  const pool: JudgedPool = {
    logicalId: id,
    location: template.locationOf(['Resources', id]),
    made,
    madeOnlyWith: isSurelyMade === null ? conditionWords(textOf(resource['Condition']), context) : null,
    verdict: verdictOn(made, rules),
  };
  return { pool, faults: faultsIn(properties, made, context).map((fault) => placed(fault, id, template)) };
}

function poolsIn(template: Template): readonly (readonly [logicalId: string, resource: JsonObject])[] {
  const resources = mapAt(template.value, 'Resources');
  return Object.keys(resources)
    .map((id) => [id, mapAt(resources, id)] as const)
    .filter(([, resource]) => resource['Type'] === 'AWS::Cognito::UserPool');
}

function verdictOn({ subject }: MadePool, { set, requireCoverage }: TemplateRules): PoolVerdict {
  return judgePool({ ...set, exceptions: [] }, subject, { requireCoverage, now: new Date(0), managedTags: [] });
}

function placed(fault: TemplateFault, logicalId: string, template: Template): LocatedFault {
  const path = [
    'Resources',
    logicalId,
    'Properties',
    fault.property,
    ...(fault.index === undefined ? [] : [fault.index]),
  ];
  return { ...fault, path, location: template.locationOf(path) };
}
