/** What makes a `SetUserPoolMfaConfig` request malformed, whatever the pool: JSON types and the model's constraints. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/model/json.ts';
import type { ServiceError } from '../../world/stored-pool.ts';
import { setRequestModel, type RequestField, type Structure } from '../request-model.ts';
import { invalidParameter, type ConstraintRule, type TypeRule } from './rule.ts';

const model = 'botocore 1.43.67, cognito-idp 2016-04-18';

export const typeRules: readonly TypeRule[] = [
  {
    id: 'request.types',
    says: 'A member of another JSON type than the model gives it is refused; null is the same as absent.',
    source: 'AWS JSON 1.1 protocol; texts as seen with other AWS services, not measured with Cognito',
    refuse: (input) => {
      const text = typeMismatch(input, setRequestModel);
      return text === null ? null : { name: 'SerializationException', message: text, status: 400 };
    },
  },
];

export const constraintRules: readonly ConstraintRule[] = [
  {
    id: 'request.required',
    says: 'UserPoolId must be there, and CallerArn where there is an EumsSms.',
    source: model,
    missed: (value, field) => (field.required && value === undefined ? 'Member must not be null' : null),
  },
  {
    id: 'request.enum',
    says: 'Modes, user verification and factor configuration are one of the listed words.',
    source: `${model}; text measured (floci-io/floci#2831, rosberglinhares/CloudFormationCognitoCustomResources#1)`,
    missed: (value, { values }) =>
      typeof value === 'string' && values !== undefined && !values.includes(value)
        ? `Member must satisfy enum value set: [${values.join(', ')}]`
        : null,
  },
  {
    id: 'request.min-length',
    says: 'A text is at least as long as the model says.',
    source: model,
    missed: (value, { min }) =>
      typeof value === 'string' && min !== undefined && Array.from(value).length < min
        ? `Member must have length greater than or equal to ${min}`
        : null,
  },
  {
    id: 'request.max-length',
    says: 'A text is at most as long as the model says.',
    source: model,
    missed: (value, { max }) =>
      typeof value === 'string' && max !== undefined && Array.from(value).length > max
        ? `Member must have length less than or equal to ${max}`
        : null,
  },
  {
    id: 'request.pattern',
    says: 'The pool id, ARNs, message templates (with {####}) and the subject have the form that the model says.',
    source: model,
    missed: (value, { pattern }) =>
      typeof value === 'string' && pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)
        ? `Member must satisfy regular expression pattern: ${pattern}`
        : null,
  },
];

/** All that a request misses, in one error as the service words it, or `null`. */
export function violations(request: JsonObject, rules: readonly ConstraintRule[]): ServiceError | null {
  const found = [...missedBy(request, setRequestModel, '', rules)];
  if (found.length === 0) return null;
  const errors = found.length === 1 ? 'error' : 'errors';
  return invalidParameter(`${found.length} validation ${errors} detected: ${found.join('; ')}`);
}

function* missedBy(
  value: JsonObject,
  structure: Structure,
  at: string,
  rules: readonly ConstraintRule[],
): Generator<string> {
  for (const [name, field] of Object.entries(structure.members)) {
    const path = `${at}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const member = value[name];
    if (field.type !== 'structure') {
      const shown = member === undefined ? 'null' : `'${typeof member === 'string' ? member : JSON.stringify(member)}'`;
      for (const rule of rules) {
        const text = rule.missed(member, field);
        if (text !== null) yield `Value ${shown} at '${path}' failed to satisfy constraint: ${text}`;
      }
    } else if (isJsonObject(member)) {
      yield* missedBy(member, field, `${path}.`, rules);
    }
  }
}

/** The request with nothing in it but what the model knows: the service ignores other members, and nulls. */
export function knownMembers(input: JsonObject, structure: Structure = setRequestModel): JsonObject {
  const known: Record<string, JsonValue> = {};
  for (const [name, field] of Object.entries(structure.members)) {
    const value = input[name];
    if (value === undefined || value === null) continue;
    known[name] = field.type === 'structure' && isJsonObject(value) ? knownMembers(value, field) : value;
  }
  return known;
}

function typeMismatch(value: JsonValue, shape: RequestField | Structure): string | null {
  if (shape.type !== 'structure') return scalarMismatch(value, shape.type);
  if (!isJsonObject(value)) return 'Unexpected token received from parser';
  for (const [name, member] of Object.entries(shape.members)) {
    const given = value[name] ?? null;
    const text = given === null ? null : typeMismatch(given, member);
    if (text !== null) return text;
  }
  return null;
}

function scalarMismatch(value: JsonValue, type: RequestField['type']): string | null {
  if (Array.isArray(value)) return 'Start of list found where not expected.';
  if (isJsonObject(value)) return 'Start of structure or map found where not expected.';
  if (typeof value === type) return null;
  const token =
    typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : `${(typeof value).toUpperCase()}_VALUE`;
  return `${token} cannot be converted to ${type === 'boolean' ? 'Boolean' : 'String'}`;
}
