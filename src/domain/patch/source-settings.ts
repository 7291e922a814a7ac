/** A wanted state as what stands in a tool's own text: each setting by the tool's name for it. */
import { configMember, objectAt, rawMember } from '../model/api/api-values.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { factorBlocks, modeOf } from '../model/mfa/mfa-state.ts';
import { factorNames, memberNames, memberPaths, type MemberNames, type MemberPath } from './members.ts';
import type { WantedState } from './wanted-state.ts';

/** One line of a tool's text. */
export interface Setting {
  /** By the tool's name; a dot stands before what is inside of a block. */
  readonly name: string;
  /** `null`: it must not be there. */
  readonly value: JsonValue;
  /** What the service reads now; `null`: nothing. */
  readonly was: JsonValue;
  /** Whether the service reads something else now. All others must stand there too, since a write replaces the whole state. */
  readonly changes: boolean;
}

interface Edit extends Omit<Setting, 'name'> {
  readonly path: MemberPath;
}

type States = Pick<WantedState, 'before' | 'call'>;

/** Members that the pool has now, or is to have. The pool's SMS configuration outlives OFF, where nobody removes it. */
export function editsOf({ before, call }: States): readonly Edit[] {
  const isOff = modeOf(call) === 'OFF';
  return memberPaths.flatMap((path): readonly Edit[] => {
    const names = path.split('.');
    const [value, was] = [rawMember(call, names) ?? null, configMember(before, names).value ?? null];
    const isThere = value !== null || rawMember(before, names) !== undefined;
    if (!isThere || (isOff && path.startsWith('SmsMfaConfiguration.'))) return [];
    const willRead = configMember(call, names).value ?? null;
    return [{ path, value, was, changes: willRead !== was }];
  });
}

export function terraformSettings(states: States): readonly Setting[] {
  return named(editsOf(states), ({ terraform }) => terraform);
}

/** What the wanted state has and the provider can't write: an empty block is dropped by it too. */
export function unsaidByTerraform({ call }: Pick<States, 'call'>): readonly string[] {
  const members = memberPaths.filter(
    (path) => memberNames[path].terraform === null && rawMember(call, path.split('.')) !== undefined,
  );
  const email = objectAt(call, 'EmailMfaConfiguration');
  const isEmpty = email !== null && Object.keys(email).length === 0;
  return [...members, ...(isEmpty ? ['EmailMfaConfiguration without a message and a subject'] : [])];
}

export function cloudFormationSettings(states: States): readonly Setting[] {
  const settings = named(editsOf(states), ({ cloudFormation }) => cloudFormation);
  return withFactors(settings, enabledMfas(states));
}

export interface CdkSettings {
  /** Props of `UserPool`. */
  readonly props: readonly Setting[];
  /** Properties of the `CfnUserPool` inside it, by CloudFormation's names. */
  readonly overrides: readonly Setting[];
}

export function cdkSettings(states: States): CdkSettings {
  const edits = editsOf(states);
  const byProp = ({ path, value }: Edit): boolean => memberNames[path].cdk !== null && !isTooLong(path, value);
  const props = named(
    edits.filter((edit) => byProp(edit) && memberNames[edit.path].cloudFormation !== null),
    ({ cdk }) => cdk,
  );
  const overrides = edits.filter((edit) => !byProp(edit));
  return {
    props: withFactors(props, [...secondFactors(states), ...ownSmsRole(overrides)]),
    overrides: named(overrides, ({ cloudFormation }) => cloudFormation),
  };
}

/** Behind the mode, which every wanted state has. */
function withFactors(settings: readonly Setting[], factors: readonly Setting[]): readonly Setting[] {
  return [...settings.slice(0, 1), ...factors, ...settings.slice(1)];
}

/** The CDK refuses a relying party of more than 63 characters, of which the service takes 127. */
function isTooLong(path: MemberPath, value: JsonValue): boolean {
  return path === 'WebAuthnConfiguration.RelyingPartyId' && typeof value === 'string' && value.length > 63;
}

function named(edits: readonly Edit[], nameIn: (names: MemberNames) => string | null): readonly Setting[] {
  return edits.flatMap(({ path, value, was, changes }) => {
    const name = nameIn(memberNames[path]);
    return name === null ? [] : [{ name, value, was, changes }];
  });
}

/** `EnabledMfas` in one order; beside OFF there is none. */
function enabledMfas({ before, call }: States): readonly Setting[] {
  const words = (config: JsonObject) => factorsIn(config).map((block) => factorNames[block].enabledMfas);
  return [setting('EnabledMfas', words(before), words(call))].filter(
    (each) => each.value !== null || each.was !== null,
  );
}

/** Every key is said, since `sms` is true where nothing is. */
function secondFactors({ before, call }: States): readonly Setting[] {
  const isOff = modeOf(call) === 'OFF';
  const [was, is] = [factorsIn(before), factorsIn(call)];
  const blocks = factorBlocks.filter(
    (block) => block !== 'EmailMfaConfiguration' || was.includes(block) || is.includes(block),
  );
  if (isOff) return was.length === 0 ? [] : [{ name: 'mfaSecondFactor', value: null, was: null, changes: true }];
  return blocks.map((block) => ({
    name: `mfaSecondFactor.${factorNames[block].cdk}`,
    value: is.includes(block),
    was: was.includes(block),
    changes: is.includes(block) !== was.includes(block),
  }));
}

/** Without it the CDK makes a role of its own, which an override leaves without a use. */
function ownSmsRole(overrides: readonly Edit[]): readonly Setting[] {
  const isOverridden = overrides.some(({ path, value }) => path.includes('.EumsSms.') && value !== null);
  return isOverridden ? [{ name: 'enableSmsRole', value: false, was: null, changes: true }] : [];
}

function factorsIn(config: JsonObject) {
  if (modeOf(config) === 'OFF') return [];
  return (['SmsMfaConfiguration', 'SoftwareTokenMfaConfiguration', 'EmailMfaConfiguration'] as const).filter((block) =>
    block === 'SoftwareTokenMfaConfiguration'
      ? rawMember(config, [block, 'Enabled']) === true
      : objectAt(config, block) !== null,
  );
}

function setting(name: string, was: readonly string[], value: readonly string[]): Setting {
  const changes = was.join() !== value.join();
  return { name, value: value.length === 0 ? null : value, was: was.length === 0 ? null : was, changes };
}
