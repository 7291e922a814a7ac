/** Policy documents of the Terraform modules, as HashiCorp's own parser reads the files and the AWS provider would render them. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { parse } from '@cdktn/hcl2json';
import type { JsonValue } from '../../../src/domain/model/json.ts';

interface Statement {
  readonly sid: string;
  readonly actions: Expression;
  readonly resources: Expression;
  readonly condition?: readonly { readonly test: string; readonly variable: string; readonly values: Expression }[];
}

/** As hcl2json leaves it: a value, or in a text `${…}` what is still to be evaluated. */
type Expression = string | readonly string[];

interface Module {
  readonly variable: Readonly<Record<string, readonly [{ readonly default?: JsonValue }]>>;
  readonly locals: readonly [Readonly<Record<string, string>>];
  readonly data: {
    readonly aws_iam_policy_document: Readonly<
      Record<
        string,
        readonly [
          {
            readonly statement: readonly Statement[];
            readonly dynamic?: {
              readonly statement: readonly { readonly for_each: string; readonly content: readonly [Statement] }[];
            };
          },
        ]
      >
    >;
  };
}

export interface Place {
  readonly partition: string;
  readonly account: string;
}

/** @param variables over the module's defaults */
export async function terraformDocument(
  module: 'account' | 'runner',
  document: string,
  variables: Readonly<Record<string, JsonValue>>,
  place: Place,
): Promise<JsonValue> {
  const { variable, locals, data } = await moduleOf(module);
  const defaults = Object.entries(variable).map(([name, [{ default: value = null }]]) => [name, value]);
  const evaluate = evaluator({ ...Object.fromEntries(defaults), ...variables }, locals[0], place);
  const [{ statement, dynamic }] = data.aws_iam_policy_document[document] ?? [{ statement: [] }];
  const asked = (dynamic?.statement ?? []).flatMap(({ for_each: each, content }) =>
    (evaluate(each) as readonly unknown[]).length > 0 ? content : [],
  );
  return { Version: '2012-10-17', Statement: [...statement, ...asked].map((each) => rendered(each, evaluate)) };
}

const modules = new Map<string, Promise<Module>>();

function moduleOf(name: string): Promise<Module> {
  const file = `deploy/terraform/${name}/main.tf`;
  const read = modules.get(name) ?? (parse(file, readFileSync(file, 'utf8')) as Promise<unknown> as Promise<Module>);
  modules.set(name, read);
  return read;
}

function rendered({ sid, actions, resources, condition = [] }: Statement, evaluate: Evaluate): JsonValue {
  const conditions = condition.map(({ test, variable, values }) => [test, { [variable]: evaluate(values) }]);
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: evaluate(actions),
    Resource: evaluate(resources),
    ...(conditions.length === 0 ? {} : { Condition: Object.fromEntries(conditions) }),
  };
}

type Evaluate = (expression: Expression) => JsonValue;

/** What the modules use of the language reads the same in JavaScript, but for `var` and for quotes. */
function evaluator(
  variables: object,
  locals: Readonly<Record<string, string>>,
  { partition, account }: Place,
): Evaluate {
  const data = { aws_partition: { this: { partition } }, aws_caller_identity: { this: { account_id: account } } };
  const compact = (values: readonly (string | null)[]) => values.filter((value) => value !== null && value !== '');
  const local = {};
  const scope = { variables, data, compact, local };
  function evaluate(expression: Expression): JsonValue {
    if (typeof expression !== 'string') return expression.map(evaluate);
    const code = asScript(/^\$\{([\s\S]*)\}$/.exec(expression)?.[1]) ?? asScript(`"${expression}"`);
    if (code === null) throw new Error(`cannot be evaluated: ${expression}`);
    return code.runInNewContext(scope) as JsonValue;
  }
  for (const name of Object.keys(locals))
    Object.defineProperty(local, name, { get: () => evaluate(locals[name] ?? '') });
  return evaluate;
}

/** `null`: it is no expression, as the inside of `${a}/${b}`. */
function asScript(hcl: string | undefined): Script | null {
  if (hcl === undefined) return null;
  try {
    return new Script(hcl.replaceAll(/\bvar\./g, 'variables.').replaceAll('"', '`'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
