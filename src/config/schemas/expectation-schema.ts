/* oxlint-disable unicorn/no-thenable -- `then` is a word of JSON Schema; nobody awaits a schema. */
/** What may stand under `expect`, made from the table of the API model: its fields by name, and the operators for each. */
import { furtherReads, poolReads } from '../../domain/model/api/reads.ts';
import { mfaConfigMembers, type Members, type Shape } from '../../domain/model/api/api-model.ts';
import { factorNames } from '../../domain/model/mfa/factors.ts';
import { operators, type Operator, type ValueKind } from '../../domain/policy/expect/operators.ts';
import { foreignFactors, foreignFields, foreignModes } from './foreign-words.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Definitions as they are made. */
interface Making {
  readonly definitions: Record<string, Schema>;
}

const absentOrHolds = 'Holds when the block or field is not there, or when what is inside holds. Stands alone.';
const oneHolds = 'Holds when one of these does.';

/** A value with a variable in it is judged once it is filled in. */
function scalarOf(shape: Shape): Schema {
  if (shape === 'boolean' || shape === 'number') return { type: shape };
  if (typeof shape === 'object' && 'values' in shape) {
    const refused = shape.values.includes('OPTIONAL') ? { refused: foreignModes } : {};
    return { if: { type: 'string', pattern: '\\$\\{' }, then: {}, else: { enum: shape.values, ...refused } };
  }
  return { type: 'string' };
}

function list(description: string, items: Schema, examples?: readonly unknown[]): Schema {
  return {
    description,
    type: 'array',
    minItems: 1,
    items,
    ...(examples === undefined ? {} : { examples: [examples] }),
  };
}

/** A scalar, or a map of operators; inside `ifPresent` and `anyOf` only such maps. */
function scalarField(shape: Shape, self: string): Schema {
  const scalar = scalarOf(shape);
  const asked: Schema = {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      ...operatorsOn(kindOf(shape), scalar),
      set: { ...scalar, description: 'What a fix writes.' },
      ifPresent: { $ref: self, type: 'object', description: absentOrHolds },
      anyOf: list(oneHolds, { $ref: self, type: 'object' }),
    },
  };
  return { if: { type: 'object' }, then: asked, else: scalar };
}

function kindOf(shape: Shape): ValueKind {
  return shape === 'number' || shape === 'boolean' ? shape : 'text';
}

/** Every operator that may stand on such a value; `own`: a value of the field, or an entry of its list. */
function operatorsOn(kind: ValueKind, own: Schema): Schema {
  const all = Object.entries<Operator>(operators).filter(([, { on }]) => on.includes(kind));
  return Object.fromEntries(all.map(([name, operator]) => [name, operandSchema(operator, own)]));
}

function operandSchema({ says, takes, examples }: Operator, own: Schema): Schema {
  switch (takes) {
    case 'values':
      return list(says, own);
    case 'entry':
      return { ...own, description: says };
    case 'string':
    case 'number':
    case 'boolean':
      return { description: says, type: takes, ...(examples === undefined ? {} : { examples }) };
  }
}

/** Lists are not compared as a whole. */
function listField(entry: Shape, self: string): Schema {
  const item = entryOf(entry);
  return {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      ...operatorsOn('list', item),
      ifPresent: { $ref: self, type: 'object', description: absentOrHolds },
      anyOf: list(oneHolds, { $ref: self, type: 'object' }),
    },
  };
}

/** An entry that is a map is told by some of its members. */
function entryOf(entry: Shape): Schema {
  if (typeof entry !== 'object' || !('members' in entry)) return scalarOf(entry);
  const scalars = Object.entries(entry.members).filter(([, shape]) => typeof shape !== 'object' || 'values' in shape);
  return {
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    unknownKey: 'a field of the API',
    properties: Object.fromEntries(scalars.map(([name, shape]) => [name, scalarOf(shape)])),
  };
}

function blockField(fields: Schema, self: string, rest: Schema | false): Schema {
  return {
    type: 'object',
    additionalProperties: rest,
    unknownKey: 'a field of the API',
    properties: {
      ...fields,
      ...operatorsOn('block', {}),
      ifPresent: { $ref: self, type: 'object', description: absentOrHolds },
      anyOf: list(oneHolds, { $ref: self, type: 'object' }),
    },
  };
}

/**
 * Definitions speak of themselves inside `ifPresent` and `anyOf`. Fields of the same kind share one, which keeps the
 * schema small; blocks are named by their path.
 */
function define(making: Making, path: string, shape: Shape): Schema {
  const name = definitionName(path, shape);
  const self = `#/$defs/${name}`;
  if (!Object.hasOwn(making.definitions, name)) {
    making.definitions[name] = {};
    making.definitions[name] = defined(making, path, self, shape);
  }
  return { $ref: self };
}

function definitionName(path: string, shape: Shape): string {
  if (typeof shape === 'string') return shape;
  return 'values' in shape ? shape.values.join('-or-') : path;
}

function defined(making: Making, path: string, self: string, shape: Shape): Schema {
  if (typeof shape !== 'object' || 'values' in shape) return scalarField(shape, self);
  if ('list' in shape) return listField(shape.list, self);
  if ('map' in shape) return blockField({}, self, define(making, `${path}.entry`, shape.map));
  return blockField(fieldsOf(making, path, shape.members), self, false);
}

function fieldsOf(making: Making, path: string, members: Members): Schema {
  return Object.fromEntries(
    Object.entries(members).map(([name, shape]) => [name, define(making, `${path}.${name}`, shape)]),
  );
}

const factorList = (description: string, example: readonly string[]): Schema => ({
  ...list(description, { enum: factorNames, refused: foreignFactors }, example),
  uniqueItems: true,
});

const factors: Schema = {
  description: 'Asks for the second factors that a user can really use, judged from both answers. Never fixed.',
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    allow: factorList('No other factor can be used.', ['totp', 'passkey']),
    atLeastOne: factorList('One of these can be used.', ['totp']),
  },
};

/** A block for each further read. */
function furtherBlocks(making: Making): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    furtherReads.map((read) => {
      const { request, block, members } = poolReads[read];
      const description = `Members of ${request}'s answer. Judged, never fixed.`;
      return [block, { ...define(making, block, { members }), description }] as const;
    }),
  );
}

/** `expect`: fields of the MFA configuration, `factors`, `UserPool` and `anyOf`; and `UserPool` alone, for `match`. */
export function expectationDefinitions(): Readonly<Record<string, Schema>> {
  const making: Making = { definitions: {} };
  const further = furtherBlocks(making);
  making.definitions['expect'] = {
    type: 'object',
    additionalProperties: false,
    unknownKey: 'a field of the API',
    foreignKeys: foreignFields,
    properties: {
      ...fieldsOf(making, 'config', mfaConfigMembers),
      factors,
      ...further,
      anyOf: list(oneHolds, { $ref: '#/$defs/expect', minProperties: 1 }, [
        { SoftwareTokenMfaConfiguration: { Enabled: true } },
        { factors: { atLeastOne: ['passkey'] } },
      ]),
    },
  };
  return making.definitions;
}
