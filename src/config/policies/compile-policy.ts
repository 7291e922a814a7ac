/** A document of kind Policy, already of the right shape, to a policy. */
import type { FromSchema } from 'json-schema-to-ts';
import type { Expectation } from '../../domain/policy/expect/expectations.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { RemediationMode, RemediationSettings } from '../../domain/settings.ts';
import { builtSchema } from '../../yaml/built-schemas.ts';
import { validate } from '../schemas/file-checks.ts?compiled';
import type { policyShape } from '../schemas/policy-schema.ts';
import { compileExact } from './compile-exact.ts';
import { compileExpect } from './compile-expect.ts';
import { compileMatch } from './compile-match.ts';
import { complainAtKey, locationAt, type Compiling } from './compiling.ts';
import { membersAskedByExpect, membersAskedByMatch, readsAsked, sortedMembers } from './further-members.ts';

export type PolicyFile = FromSchema<typeof policyShape, { keepDefaultedPropertiesOptional: true }>;

export const policyFileSchema = builtSchema<PolicyFile>(validate, 'policy');

/** `defaults`: the configuration's, for a policy that has none of its own. */
export function compilePolicy(
  file: PolicyFile,
  defaults: Pick<RemediationSettings, 'mode' | 'readiness'>,
  context: Compiling,
): Policy {
  const match = compileMatch(mapOf(context, 'match'), ['match'], context);
  const expectations = compileExpectations(file, defaults.mode, context);
  checkRollout(file, expectations, defaults, context);
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
    readiness: file.remediation?.readiness ?? null,
    enrolment: file.remediation?.enrolment ?? null,
    meanwhile: file.remediation?.meanwhile ?? null,
    location: locationAt(context, ['name']),
  };
}

function compileExpectations(file: PolicyFile, mode: RemediationMode, context: Compiling): readonly Expectation[] {
  const expect = mapOf(context, 'expect');
  const needsFixValue = (file.remediation?.mode ?? mode) !== 'never';
  const expectations = compileExpect(expect, ['expect'], {
    ...context,
    allowsVariables: true,
    isFixable: true,
    needsFixValue,
  });
  return file.exact === true ? [...expectations, compileExact(expect, context)] : expectations;
}

/** What is written meanwhile needs something that it waits for, and something that comes after it. */
function checkRollout(
  { remediation }: PolicyFile,
  expectations: readonly Expectation[],
  defaults: Pick<RemediationSettings, 'readiness'>,
  context: Compiling,
): void {
  if (remediation?.meanwhile === undefined) return;
  const at = ['remediation', 'meanwhile'];
  if ((remediation.readiness ?? defaults.readiness) === null)
    complainAtKey(context, at, 'meanwhile needs a share of users that ON waits for', 'add readiness, such as 0.98');
  if (!expectations.some(asksForOn))
    complainAtKey(
      context,
      at,
      'meanwhile stands in a policy that does not ask for ON',
      'expect: MfaConfiguration: "ON"',
    );
}

function asksForOn(expectation: Expectation): boolean {
  if (expectation.kind !== 'value' || expectation.path !== 'MfaConfiguration') return false;
  return expectation.fixValue.kind === 'set' && expectation.fixValue.value === 'ON';
}

/** The document's own map, whose values the schema's type leaves open. */
function mapOf({ document }: Compiling, key: string): JsonObject {
  const value: JsonValue | undefined = isJsonObject(document.value) ? document.value[key] : undefined;
  return isJsonObject(value) ? value : {};
}
