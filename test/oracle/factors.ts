/** Which factors the users of a pool can really use, judged from both answers. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.ts';
import { all, some, truth, type Three } from './three.ts';

export type Usable = Readonly<Record<'totp' | 'sms' | 'email' | 'passkey', Three>>;

/** `userPool` is `null` where `DescribeUserPool` could not be read. */
export function usableFactors(config: JsonObject, userPool: JsonObject | null): Usable {
  const modeIsNotOff = truth(config['MfaConfiguration'] !== 'OFF');
  const describes = (claim: (pool: JsonObject) => boolean): Three =>
    userPool === null ? 'unknown' : truth(claim(userPool));
  const factorConfiguration = at(config, 'WebAuthnConfiguration', 'FactorConfiguration');
  return {
    totp: all([modeIsNotOff, truth(at(config, 'SoftwareTokenMfaConfiguration', 'Enabled') === true)]),
    passkey: all([
      truth(factorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
      describes((pool) => {
        const first = at(pool, 'Policies', 'SignInPolicy', 'AllowedFirstAuthFactors');
        return Array.isArray(first) && first.includes('WEB_AUTHN');
      }),
    ]),
    sms: all([
      modeIsNotOff,
      some([
        truth(at(config, 'SmsMfaConfiguration', 'SmsConfiguration') !== undefined),
        describes((pool) => pool['SmsConfiguration'] !== undefined),
      ]),
    ]),
    email: all([modeIsNotOff, some([truth(config['EmailMfaConfiguration'] !== undefined), describes(sendsOwnEmail)])]),
  };
}

/** An own SES sender on Essentials or Plus. */
function sendsOwnEmail(pool: JsonObject): boolean {
  const isOwn = at(pool, 'EmailConfiguration', 'EmailSendingAccount') === 'DEVELOPER';
  return isOwn && (pool['UserPoolTier'] === 'ESSENTIALS' || pool['UserPoolTier'] === 'PLUS');
}

function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let here = value;
  for (const key of path) here = isJsonObject(here) ? here[key] : undefined;
  return here;
}
