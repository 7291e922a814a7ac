/** Made-up pools: every mode, factor, tier and sender that the service can hold together. */
import type { JsonObject } from '../../../domain/model/json.ts';
import { fraction, pick, pickFrom } from '../../seeded.ts';
import type { PlacedPool } from '../fleet.ts';
import { poolId } from '../pools.ts';

/** Pools of a big fleet share their settings, so that a pool costs little more than its id and name. */
const variants = 4096;

interface Variant {
  readonly audience: string;
  readonly mfaConfig: JsonObject;
  readonly userPool: JsonObject;
}

const made = new Map<string, Variant>();

export function generatePool(seed: number, accountId: string, region: string, index: number): PlacedPool {
  const key = `${accountId}/${region}/${index}`;
  const { audience, mfaConfig, userPool } = variant(seed, region, pick(seed, `variant/${key}`, variants));
  const name = `${audience}-${index + 1}`;
  const id = poolId(seed, accountId, region, name);
  return {
    pool: { accountId, region, id, name, primaryRegion: region, mfaConfig, userPool },
    vanishes: fraction(seed, `vanishes/${key}`) < 0.005,
  };
}

function variant(seed: number, region: string, number: number): Variant {
  const key = `${seed}/${region}/${number}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  if (made.size >= 4 * variants) made.clear();
  const fresh = makeVariant(seed, `${region}/${number}`);
  made.set(key, fresh);
  return fresh;
}

/** What is drawn first binds what follows: no e-mail factor or passkey factor on LITE, no one-time passwords beside ON. */
function makeVariant(seed: number, key: string): Variant {
  const tier = pickFrom(seed, `tier/${key}`, ['LITE', 'ESSENTIALS', 'ESSENTIALS', 'PLUS']);
  const mode = pickFrom<MfaMode>(seed, `mode/${key}`, ['OFF', 'OPTIONAL', 'ON', 'ON']);
  const firstFactors = tier === 'LITE' ? [] : drawFirstFactors(seed, key, mode);
  const audience = pickFrom(seed, `audience/${key}`, ['customer', 'workforce', 'admin', 'payments']);
  const ownSender = tier !== 'LITE' && fraction(seed, `sender/${key}`) < 0.4;
  return {
    audience,
    mfaConfig: mfaConfigOf(seed, key, { mode, tier, ownSender, firstFactors }),
    userPool: {
      UserPoolTier: tier,
      EstimatedNumberOfUsers: Math.floor(fraction(seed, `users/${key}`) ** 4 * 100_000),
      UserPoolTags: { audience },
      ...(ownSender ? senderMembers : {}),
      ...(firstFactors.length === 0 ? {} : { Policies: { SignInPolicy: { AllowedFirstAuthFactors: firstFactors } } }),
    },
  };
}

const senderMembers: JsonObject = {
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/no-reply@example.com',
  },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
};

type MfaMode = 'OFF' | 'OPTIONAL' | 'ON';

interface Drawn {
  readonly mode: MfaMode;
  readonly tier: string;
  readonly ownSender: boolean;
  readonly firstFactors: readonly string[];
}

function drawFirstFactors(seed: number, key: string, mode: string): readonly string[] {
  const draw = fraction(seed, `first/${key}`);
  if (draw < 0.6) return [];
  if (draw < 0.8) return ['PASSWORD', 'WEB_AUTHN'];
  return mode === 'ON' ? ['PASSWORD'] : ['PASSWORD', 'EMAIL_OTP'];
}

function mfaConfigOf(seed: number, key: string, drawn: Drawn): JsonObject {
  const { mode } = drawn;
  const sms = fraction(seed, `sms/${key}`) < 0.3;
  const email = mode !== 'OFF' && drawn.ownSender && fraction(seed, `email/${key}`) < 0.5;
  const totp = fraction(seed, `totp/${key}`) < 0.7 || (!sms && !email);
  return {
    MfaConfiguration: mode,
    ...(mode === 'OFF' ? {} : totpMember(seed, key, totp)),
    ...(sms ? smsMember : {}),
    ...(email ? emailMember : {}),
    ...passkeyMember(seed, key, drawn),
    ...(fraction(seed, `unknown/${key}`) < 0.02 ? { CarrierPigeonMfaConfiguration: { Enabled: true } } : {}),
  };
}

/** Off is either absent or said. */
function totpMember(seed: number, key: string, enabled: boolean): JsonObject {
  if (enabled) return { SoftwareTokenMfaConfiguration: { Enabled: true } };
  return fraction(seed, `said/${key}`) < 0.5 ? { SoftwareTokenMfaConfiguration: { Enabled: false } } : {};
}

const smsMember: JsonObject = {
  SmsMfaConfiguration: {
    SmsAuthenticationMessage: 'Your code is {####}',
    SmsConfiguration: {
      SnsCallerArn: 'arn:aws:iam::111122223333:role/cognito-sms',
      ExternalId: 'cognito-sms',
      SnsRegion: 'eu-west-1',
    },
  },
};

const emailMember: JsonObject = {
  EmailMfaConfiguration: { Message: 'Your code is {####}', Subject: 'Your sign-in code' },
};

/** With ON, a passkey as first factor must count as both factors. */
function passkeyMember(seed: number, key: string, { mode, tier, firstFactors }: Drawn): JsonObject {
  const isFirst = firstFactors.includes('WEB_AUTHN');
  if (tier === 'LITE' || (!isFirst && fraction(seed, `passkey/${key}`) < 0.8)) return {};
  const countsAsBoth = isFirst && (mode === 'ON' || fraction(seed, `both/${key}`) < 0.5);
  return {
    WebAuthnConfiguration: {
      RelyingPartyId: 'auth.example.com',
      UserVerification: pickFrom(seed, `verification/${key}`, ['required', 'preferred']),
      ...(countsAsBoth ? { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } : {}),
    },
  };
}
