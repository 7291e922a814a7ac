/** Members of a request, checked against the constraints of the API model; refused in the services' own words. */
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/model/json.ts';
import { ServiceFailure, type ServiceName } from './service-failure.ts';

export interface TextRule {
  readonly min?: number;
  readonly max?: number;
  /** Of the whole value. */
  readonly pattern?: string;
  readonly values?: readonly string[];
}

export interface NumberRule {
  readonly min: number;
  readonly max: number;
}

/** Organizations says beside the text which kind of mistake it is. */
type Reason =
  | 'INPUT_REQUIRED'
  | 'INVALID_PATTERN'
  | 'INVALID_ENUM'
  | 'MIN_LENGTH_EXCEEDED'
  | 'MAX_LENGTH_EXCEEDED'
  | 'MIN_VALUE_EXCEEDED'
  | 'MAX_VALUE_EXCEEDED'
  | 'INVALID_NEXT_TOKEN';

export class Input {
  private readonly service: ServiceName;
  private readonly members: JsonObject;

  constructor(service: ServiceName, members: JsonObject) {
    this.service = service;
    this.members = members;
  }

  requiredText(member: string, rule: TextRule = {}): string {
    return this.text(member, rule) ?? this.missing(member);
  }

  text(member: string, rule: TextRule = {}): string | undefined {
    const value = this.value(member);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw notOfType(value, 'String');
    const broken = brokenTextRule(value, rule);
    if (broken !== null) throw this.violation(member, `'${value}'`, broken.constraint, broken.reason);
    return value;
  }

  requiredNumber(member: string, rule: NumberRule): number {
    return this.number(member, rule) ?? this.missing(member);
  }

  number(member: string, { min, max }: NumberRule): number | undefined {
    const value = this.value(member);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw notOfType(value, 'Integer');
    if (value < min) {
      const constraint = `Member must have value greater than or equal to ${min}`;
      throw this.violation(member, `'${value}'`, constraint, 'MIN_VALUE_EXCEEDED');
    }
    if (value > max) {
      const constraint = `Member must have value less than or equal to ${max}`;
      throw this.violation(member, `'${value}'`, constraint, 'MAX_VALUE_EXCEEDED');
    }
    return value;
  }

  /** A list of words of a closed set. */
  words(member: string, values: readonly string[]): readonly string[] | undefined {
    const list = this.value(member);
    if (list === undefined) return undefined;
    if (!Array.isArray(list)) throw notOfType(list, 'List');
    return list.map((entry: JsonValue) => {
      if (typeof entry === 'string' && values.includes(entry)) return entry;
      const constraint = `Member must satisfy enum value set: [${values.join(', ')}]`;
      throw this.violation(member, `'${JSON.stringify(entry)}'`, constraint, 'INVALID_ENUM');
    });
  }

  refuse(message: string, reason: Reason): ServiceFailure {
    switch (this.service) {
      case 'cognito-idp':
        return new ServiceFailure('InvalidParameterException', message);
      case 'organizations':
        return new ServiceFailure('InvalidInputException', message, 400, { Reason: reason });
      case 'account':
        return new ServiceFailure('ValidationException', message, 400, { reason: 'fieldValidationFailed' });
      case 'cloudtrail':
        return new ServiceFailure('ValidationException', message);
      case 'sts':
        return new ServiceFailure('ValidationError', message);
    }
  }

  private value(member: string): JsonValue | undefined {
    return this.members[member] ?? undefined;
  }

  private missing(member: string): never {
    throw this.violation(member, 'null', 'Member must not be null', 'INPUT_REQUIRED');
  }

  private violation(member: string, value: string, constraint: string, reason: Reason): ServiceFailure {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    const text = `1 validation error detected: Value ${value} at '${name}' failed to satisfy constraint: ${constraint}`;
    return this.refuse(text, reason);
  }
}

function brokenTextRule(
  value: string,
  rule: TextRule,
): { readonly constraint: string; readonly reason: Reason } | null {
  if (rule.min !== undefined && value.length < rule.min) {
    return {
      constraint: `Member must have length greater than or equal to ${rule.min}`,
      reason: 'MIN_LENGTH_EXCEEDED',
    };
  }
  if (rule.max !== undefined && value.length > rule.max) {
    return { constraint: `Member must have length less than or equal to ${rule.max}`, reason: 'MAX_LENGTH_EXCEEDED' };
  }
  if (rule.pattern !== undefined && !wholly(rule.pattern).test(value)) {
    return { constraint: `Member must satisfy regular expression pattern: ${rule.pattern}`, reason: 'INVALID_PATTERN' };
  }
  if (rule.values !== undefined && !rule.values.includes(value)) {
    return { constraint: `Member must satisfy enum value set: [${rule.values.join(', ')}]`, reason: 'INVALID_ENUM' };
  }
  return null;
}

const compiled = new Map<string, RegExp>();

function wholly(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = new RegExp(`^(?:${pattern})$`, 'u');
  compiled.set(pattern, made);
  return made;
}

function notOfType(value: JsonValue, wanted: 'String' | 'Integer' | 'List'): ServiceFailure {
  const article = wanted === 'Integer' ? 'an' : 'a';
  return new ServiceFailure('SerializationException', `${kindOf(value)} can not be converted to ${article} ${wanted}`);
}

function kindOf(value: JsonValue): string {
  if (isJsonObject(value)) return 'STRUCTURE_VALUE';
  return Array.isArray(value) ? 'LIST_VALUE' : `${typeof value}_VALUE`.toUpperCase();
}
