/** The settings of a run: flag, then environment, then file, then default. */
import { lstatSync } from 'node:fs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Complaint } from '../../errors.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import { parseYaml, type YamlDocument } from '../../yaml/document.ts';
import { readText } from '../../yaml/read-text.ts';
import { either } from '../../yaml/schema-sentences.ts';
import { validate } from '../../yaml/validate.ts';
import { fileComplaint } from '../../yaml/yaml-errors.ts';
import { apiVersion } from '../schemas/shared-schemas.ts';
import { configFileSchema as schema } from './config-file.ts';
import { defaultFiles } from './defaults.ts';
import {
  fileVariable,
  isOff,
  misspelt,
  overlaysFromEnvironment,
  overlaysFromFlags,
  type Environment,
  type Overlay,
} from './environment.ts';
import type { SettingFlags } from '../../domain/settings/flags.ts';
import { fillReferences } from './references.ts';
import { checkRules } from './rules.ts';
import { toSettings } from './to-settings.ts';
import { risks, type Risk } from '../../domain/model/risk.ts';

const head = { apiVersion, kind: 'Config' };

export interface SettingSources {
  /** `--config`; `null`: `MFA_DRIFT_CONFIG`, else `mfa-drift.yaml` or `mfa-drift.yml` where it exists. */
  readonly file: string | null;
  readonly flags: SettingFlags;
  readonly env: Environment;
}

/** Throws `SourceComplaintsError` with everything that is wrong in the file, the environment and the flags. */
export function loadSettings({ file: named, flags, env }: SettingSources): Settings {
  const sources = new Map<string, string>();
  const complaints: Complaint[] = [...misspelt(env)];
  const file = named ?? (env[fileVariable] || defaultFile(complaints));
  const off = isOff(env);
  if (typeof off === 'object') complaints.push(off);
  const fromFile = file === null ? {} : readFile(file, env, sources, complaints);
  const overlays = [...overlaysFromEnvironment(env), ...overlaysFromFlags(flags)];
  const merged = merge(fromFile, overlays, complaints);
  const allowedByFlag = allowed(flags['remediation.allow'] ?? [], complaints);
  if (complaints.length > 0 || !schema.accepts(merged)) throw new SourceComplaintsError(complaints, sources);
  const isOverlaid = overlays.some(({ path }) => path === 'policies');
  return toSettings(merged, { file, allowedByFlag, off: off === true, policiesFromFile: !isOverlaid });
}

function defaultFile(complaints: Complaint[]): string | null {
  const [file = null, second] = defaultFiles.filter(isThere);
  if (second !== undefined) {
    const message = `stands beside ${file}, and only one of them can be the configuration`;
    complaints.push({ ...fileComplaint(second, message), hint: 'delete one, or name the other with --config' });
  }
  return file;
}

/** A link that leads nowhere is there too: whoever made it means it to be read. */
function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function readFile(file: string, env: Environment, sources: Map<string, string>, complaints: Complaint[]): JsonObject {
  const read = readText(file);
  if ('complaint' in read) {
    complaints.push(read.complaint);
    return {};
  }
  sources.set(file, read.text);
  const parsed = parseYaml(file, read.text);
  for (const each of parsed.complaints) complaints.push(each);
  const [document, second] = parsed.documents;
  if (second !== undefined) complaints.push({ ...fileComplaint(file, 'holds several documents'), hint: 'leave one' });
  return document === undefined ? {} : readDocument(document, env, complaints);
}

function readDocument(document: YamlDocument, env: Environment, complaints: Complaint[]): JsonObject {
  const filled = fillReferences(document, env);
  for (const each of filled.complaints) complaints.push(each);
  const validated = validate(schema, document, filled.value);
  if ('complaints' in validated) {
    for (const one of validated.complaints)
      if (!filled.complaints.some((other) => isAtSameLocation(one, other))) complaints.push(one);
    return {};
  }
  for (const each of checkRules(validated.value, document)) complaints.push(each);
  return isJsonObject(filled.value) ? filled.value : {};
}

function isAtSameLocation(one: Complaint, other: Complaint): boolean {
  return one.line === other.line && one.column === other.column;
}

/** Each value is judged alone first, so that a complaint names the flag or the variable that brought it. */
function merge(file: JsonObject, overlays: readonly Overlay[], complaints: Complaint[]): JsonObject {
  let merged: JsonObject = { ...head, ...file };
  for (const overlay of overlays) {
    const problems = problemsOf(overlay);
    for (const each of problems) complaints.push(each);
    if (problems.length === 0) merged = put(withoutRival(merged, overlay), overlay.path, overlay.value);
  }
  return merged;
}

function problemsOf({ label, path, value }: Overlay): readonly Complaint[] {
  const document: YamlDocument = {
    file: label,
    value: put(head, path, value),
    valueSpot: () => ({ line: 1, column: 1, width: 1 }),
    keySpot: () => ({ line: 1, column: 1, width: 1 }),
    written: () => null,
  };
  const validated = validate(schema, document);
  if (!('complaints' in validated)) return [];
  return validated.complaints.map(({ message, hint }) => ({ ...fileComplaint(label, message), hint }));
}

/** The organization and a list of ids are two ways to say one thing. */
const rivals: Readonly<Record<string, string>> = { 'accounts.ids': 'organization', 'accounts.organization': 'ids' };

function withoutRival(config: JsonObject, { path }: Overlay): JsonObject {
  const accounts = config['accounts'];
  const rival = rivals[path];
  if (rival === undefined || !isJsonObject(accounts)) return config;
  return { ...config, accounts: Object.fromEntries(Object.entries(accounts).filter(([key]) => key !== rival)) };
}

function put(config: JsonObject, path: string, value: JsonValue): JsonObject {
  const [key = '', ...rest] = path.split('.');
  const inner = config[key];
  return { ...config, [key]: rest.length === 0 ? value : put(isJsonObject(inner) ? inner : {}, rest.join('.'), value) };
}

function allowed(words: readonly string[], complaints: Complaint[]): readonly Risk[] {
  return words.flatMap((word) => {
    const risk = risks.find((one) => one === word);
    if (risk !== undefined) return [risk];
    complaints.push(fileComplaint('--allow', `must be ${either(risks)}, not ${JSON.stringify(word)}`));
    return [];
  });
}
