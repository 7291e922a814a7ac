/** Unit tests of policies, each with the policies in its own folder. */
import { byFurtherRead } from '../../domain/model/api/reads.ts';
import { dirname } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { PolicyTestCase, PolicyTestSuite } from '../../domain/policy/tests/policy-tests.ts';
import type { Complaint } from '../../errors.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';
import type { YamlDocument } from '../../yaml/document.ts';
import { builtSchema, type Described } from '../../yaml/built-schemas.ts';
import { validate } from '../../yaml/validate.ts';
import { validate as checks } from '../schemas/file-checks.ts?compiled';
import type { policyTestSchema } from '../schemas/policy-test-schema.ts';
import { readDocuments, type ReadDocuments } from './documents.ts';
import { compileSet, type PolicyRules } from './load-policy-set.ts';
import { findSourceFiles } from './source-files.ts';

type TestFile = Described<typeof policyTestSchema>;
type TestEntry = TestFile['cases'][number];

const testFileSchema = builtSchema<TestFile>(checks, 'policyTest');

/** In the order of folders and files. Throws `SourceComplaintsError` with every complaint about tests and policies. */
export function loadPolicyTests(
  paths: readonly string[],
  rules: PolicyRules,
  now: Date = new Date(),
): readonly PolicyTestSuite[] {
  const found = findSourceFiles(paths);
  const reading = readDocuments(found.tests);
  const complaints: Complaint[] = [...found.complaints, ...reading.complaints];
  const cases = reading.documents.flatMap(({ document }) => casesIn(document, complaints));
  if (complaints.length > 0) throw new SourceComplaintsError(complaints, reading.sources);
  const folders = [...new Set(cases.map(({ location }) => dirname(location.file)))];
  return folders.map((folder) => ({
    set: compileSet(policiesIn(folder), [], [folder], rules, now),
    cases: cases.filter(({ location }) => dirname(location.file) === folder),
  }));
}

function policiesIn(folder: string): ReadDocuments {
  return readDocuments(findSourceFiles([folder]).policies);
}

function casesIn(document: YamlDocument, complaints: Complaint[]): readonly PolicyTestCase[] {
  const validated = validate(testFileSchema, document);
  if ('value' in validated) return validated.value.cases.map((entry, index) => toCase(entry, index, document));
  for (const each of validated.complaints) complaints.push(each);
  return [];
}

function toCase(entry: TestEntry, index: number, document: YamlDocument): PolicyTestCase {
  const { account, pool, region = 'eu-west-1' } = entry;
  const { line, column } = document.keySpot(['cases', index]);
  const raw = entryAt(document.value, index);
  return {
    name: entry.name,
    location: { file: document.file, line, column },
    account: {
      id: account?.id ?? '111122223333',
      name: account?.name ?? 'account',
      tags: account?.tags ?? {},
      path: account?.path ?? '/',
    },
    region,
    pool: { id: pool?.id ?? `${region}_Test12345`, name: pool?.name ?? 'pool', tags: pool?.tags ?? {} },
    config: mapIn(raw['config']),
    further: byFurtherRead((read) => mapIn(raw[read])),
    expect: wantedOf(entry.expect),
  };
}

/** The schema leaves `expect` open between a word and a list; it has judged it already. */
function wantedOf(expect: unknown): PolicyTestCase['expect'] {
  if (!Array.isArray(expect)) return expect === 'uncovered' ? 'uncovered' : 'compliant';
  return expect.map((finding: { policy: string; path: string }) => ({ policy: finding.policy, path: finding.path }));
}

/** Values as JSON, which the schema's type does not promise. */
function entryAt(value: JsonValue, index: number): JsonObject {
  const cases = isJsonObject(value) ? value['cases'] : undefined;
  return mapIn(Array.isArray(cases) ? cases[index] : undefined);
}

function mapIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
