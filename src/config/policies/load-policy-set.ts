/** Policies and exceptions from files: all of them, or every complaint about any of them at once. */
import { compareTexts } from '../../domain/model/order.ts';
import { isJsonObject } from '../../domain/model/json.ts';
import type { Policy, PolicyException, PolicySet } from '../../domain/policy/policy.ts';
import { policyWarnings } from '../../domain/policy/advice/policy-warnings.ts';
import type { Settings } from '../../domain/settings.ts';
import type { SourceLocation } from '../../domain/model/source-files.ts';
import { UserError, type Complaint } from '../../errors.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import type { YamlDocument } from '../../yaml/document.ts';
import { suggest } from '../../yaml/nearest.ts';
import { soundPart } from '../../yaml/sound-part.ts';
import { validate } from '../../yaml/validate.ts';
import { apiVersion } from '../schemas/shared-schemas.ts';
import { compileExceptions, exceptionsFileSchema } from './compile-exceptions.ts';
import { compilePolicy, policyFileSchema } from './compile-policy.ts';
import { complainAtValue, locationAt, type Compiling } from './compiling.ts';
import { readDocuments, type KindDocument, type ReadDocuments } from './documents.ts';
import { fileRecords, setDigest } from './set-record.ts';
import { findSourceFiles } from './source-files.ts';
import { mergedMembers } from './further-members.ts';

/** What the configuration says that policies and exceptions are judged by. */
export type PolicyRules = Pick<Settings, 'remediation' | 'exceptions'>;

interface Compiled {
  readonly policies: readonly Policy[];
  readonly exceptions: readonly PolicyException[];
}

/**
 * Throws `SourceComplaintsError` with everything that is wrong, `UserError` where there is no policy at all. `now`
 * decides how long exceptions run.
 */
export function loadPolicySet(paths: readonly string[], rules: PolicyRules, now: Date = new Date()): PolicySet {
  const files = findSourceFiles(paths);
  return compileSet(readDocuments(files.policies), files.complaints, paths, rules, now);
}

/** The set of exactly these files; `paths` are what the user named, for the error where they hold no policy. */
export function compileSet(
  reading: ReadDocuments,
  earlier: readonly Complaint[],
  paths: readonly string[],
  rules: PolicyRules,
  now: Date,
): PolicySet {
  const complaints = [...earlier, ...reading.complaints];
  const compiled = compileAll(reading.documents, complaints, rules, now);
  if (complaints.length > 0) throw new SourceComplaintsError(complaints, reading.sources);
  if (compiled.policies.length === 0) throw noPolicy(paths);
  const policies = [...compiled.policies].sort((a, b) => compareTexts(a.name, b.name));
  const set = {
    policies,
    exceptions: compiled.exceptions,
    members: mergedMembers([...policies, ...compiled.exceptions].map(({ members }) => members)),
    files: fileRecords(reading, policies),
    sha256: setDigest(reading.documents),
  };
  return warnedAt(set, now);
}

/** The set with what is suspicious about it on that day: exceptions end. */
export function warnedAt(set: Omit<PolicySet, 'warnings'>, now: Date): PolicySet {
  return { ...set, warnings: policyWarnings(set, now) };
}

function noPolicy(paths: readonly string[]): UserError {
  return new UserError(
    `No policy in ${paths.join(', ')}. Write a first one with \`mfa-drift policy init\`, or name another place with --policies.`,
  );
}

function compileAll(
  documents: readonly KindDocument[],
  complaints: Complaint[],
  rules: PolicyRules,
  now: Date,
): Compiled {
  const policies: Policy[] = [];
  const exceptions: PolicyException[] = [];
  const taken = policyNames(documents, complaints);
  for (const { kind, document } of documents) {
    const context: Compiling = { document, complaints };
    if (kind === 'Policy') policies.push(...compileOne(context, rules));
    if (kind === 'PolicyTest') complaints.push(misplacedTest(document));
    if (kind !== 'Exceptions') continue;
    const found = compileEntries(context, rules, now);
    checkNames(found, taken, context);
    for (const each of found) exceptions.push(each);
  }
  return { policies, exceptions };
}

/** Names of all policies, of faulty ones too; the first to bear one keeps it. */
function policyNames(documents: readonly KindDocument[], complaints: Complaint[]): ReadonlyMap<string, SourceLocation> {
  const taken = new Map<string, SourceLocation>();
  for (const { kind, document } of documents) {
    const name = isJsonObject(document.value) ? document.value['name'] : undefined;
    if (kind !== 'Policy' || typeof name !== 'string') continue;
    const context: Compiling = { document, complaints };
    const first = taken.get(name);
    if (first === undefined) taken.set(name, locationAt(context, ['name']));
    else {
      const message = `another policy is named ${name} already, at ${first.file}:${first.line}`;
      complainAtValue(context, ['name'], message, 'names are unique');
    }
  }
  return taken;
}

/** Of a faulty document nothing is compiled; what of it can be judged is complained about all the same. */
function compileOne(context: Compiling, { remediation }: PolicyRules): readonly Policy[] {
  const validated = validate(policyFileSchema, context.document);
  if ('value' in validated) return [compilePolicy(validated.value, remediation, context)];
  for (const each of validated.complaints) context.complaints.push(each);
  const isFixFaulty = validated.faulty.some(([step]) => step === 'remediation');
  const part = soundPart(policyFileSchema, context.document, 2, (value) => ({
    name: 'unnamed',
    expect: {},
    ...value,
    apiVersion,
    ...(isFixFaulty ? { remediation: { mode: 'never' } } : {}),
  }));
  if (part !== null) compilePolicy(part.value, remediation, { ...context, document: part.document });
  return [];
}

/** The entries of a faulty document without their faulty keys, whose policies are looked for like those of the others. */
function compileEntries(context: Compiling, { exceptions }: PolicyRules, now: Date): readonly PolicyException[] {
  const rules = { maxDays: exceptions.maxDays, now };
  const validated = validate(exceptionsFileSchema, context.document);
  if ('value' in validated) return compileExceptions(validated.value, rules, context);
  for (const each of validated.complaints) context.complaints.push(each);
  const filled = { match: { pools: ['*'] }, reason: '-', owner: '-', expires: now.toISOString().slice(0, 10) };
  const part = soundPart(exceptionsFileSchema, context.document, 3, ({ exceptions: entries, ...value }) => ({
    ...value,
    apiVersion,
    exceptions: (Array.isArray(entries) ? entries : []).map((entry) => ({
      ...filled,
      ...(isJsonObject(entry) ? entry : {}),
    })),
  }));
  return part === null ? [] : compileExceptions(part.value, rules, { ...context, document: part.document });
}

function misplacedTest(document: YamlDocument): Complaint {
  const message = 'a PolicyTest stands among the policies';
  return { file: document.file, ...document.valueSpot(['kind']), message, hint: 'its file must be named *.test.yaml' };
}

function checkNames(
  exceptions: readonly PolicyException[],
  policies: ReadonlyMap<string, unknown>,
  context: Compiling,
): void {
  for (const [index, exception] of exceptions.entries()) {
    for (const [position, name] of (exception.policies ?? []).entries()) {
      if (policies.has(name)) continue;
      const path = ['exceptions', index, 'policies', position];
      complainAtValue(context, path, `no policy is named ${name}`, suggest(name, [...policies.keys()]));
    }
  }
}
