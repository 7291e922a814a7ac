/** What the JSON documents of `show`, `doctor`, `policy check` and `policy test` have in common, and their schemas. */
import type { JsonObject } from '../../domain/model/json.ts';
import type { SourceLocation } from '../../domain/model/source-files.ts';
import { ComplaintsError, type UserError } from '../../errors.ts';
import * as records from '../../result/saved/record-schemas.ts';
import {
  constant,
  count,
  described,
  list,
  nullable,
  record,
  text,
  type Schema,
} from '../../result/saved/schema-pieces.ts';
import { version } from '../../version.ts';

export type DocumentKind =
  'ShowReport' | 'DoctorReport' | 'PolicyCheckReport' | 'PolicyTestReport' | 'TemplateReport' | 'ReadinessReport';

export interface DocumentHead<Kind extends DocumentKind> {
  readonly schemaVersion: '1';
  readonly kind: Kind;
  readonly tool: { readonly name: 'mfa-drift'; readonly version: string };
}

export function headOf<const Kind extends DocumentKind>(kind: Kind): DocumentHead<Kind> {
  return { schemaVersion: '1', kind, tool: { name: 'mfa-drift', version } };
}

export function headMembers<const Kind extends DocumentKind>(kind: Kind) {
  return {
    schemaVersion: constant('1'),
    kind: constant(kind),
    tool: record<DocumentHead<Kind>['tool']>({ name: constant('mfa-drift'), version: text }),
  };
}

export interface DocumentSchema extends JsonObject {
  readonly $id: string;
}

/** @param definitions what the shape refers to, by name */
export function documentSchema<T>(
  { name, title, description }: { readonly name: string; readonly title: string; readonly description: string },
  shape: Schema<T>,
  definitions: JsonObject,
): DocumentSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:mfa-drift:schema:v1:${name}`,
    title,
    description,
    ...shape,
    $defs: definitions,
  };
}

/** Why a command could not do what it was asked, with its location where there is one. */
export interface DocumentError {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  /** The nearest correct word, or the way out. */
  readonly hint: string | null;
}

export const documentError = record<DocumentError>({
  file: described('A file, or the flag or variable that is wrong; null: none is to blame.', nullable(text)),
  line: described('From 1; null: the file as a whole.', nullable(count)),
  column: nullable(count),
  message: text,
  hint: described('The nearest correct word, or the way out.', nullable(text)),
});

export const documentErrors = described('Why it could not run; empty: it could.', list(documentError));

export function errorsOf(error: UserError): readonly DocumentError[] {
  if (!(error instanceof ComplaintsError))
    return [{ file: null, line: null, column: null, message: error.message, hint: null }];
  return error.complaints.map(({ file, line, column, message, hint }) => ({ file, line, column, message, hint }));
}

/** What gaps and pools of a saved result refer to. */
export const gapDefinitions = { gap: records.gap, exception: records.exception };
export const poolDefinitions = {
  ...gapDefinitions,
  account: records.account,
  pool: records.pool,
  finding: records.finding,
  readiness: records.readiness,
  remediation: records.remediation,
};

export const sourceLocation = record<SourceLocation>({ file: text, line: count, column: count });
