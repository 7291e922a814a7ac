/** A document of kind Policy, already of the right shape, to a policy. */
import type { FromSchema } from 'json-schema-to-ts';
import type { Expectation } from '../../domain/policy/expect/expectations.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { RemediationMode } from '../../domain/settings.ts';
import { compileTypedSchema, type CompiledSchema } from '../../yaml/schemas.ts';
import { policySchema, type policyShape } from '../schemas/policy-schema.ts';
import { compileExact } from './compile-exact.ts';
import { compileExpect } from './compile-expect.ts';
import { compileMatch } from './compile-match.ts';
import { placeAt, type Compiling } from './compiling.ts';
import { membersAskedByExpect, membersAskedByMatch, readsAsked, sortedMembers } from './further-members.ts';

export type PolicyFile = FromSchema<typeof policyShape, { keepDefaultedPropertiesOptional: true }>;

const compiled = new Map<string, CompiledSchema<PolicyFile>>();

/** For documents that use only these names as keys; the same names give the same schema, compiled once. */
export function policyFileSchema(names: ReadonlySet<string>): CompiledSchema<PolicyFile> {
  const key = [...names].sort().join(' ');
  const schema = compiled.get(key) ?? compileTypedSchema<PolicyFile>(policySchema(names));
  compiled.set(key, schema);
  return schema;
}

/** `mode`: the configuration's, for a policy that has none of its own. */
export function compilePolicy(file: PolicyFile, mode: RemediationMode, context: Compiling): Policy {
  const match = compileMatch(mapOf(context, 'match'), ['match'], context);
  const expectations = compileExpectations(file, mode, context);
  const asked = membersAskedByExpect(expectations);
  return {
    name: file.name,
    description: file.description ?? null,
    severity: file.severity ?? 'medium',
    controls: file.controls ?? [],
    match,
    expectations,
    members: sortedMembers([...membersAskedByMatch(match), ...asked]),
    expects: readsAsked(asked),
    mode: file.remediation?.mode ?? null,
    allow: file.remediation?.allow ?? null,
    place: placeAt(context, ['name']),
  };
}

function compileExpectations(file: PolicyFile, mode: RemediationMode, context: Compiling): readonly Expectation[] {
  const expect = mapOf(context, 'expect');
  const needsTarget = (file.remediation?.mode ?? mode) !== 'never';
  const expectations = compileExpect(expect, ['expect'], {
    ...context,
    allowsVariables: true,
    isFixable: true,
    needsTarget,
  });
  return file.exact === true ? [...expectations, compileExact(expect, context)] : expectations;
}

/** The document's own map, whose values the schema's type leaves open. */
function mapOf({ document }: Compiling, key: string): JsonObject {
  const value: JsonValue | undefined = isJsonObject(document.value) ? document.value[key] : undefined;
  return isJsonObject(value) ? value : {};
}
