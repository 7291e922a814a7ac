/** What `policy check` found, for a program; it is written too where the files are wrong. */
import type { RunInputs } from '../../domain/policy/run-inputs.ts';
import { exceptionRecord } from '../../domain/policy/exceptions.ts';
import { policyRecords } from '../../domain/policy/policy-records.ts';
import type { ExceptionRecord, PolicyRecord } from '../../domain/result/result.ts';
import type { Warning } from '../../domain/result/warning.ts';
import type { UserError } from '../../errors.ts';
import * as records from '../../result/saved/record-schemas.ts';
import { policyRecord } from '../../result/saved/schema.ts';
import { closed, described, flag, list, nullable, record, text } from '../../result/saved/schema-pieces.ts';
import {
  documentErrors,
  documentSchema,
  errorsOf,
  headMembers,
  headOf,
  type DocumentError,
  type DocumentHead,
} from './document.ts';

/** What was loaded, on the day by which exceptions are judged; or why it could not be. */
export type PolicyCheckView =
  { readonly inputs: RunInputs; readonly now: Date; readonly error: null } | { readonly error: UserError };

interface PolicyCheckDocument extends DocumentHead<'PolicyCheckReport'> {
  readonly valid: boolean;
  readonly configuration: string | null;
  readonly policySetSha256: string | null;
  readonly policies: readonly PolicyRecord[];
  readonly exceptions: readonly ExceptionRecord[];
  readonly warnings: readonly Warning[];
  readonly errors: readonly DocumentError[];
}

export function policyCheckDocument(view: PolicyCheckView): PolicyCheckDocument {
  if (view.error !== null) {
    const nothing = { configuration: null, policySetSha256: null, policies: [], exceptions: [], warnings: [] };
    return { ...headOf('PolicyCheckReport'), valid: false, ...nothing, errors: errorsOf(view.error) };
  }
  const {
    inputs: { set, settings },
    now,
  } = view;
  return {
    ...headOf('PolicyCheckReport'),
    valid: true,
    configuration: settings.file,
    policySetSha256: set.sha256,
    policies: policyRecords(set),
    exceptions: set.exceptions.map((exception) => exceptionRecord(exception, now)),
    warnings: set.warnings,
    errors: [],
  };
}

export const policyCheckSchema = documentSchema(
  {
    name: 'policy-check-report',
    title: 'mfa-drift policy check',
    description: 'What mfa-drift policy check writes with --report json, whether the files are valid or not.',
  },
  record<PolicyCheckDocument>({
    ...headMembers('PolicyCheckReport'),
    valid: described('Warnings do not count.', flag),
    configuration: described('Its file; null: there is none, or it is not valid.', nullable(text)),
    policySetSha256: described('As results of these policies have it; null: not valid.', nullable(text)),
    policies: described('By name; empty where something is not valid.', list(policyRecord)),
    exceptions: list(closed('exception', records.exception)),
    warnings: list(closed('warning', records.warning)),
    errors: documentErrors,
  }),
  { exception: records.exception, warning: records.warning },
);
