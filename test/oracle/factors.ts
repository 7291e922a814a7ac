/** Which factors the users of a pool can really use, judged from both answers. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/model/json.ts';
import { all, some, truth, type Three } from './three.ts';

export type Usable = Readonly<Record<'totp' | 'sms' | 'email' | 'passkey', Three>>;

/** `userPool` is `null` where `DescribeUserPool` could not be read. What a new word of AWS means is not known. */
export function usableFactors(config: JsonObject, userPool: JsonObject | null): Usable {
  const modeIsNotOff = meaning(config['MfaConfiguration'] ?? 'OFF', ['ON', 'OPTIONAL'], ['OFF']);
  const describes = (claim: (pool: JsonObject) => Three): Three => (userPool === null ? 'unknown' : claim(userPool));
  const factorConfiguration = at(config, 'WebAuthnConfiguration', 'FactorConfiguration') ?? 'SINGLE_FACTOR';
  return {
    totp: all([modeIsNotOff, truth(at(config, 'SoftwareTokenMfaConfiguration', 'Enabled') === true)]),
    passkey: all([
      meaning(factorConfiguration, ['MULTI_FACTOR_WITH_USER_VERIFICATION'], ['SINGLE_FACTOR']),
      describes((pool) => {
        const first = at(pool, 'Policies', 'SignInPolicy', 'AllowedFirstAuthFactors');
        return truth(Array.isArray(first) && first.includes('WEB_AUTHN'));
      }),
    ]),
    sms: all([
      modeIsNotOff,
      some([
        truth(at(config, 'SmsMfaConfiguration', 'SmsConfiguration') !== undefined),
        describes((pool) => truth(pool['SmsConfiguration'] !== undefined)),
      ]),
    ]),
    email: all([modeIsNotOff, some([truth(config['EmailMfaConfiguration'] !== undefined), describes(sendsOwnEmail)])]),
  };
}

/** An own SES sender on Essentials or Plus. */
function sendsOwnEmail(pool: JsonObject): Three {
  const sender = at(pool, 'EmailConfiguration', 'EmailSendingAccount') ?? 'COGNITO_DEFAULT';
  return all([
    meaning(sender, ['DEVELOPER'], ['COGNITO_DEFAULT']),
    meaning(pool['UserPoolTier'], ['ESSENTIALS', 'PLUS'], ['LITE']),
  ]);
}

function meaning(word: JsonValue | undefined, yes: readonly JsonValue[], no: readonly JsonValue[]): Three {
  if (word === undefined) return 'unknown';
  return yes.includes(word) ? 'yes' : no.includes(word) ? 'no' : 'unknown';
}

function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let here = value;
  for (const key of path) here = isJsonObject(here) ? here[key] : undefined;
  return here;
}
