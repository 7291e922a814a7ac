/** A YAML document against a JSON Schema: the typed value, or complaints with their places. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Complaint } from '../errors.ts';
import type { Path, YamlDocument } from './document.ts';
import { nearest } from './nearest.ts';
import { sentenceFor } from './schema-sentences.ts';
import type { CompiledSchema } from './built-schemas.ts';

export type Validated<T> =
  | { readonly value: T }
  /** `faulty`: where the values, or the keys, are that the complaints are about. */
  | { readonly complaints: readonly Complaint[]; readonly faulty: readonly Path[] };

/** `value` stands in for the document's own where something was filled in beforehand. */
export function validate<T>(
  schema: CompiledSchema<T>,
  document: YamlDocument,
  value: unknown = document.value,
): Validated<T> {
  if (schema.accepts(value)) return { value };
  const errors = schema.errorsOf(value).filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames');
  const misspelt = misspeltWords(errors);
  const told = errors.filter((error) => !isMisspelt(error, misspelt));
  return {
    complaints: inOrder(told.map((error) => complaintFor(error, document))),
    faulty: errors.map((error) => pathOf(error, document)),
  };
}

/** Unknown keys by the map that they stand in. */
function misspeltWords(errors: readonly ErrorObject[]): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword !== 'additionalProperties') continue;
    const word = String(params['additionalProperty']);
    const known = words.get(instancePath);
    if (known === undefined) words.set(instancePath, [word]);
    else known.push(word);
  }
  return words;
}

/** A key that is missing only because it is misspelt: the complaint about the misspelt one says all. */
function isMisspelt(
  { keyword, instancePath, params }: ErrorObject,
  misspelt: ReadonlyMap<string, readonly string[]>,
): boolean {
  const missing: unknown = params['missingProperty'];
  if (keyword !== 'required' || typeof missing !== 'string') return false;
  return (misspelt.get(instancePath) ?? []).some((word) => nearest(word, [missing]) === missing);
}

function complaintFor(error: ErrorObject, document: YamlDocument): Complaint {
  const path = pathOf(error, document);
  const { message, hint, about } = sentenceFor(error, path, document.written(path));
  const spot = about === 'key' || error.propertyName !== undefined ? document.keySpot(path) : document.valueSpot(path);
  return { file: document.file, ...spot, message, hint };
}

/** The path in question: for an unknown or misspelt key, that key. */
function pathOf({ instancePath, params, keyword, propertyName }: ErrorObject, { value }: YamlDocument): Path {
  const path = fromPointer(instancePath, value);
  if (keyword === 'additionalProperties') return [...path, String(params['additionalProperty'])];
  if (keyword === 'unevaluatedProperties') return [...path, String(params['unevaluatedProperty'])];
  return propertyName === undefined ? path : [...path, propertyName];
}

/** A JSON Pointer as a path; steps into lists are numbers. */
function fromPointer(pointer: string, root: unknown): Path {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => {
      const key = Array.isArray(value) ? Number(step) : step;
      value = stepInto(value, step);
      return key;
    });
}

function stepInto(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, step)?.value;
}

/** By place, each once. */
export function inOrder(complaints: readonly Complaint[]): readonly Complaint[] {
  const seen = new Set<string>();
  return complaints
    .filter((complaint) => {
      const key = JSON.stringify([complaint.file, complaint.line, complaint.column, complaint.message]);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
