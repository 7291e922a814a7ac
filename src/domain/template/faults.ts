/** What of a pool's properties no deployment would take, each with the property at which it stands. */
import { mfaConfigMembers } from '../model/api/api-model.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { factorBlocks, mfaStateOf } from '../model/mfa/mfa-state.ts';
import { completions, openAt, openInside } from '../model/open-values.ts';
import { settingsOf } from '../model/mfa/pool-settings.ts';
import { factorNames, memberNames, memberPaths } from '../patch/members.ts';
import type { CallUnderTest } from '../remediation/service-rules/requirement.ts';
import { requirements } from '../remediation/service-rules/requirements.ts';
import { resolve } from './functions.ts';
import type { MadePool } from './made-pool.ts';
import type { Resolving } from './resolving.ts';

export interface TemplateFault {
  readonly property: string;
  /** Of an entry in a list. */
  readonly index?: number;
  readonly message: string;
  /** Words that the property takes; `[]` where it is not about a word. */
  readonly allowed: readonly string[];
  readonly found: string;
}

export function faultsIn(properties: JsonObject, made: MadePool, context: Resolving): readonly TemplateFault[] {
  const words = [...wordFaults(properties, context), ...factorFaults(properties, context)];
  return words.length > 0 ? words : [...besideOff(properties, made), ...refusals(made)];
}

const { WebAuthnConfiguration: passkeys, MfaConfiguration: mode } = mfaConfigMembers;

/** Properties whose value is one of a few words. */
const wordProperties: readonly (readonly [property: string, words: readonly string[]])[] = [
  [memberNames.MfaConfiguration.cloudFormation, mode.values],
  [memberNames['WebAuthnConfiguration.UserVerification'].cloudFormation, passkeys.members.UserVerification.values],
  [
    memberNames['WebAuthnConfiguration.FactorConfiguration'].cloudFormation,
    passkeys.members.FactorConfiguration.values,
  ],
];

function wordFaults(properties: JsonObject, context: Resolving): readonly TemplateFault[] {
  return wordProperties.flatMap(([property, allowed]) => {
    const written = properties[property];
    if (written === undefined) return [];
    const resolved = resolve(written, context);
    if (!resolved.known || resolved.value === undefined) return [];
    return wordFault(resolved.value, property, allowed);
  });
}

/** Enough to know a value by: a function may have made it of megabytes. */
const longestShown = 200;

function shown(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}

function wordFault(value: JsonValue, property: string, allowed: readonly string[]): readonly TemplateFault[] {
  if (typeof value === 'string' && allowed.includes(value)) return [];
  const found = typeof value === 'string' ? value : '';
  const message =
    typeof value === 'boolean'
      ? `${property} is ${value}, a truth value: CloudFormation reads YAML 1.1, where ON, OFF, yes and no without quotes are that`
      : `${property} is ${shown(value)}, and must be ${allowed.join(', ')}`;
  return [{ property, message, allowed, found: typeof value === 'boolean' ? (value ? 'ON' : 'OFF') : found }];
}

function factorFaults(properties: JsonObject, context: Resolving): readonly TemplateFault[] {
  const property = 'EnabledMfas';
  const allowed = factorBlocks.map((block) => factorNames[block].enabledMfas);
  const resolved = resolve(properties[property] ?? [], context);
  if (!resolved.known || resolved.value === undefined) return [];
  const { value } = resolved;
  if (!Array.isArray(value)) {
    return [{ property, message: `${property} must be a list`, allowed: [], found: '' }];
  }
  return value.flatMap((entry: JsonValue, index) => {
    const word = resolve(entry, context);
    const isFine = !word.known || word.value === undefined || allowed.some((one) => one === word.value);
    if (isFine) return [];
    const message = `${property} has ${shown(word.value)}, which is no factor: ${allowed.join(', ')}`;
    return [{ property, index, message, allowed, found: typeof word.value === 'string' ? word.value : '' }];
  });
}

/** Source: measured for SetUserPoolMfaConfig (go-to-k/cdkd#1923); AWS::Cognito::UserPool: "set MfaConfiguration to OFF and remove EnabledMfas". */
function besideOff(properties: JsonObject, { config, subject }: MadePool): readonly TemplateFault[] {
  const isOff = config['MfaConfiguration'] === 'OFF' && openAt(subject.open, 'MfaConfiguration') === undefined;
  if (!isOff || !factorBlocks.some((block) => Object.hasOwn(config, block))) return [];
  const how =
    properties['MfaConfiguration'] === undefined
      ? 'without MfaConfiguration, which is OFF then'
      : 'beside MfaConfiguration OFF';
  const message = `EnabledMfas stands ${how}, and Cognito refuses OFF together with a factor: take EnabledMfas out, or set MfaConfiguration to ON or OPTIONAL`;
  return [{ property: 'EnabledMfas', message, allowed: [], found: '' }];
}

interface Refusal {
  readonly property: string;
  /** What of `UserPool` must be known for it, where it objects to what is not there. */
  readonly asks?: string;
  /** Seen refused with ON, and with nothing else. */
  readonly onlyOn?: true;
  /** In place of the rule's own sentence, which tells what a policy would have to ask for. */
  readonly says?: (mode: string) => string;
}

/** Rules of the service that hold for a template too, by their ids. Not among them: what was seen once, or is only our caution. */
const refused: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  [
    'P1',
    {
      property: 'MfaConfiguration',
      asks: 'SmsConfiguration',
      says: (word) =>
        `MFA cannot be ${word} without a factor: EnabledMfas must have SOFTWARE_TOKEN_MFA, EMAIL_OTP, or SMS_MFA with an SmsConfiguration`,
    },
  ],
  ['P2', { property: 'MfaConfiguration' }],
  [
    'P3',
    {
      property: 'MfaConfiguration',
      says: () =>
        "MFA cannot be ON while WEB_AUTHN is among the pool's first factors and a passkey counts as a single factor: set WebAuthnFactorConfiguration to MULTI_FACTOR_WITH_USER_VERIFICATION",
    },
  ],
  ['P5', { property: 'EnabledMfas', asks: 'EmailConfiguration' }],
  ['P6', { property: 'EnabledMfas', asks: 'AccountRecoverySetting' }],
  ['P7 e-mail', { property: 'EnabledMfas' }],
  ['P7 passkey', { property: 'WebAuthnFactorConfiguration' }],
  ['P8 one sender', { property: 'SmsConfiguration' }],
  ['P9', { property: 'EnabledMfas', onlyOn: true }],
  ...memberPaths.map(
    (path) => [path, { property: memberNames[path].cloudFormation?.split('.')[0] ?? 'EnabledMfas' }] as const,
  ),
]);

/** What the service refuses however the open values turn out. */
function refusals({ config, userPool, subject: { open, region } }: MadePool): readonly TemplateFault[] {
  const known = settingsOf(userPool, region);
  // Pools without a feature plan get the default one.
  const settings = { ...known, tier: known.tier ?? 'ESSENTIALS' };
  const before = mfaStateOf({});
  const attempts = completions(config, open).map((input): CallUnderTest => ({
    before,
    sent: mfaStateOf(input),
    input,
    settings,
  }));
  return requirements.flatMap((requirement) => {
    const { id } = requirement;
    const rule = refused.get(id);
    if (rule === undefined || openAt(open, id) !== undefined) return [];
    if (rule.asks !== undefined && openInside(open, `UserPool.${rule.asks}`) !== undefined) return [];
    if (rule.onlyOn === true && attempts.some(({ sent }) => sent.mode !== 'ON')) return [];
    const messages = attempts.flatMap((attempt) => requirement.unmet(attempt) ?? []);
    const [message] = messages;
    if (message === undefined || messages.length < attempts.length) return [];
    const said = rule.says?.(mfaStateOf(config).mode) ?? message.replace(/\.$/, '');
    return [{ property: rule.property, message: said, allowed: [], found: '' }];
  });
}
