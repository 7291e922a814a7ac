/** The MFA configuration that a pool's properties make, by the names that patches have for its members. */
import { mfaConfigMembers, userPoolMembers, type Members, type Shape } from '../model/api/api-model.ts';
import { rawMember } from '../model/api/api-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import { factorBlocks, modes, verifyingFactor } from '../model/mfa/mfa-state.ts';
import type { OpenValue, Possible } from '../model/open-values.ts';
import { factorNames, memberNames, memberPaths, type MemberPath } from '../patch/members.ts';
import { resolveWhole } from './functions.ts';
import { readMembers, type Opened } from './reading.ts';
import type { Resolving } from './resolving.ts';

type Block = (typeof factorBlocks)[number];

/** Properties of `AWS::Cognito::UserPool` that say something of MFA, with the types of the members they become. */
const mfaProperties: Members = {
  ...Object.fromEntries(
    memberPaths.flatMap((path): [string, Shape][] => {
      const name = memberNames[path].cloudFormation;
      return name === null || name.includes('.') ? [] : [[name, shapeAt(path)]];
    }),
  ),
  SmsConfiguration: userPoolMembers.SmsConfiguration,
};

/** What `GetUserPoolMfaConfig` would answer, and what of it is open. */
export interface MadeConfig {
  readonly config: JsonObject;
  readonly open: Opened;
}

export function madeConfig(properties: JsonObject, context: Resolving): MadeConfig {
  const opened: Opened = new Map();
  const read = readMembers(properties, mfaProperties, '', opened, context);
  const open = renamed(opened);
  const config: Record<string, JsonValue> = { ...blocksOf(read), MfaConfiguration: modeOf(read, open) };
  for (const block of factorBlocks) {
    const member = wholeBlock(config[block], block);
    const stand = standOf(block, properties, config, context);
    if (stand === true) config[block] = member;
    else delete config[block];
    if (typeof stand === 'string') open.set(block, { why: stand, possible: [undefined, member], isThere: false });
  }
  leavePasskeys(open);
  return { config, open };
}

function shapeAt(path: MemberPath): Shape {
  let shape: Shape = { members: mfaConfigMembers };
  for (const name of path.split('.')) {
    const members: Members = typeof shape === 'object' && 'members' in shape ? shape.members : {};
    shape = members[name] ?? 'string';
  }
  return shape;
}

/** The members by their own paths, wherever a block would be. */
function blocksOf(read: JsonObject): JsonObject {
  let config: JsonObject = {};
  for (const path of memberPaths) {
    const property = memberNames[path].cloudFormation;
    const value = property === null ? undefined : rawMember(read, property.split('.'));
    if (value !== undefined) config = withMember(config, path.split('.'), value);
  }
  return config;
}

function withMember(map: JsonObject, [name = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (rest.length === 0) return { ...map, [name]: value };
  const inside = map[name];
  return { ...map, [name]: withMember(isJsonObject(inside) ? inside : {}, rest, value) };
}

/** What is open, by the path of the member; of what is open as a whole, the block. */
function renamed(opened: Opened): Opened {
  const members = memberPaths.flatMap((path): [string, OpenValue][] => {
    const value = opened.get(memberNames[path].cloudFormation ?? '');
    return value === undefined ? [] : [[path, value]];
  });
  const sms = [...opened].filter(([path, { isThere }]) => path.startsWith('SmsConfiguration') && !isThere);
  return new Map([...members, ...sms.map(([path, value]) => [`SmsMfaConfiguration.${path}`, value] as const)]);
}

/** Absent it is OFF; open it may be any of the three. */
function modeOf(read: JsonObject, open: Opened): JsonValue {
  const value = open.get('MfaConfiguration');
  if (value === undefined) return read['MfaConfiguration'] ?? 'OFF';
  open.set('MfaConfiguration', { ...value, possible: value.possible?.map((mode) => mode ?? 'OFF') ?? modes });
  return 'OFF';
}

function leavePasskeys(open: Opened): void {
  const path = 'WebAuthnConfiguration.FactorConfiguration';
  const value = open.get(path);
  if (value !== undefined) open.set(path, { ...value, possible: value.possible ?? ['SINGLE_FACTOR', verifyingFactor] });
}

function wholeBlock(read: JsonValue | undefined, block: Block): JsonValue {
  return block === 'SoftwareTokenMfaConfiguration' ? { Enabled: true } : (read ?? {});
}

/**
 * Whether a factor's block will be there; a text says why that is not known. Not measured: what `GetUserPoolMfaConfig` shows
 * of an SMS configuration that is there without being a chosen factor.
 */
function standOf(block: Block, properties: JsonObject, config: JsonObject, context: Resolving): boolean | string {
  const chosen = enabledMfas(properties['EnabledMfas'] ?? null, factorNames[block].enabledMfas, context);
  if (chosen !== false || block !== 'SmsMfaConfiguration' || !Object.hasOwn(config, block)) return chosen;
  return 'SmsConfiguration, of which the service may make a factor by itself';
}

/** Whether `EnabledMfas` has the word. */
function enabledMfas(value: JsonValue, word: string, context: Resolving): boolean | string {
  const whole = resolveWhole(value, context);
  if (whole.known) return has(whole.value, word);
  if (whole.possible !== null) return agreed(whole.possible, word) ?? whole.why;
  const entries: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const known = entries.map((entry) => resolveWhole(entry, context));
  return known.some((entry) => entry.known && entry.value === word) ? true : whole.why;
}

function has(value: JsonValue | undefined, word: string): boolean {
  return Array.isArray(value) && value.includes(word);
}

function agreed(possible: Possible, word: string): boolean | null {
  const answers = possible.map((value) => has(value, word));
  return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? null) : null;
}
