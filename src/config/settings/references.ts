/** `${env:NAME}` in any text of the configuration. */
import type { JsonValue } from '../../domain/model/json.ts';
import type { Complaint } from '../../errors.ts';
import type { Path, YamlDocument } from '../../yaml/document.ts';
import { suggest } from '../../yaml/nearest.ts';
import type { Environment } from './environment.ts';

const reference = /\$\{([^}]*)\}/g;

/** The document's value with every reference filled in, and a complaint for each that can't be. */
export function fillReferences(
  document: YamlDocument,
  env: Environment,
): { readonly value: JsonValue; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const complain = (path: Path, message: string, hint: string | null): void => {
    complaints.push({ file: document.file, ...document.valueSpot(path), message, hint });
  };
  const fill = (value: JsonValue, path: Path): JsonValue => {
    if (typeof value === 'string') return value.replaceAll(reference, (_whole, name: string) => lookUp(name, path));
    if (Array.isArray(value)) return value.map((entry: JsonValue, index) => fill(entry, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, JsonValue]) => [key, fill(inner, [...path, key])]),
    );
  };
  const lookUp = (name: string, path: Path): string => {
    if (!name.startsWith('env:')) {
      complain(path, `\${${name}} is not known here`, 'the configuration knows ${env:NAME} only');
      return '';
    }
    const variable = name.slice('env:'.length);
    const value = env[variable];
    if (value !== undefined && value !== '') return value;
    const set = Object.keys(env).filter((key) => env[key] !== '');
    const near = suggest(variable, set);
    complain(
      path,
      `the environment variable ${variable} is not set`,
      near?.startsWith('did you') === true ? near : null,
    );
    return '';
  };
  return { value: fill(document.value, []), complaints };
}
