/** A CloudFormation template, and where it would be deployed. */
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import type { SourceLocation } from '../model/source-files.ts';
import type { Tags } from '../model/observation.ts';

export interface Template {
  readonly file: string;
  /** Short forms of functions in their long ones. */
  readonly value: JsonObject;
  /** Of the key at a path, or of the nearest thing above it that is there. */
  readonly locationOf: (path: readonly (string | number)[]) => SourceLocation;
}

/** `null`: nobody has said it. */
export interface Deployment {
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly accountTags: Tags | null;
  /** Of the account's organizational unit, such as `/Workloads/Prod`. */
  readonly unitPath: string | null;
  readonly region: string | null;
  /** With which the stack is deployed, and which its resources inherit. */
  readonly stackTags: Tags | null;
  /** That a pool will have, as `EstimatedNumberOfUsers` says them. */
  readonly users: number | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A section of the template, or an entry of one; empty where it is not there. */
export function mapAt(value: JsonValue | undefined, ...names: readonly string[]): JsonObject {
  let map: JsonValue | undefined = value;
  for (const name of names) map = isJsonObject(map) && Object.hasOwn(map, name) ? map[name] : undefined;
  return isJsonObject(map) ? map : {};
}

/** A value in a text. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}
