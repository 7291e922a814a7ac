/** The values of a template as far as they are known before it is deployed. */
import { isJsonObject, type JsonValue } from '../model/json.ts';
import type { Possible } from '../model/open-values.ts';
import type { Deployment, Template } from './template.ts';

/** `value: undefined` is `AWS::NoValue`. `isText`: whatever it will be, it is a text that is there. */
export type Resolved =
  | { readonly known: true; readonly value: JsonValue | undefined }
  | { readonly known: false; readonly why: string; readonly possible: Possible | null; readonly isText: boolean };

export interface Resolving {
  readonly template: Template;
  readonly deployment: Deployment;
  /** Defaults of parameters that were gone by, by name: a deployment may say otherwise. */
  readonly assumed: Map<string, string>;
  /** Parameters without a value, by name, with what they take: `a, b`, or nothing where they take anything. */
  readonly unsaid: Map<string, string>;
}

export function resolvedTo(value: JsonValue | undefined): Resolved {
  return { known: true, value };
}

export function leftOpen(
  why: string,
  { possible = null, isText = true }: { possible?: Possible | null; isText?: boolean } = {},
): Resolved {
  return { known: false, why, possible, isText };
}

/** The function that an object is, and its argument; `null`: it is none. */
export function functionIn(value: JsonValue): readonly [name: string, argument: JsonValue] | null {
  if (!isJsonObject(value)) return null;
  const [entry, second] = Object.entries(value);
  if (entry === undefined || second !== undefined) return null;
  const [name] = entry;
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? entry : null;
}

export function lineOf({ locationOf }: Template, ...path: readonly string[]): string {
  const { file, line } = locationOf(path);
  return `${file}:${line}`;
}
