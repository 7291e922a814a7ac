/**
 * The exact input of `SetUserPoolMfaConfig`, which replaces the whole MFA state: what is left out is removed, and a
 * mode left out is OFF. Sources: AWS developer guide, Adding MFA; measurements of go-to-k/cdkd and floci-io/floci.
 */
import { objectAt, rawMember, readDefaults } from '../../model/api/api-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import { factorBlocks, mfaStateOf, modeOf } from '../../model/mfa/mfa-state.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';

/** What a policy wants at a path of the configuration; `null`: nothing there. */
export interface DesiredValue {
  readonly path: string;
  readonly to: JsonValue;
}

export interface Call {
  /** The input, `UserPoolId` included. */
  readonly input: JsonObject;
  /** What `GetUserPoolMfaConfig` is expected to answer afterwards. */
  readonly after: JsonObject;
}

/**
 * The configuration that a call starts from. While MFA is OFF the service may hide the SMS block of a pool with an SMS
 * configuration: then it is put together from `DescribeUserPool`, since leaving it out of a call that turns MFA on
 * would not keep SMS from being a factor, and would lose its template.
 */
export function startingPoint(config: JsonObject, settings: PoolSettings): JsonObject {
  const { smsConfiguration, smsTemplate } = settings;
  const { mode, sms } = mfaStateOf(config);
  if (mode !== 'OFF' || smsConfiguration === null || sms !== null) return config;
  const template = smsTemplate === null ? {} : { SmsAuthenticationMessage: smsTemplate };
  return { ...config, SmsMfaConfiguration: { ...template, SmsConfiguration: smsConfiguration } };
}

/** The configuration with every target written into it, blocks before the members inside them. */
export function withValues(config: JsonObject, targets: readonly DesiredValue[]): JsonObject {
  const outermostFirst = [...targets].sort((a, b) => a.path.split('.').length - b.path.split('.').length);
  return outermostFirst.reduce((written, { path, to }) => write(written, path.split('.'), to), config);
}

function write(block: JsonObject, [name, ...rest]: readonly string[], to: JsonValue): JsonObject {
  if (name === undefined) return block;
  const inner = block[name];
  const value = rest.length === 0 ? to : write(isJsonObject(inner) ? inner : {}, rest, to);
  const others = Object.entries(block).filter(([other]) => other !== name);
  return Object.fromEntries(value === null ? others : [...others, [name, value] as const]);
}

/** `before` is the pool's present configuration; `wanted` is all that is to be there afterwards. */
export function buildCall(poolId: string, before: JsonObject, wanted: JsonObject, settings: PoolSettings): Call {
  const mode = modeOf(wanted);
  const passkeys = passkeyBlock(before, wanted, settings);
  const sent = Object.fromEntries([
    ['MfaConfiguration', mode] as const,
    ...(mode === 'OFF' ? [] : factorBlocks.flatMap((name) => member(name, objectAt(wanted, name)))),
    ...member('WebAuthnConfiguration', passkeys),
  ]);
  return { input: { UserPoolId: poolId, ...sent }, after: { ...sent, ...smsThatStays(before, mode) } };
}

/** The pool's SMS configuration outlives OFF (hashicorp/terraform-provider-aws, acceptance tests), so its block is kept in view. */
function smsThatStays(before: JsonObject, mode: string): JsonObject {
  const { sms } = mfaStateOf(before);
  return mode === 'OFF' && sms !== null ? { SmsMfaConfiguration: sms } : {};
}

/**
 * The passkey block, always sent where there is one: left out, it falls back to SINGLE_FACTOR. Whether a block replaces
 * or merges is not measured, so that a verifying factor ends only by name. LITE may refuse the member altogether, so
 * that there its default is not named.
 */
function passkeyBlock(before: JsonObject, wanted: JsonObject, { tier }: PoolSettings): JsonObject | null {
  const had = mfaStateOf(before).passkeyWord;
  const wants = mfaStateOf(wanted).passkeyWord;
  const block = objectAt(wanted, 'WebAuthnConfiguration') ?? {};
  const isNamed = rawMember(block, ['FactorConfiguration']) !== undefined;
  const rest = Object.fromEntries(Object.entries(block).filter(([name]) => name !== 'FactorConfiguration'));
  const isDefault = had === wants && wants === readDefaults['WebAuthnConfiguration.FactorConfiguration'];
  const names = !isDefault || (isNamed && tier !== 'LITE');
  const complete = names ? { ...rest, FactorConfiguration: wants } : rest;
  return Object.keys(complete).length === 0 ? null : complete;
}

function member(name: string, value: JsonObject | null): readonly (readonly [string, JsonObject])[] {
  return value === null ? [] : [[name, value] as const];
}
