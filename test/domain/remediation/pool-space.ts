/** Every mixture of what decides a pool's MFA: its configuration, and the settings beside it. */
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { StoredPool } from '../../../src/sandbox/world/stored-pool.ts';

export const region = 'eu-west-1';
export const poolId = 'eu-west-1_Enumerated';

const sns: JsonObject = {
  SnsCallerArn: 'arn:aws:iam::111122223333:role/sms',
  ExternalId: 'external',
  SnsRegion: 'eu-west-1',
};
const eums: JsonObject = {
  EumsSms: {
    CallerArn: 'arn:aws:iam::111122223333:role/eums',
    ExternalId: 'external',
    OriginationIdentity: '+12065550100',
    Region: 'eu-west-1',
  },
};
const template = { SmsAuthenticationMessage: 'Your code is {####}' };

type Part = JsonObject;

const modes: readonly Part[] = ['OFF', 'OPTIONAL', 'ON'].map((mode) => ({ MfaConfiguration: mode }));

const totp: readonly Part[] = [
  {},
  { SoftwareTokenMfaConfiguration: { Enabled: false } },
  { SoftwareTokenMfaConfiguration: { Enabled: true } },
];

const email: readonly Part[] = [{}, { EmailMfaConfiguration: { Message: 'Code {####}', Subject: 'Sign in' } }];

/** None, an SMS configuration that lingers on the pool, SMS as a factor: through SNS and through End User Messaging. */
const sms: readonly { readonly config: Part; readonly userPool: Part }[] = [
  { config: {}, userPool: {} },
  ...[sns, eums].flatMap((configuration) => [
    { config: {}, userPool: { SmsConfiguration: configuration } },
    {
      config: { SmsMfaConfiguration: { ...template, SmsConfiguration: configuration } },
      userPool: { SmsConfiguration: configuration, ...template },
    },
  ]),
];

const passkeys: readonly Part[] = [
  {},
  ...['preferred', 'required'].flatMap((UserVerification) =>
    ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'].map((FactorConfiguration) => ({
      WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com', UserVerification, FactorConfiguration },
    })),
  ),
];

const firstFactors: readonly Part[] = [
  {},
  signIn('PASSWORD', 'WEB_AUTHN'),
  signIn('PASSWORD', 'EMAIL_OTP'),
  signIn('PASSWORD', 'SMS_OTP', 'WEB_AUTHN'),
];

const tiers: readonly Part[] = ['LITE', 'ESSENTIALS', 'PLUS'].map((UserPoolTier) => ({ UserPoolTier }));

const senders: readonly Part[] = ['COGNITO_DEFAULT', 'DEVELOPER'].map((EmailSendingAccount) => ({
  EmailConfiguration: { EmailSendingAccount },
}));

const [noRecovery, byEmail, byPhone, byAdmin] = [
  {},
  recovery('verified_email'),
  recovery('verified_phone_number', 'verified_email'),
  recovery('admin_only'),
];
const recoveries: readonly Part[] = [noRecovery, byEmail, byPhone, byAdmin];

const threatProtection: readonly Part[] = ['AUDIT', 'ENFORCED'].map((AdvancedSecurityMode) => ({
  UserPoolAddOns: { AdvancedSecurityMode },
}));

/** The settings of a pool, and how many settings they stand for. */
export interface Settings {
  readonly userPool: JsonObject;
  readonly standsFor: number;
}

/** What of a transition decides which settings can matter to it. */
export interface Play {
  /** An SMS configuration is there or asked for. */
  readonly sms: boolean;
  /** An e-mail block is there or asked for. */
  readonly email: boolean;
  /** A passkey block is there or asked for. */
  readonly passkeys: boolean;
  /** MFA is or becomes required. */
  readonly required: boolean;
  /** The mode moves, TOTP goes, or a block that sends codes comes: what first factors decide the risk of. */
  readonly factors: boolean;
}

/** How many values each part of the space has. */
export const dimensions: Readonly<Record<string, number>> = {
  mode: modes.length,
  TOTP: totp.length,
  SMS: sms.length,
  'e-mail': email.length,
  passkeys: passkeys.length,
  'first factors': firstFactors.length,
  'feature plan': tiers.length,
  'e-mail sender': senders.length,
  'account recovery': recoveries.length,
  'threat protection': threatProtection.length,
};

/** Every setting there is. */
export const everySettings: readonly JsonObject[] = [
  ...product([firstFactors, tiers, senders, recoveries, threatProtection]),
];

/**
 * Settings of which no two differ only in what can't matter: PLUS is like ESSENTIALS, account recovery matters only to
 * SMS and e-mail, threat protection only to ON, and so on. `pool-space.test.ts` shows that it is so.
 */
export function settingsFor(play: Play): readonly Settings[] {
  const key = JSON.stringify(play);
  const known = settingsByPlay.get(key);
  if (known !== undefined) return known;
  const made = everySettings
    .map((userPool) => JSON.stringify(representative(userPool, play)))
    .reduce((counts, text) => counts.set(text, (counts.get(text) ?? 0) + 1), new Map<string, number>());
  const settings = [...made].map(([text, standsFor]) => ({ userPool: JSON.parse(text) as JsonObject, standsFor }));
  settingsByPlay.set(key, settings);
  return settings;
}

const settingsByPlay = new Map<string, readonly Settings[]>();

export function representative(userPool: JsonObject, play: Play): JsonObject {
  const ways = JSON.stringify(userPool['AccountRecoverySetting'] ?? null);
  const isPhone = ways.includes('verified_phone_number');
  const isMore = isPhone || ways.includes('admin_only');
  const { AccountRecoverySetting: _, ...others } = userPool;
  return {
    ...others,
    ...plan(userPool, play),
    ...(play.required || play.factors ? {} : { Policies: {} }),
    ...(play.required ? {} : threatProtection[0]),
    ...(play.sms && isPhone ? byPhone : play.email && isMore ? byAdmin : noRecovery),
  };
}

/** Without an e-mail block a sender matters only where it makes e-mail a factor, and without passkeys so does the plan. */
function plan({ UserPoolTier: tier, EmailConfiguration: sender }: JsonObject, play: Play): Part {
  const higher = tier === 'LITE' ? tier : 'ESSENTIALS';
  if (play.email || (tier !== 'LITE' && sender !== senders[0]?.['EmailConfiguration'])) return { UserPoolTier: higher };
  return { ...senders[0], UserPoolTier: play.passkeys ? higher : 'ESSENTIALS' };
}

/** A configuration, with the SMS settings that go with it. */
export interface Configured {
  readonly config: JsonObject;
  readonly userPool: JsonObject;
}

export const everyConfiguration: readonly Configured[] = sms.flatMap((delivery) =>
  [...product([modes, totp, email, passkeys])].map((blocks) => ({
    config: { ...blocks, ...delivery.config },
    userPool: delivery.userPool,
  })),
);

/**
 * Configurations, each with how many it stands for: unless SMS or a mode alone is asked for, End User Messaging is like
 * SNS.
 */
export function configurationsFor(
  targets: readonly { readonly path: string }[],
): readonly (Configured & { readonly standsFor: number })[] {
  if (looksAtSender(targets)) return everyConfiguration.map((each) => ({ ...each, standsFor: 1 }));
  return everyConfiguration
    .filter((each) => throughSns(each) === each)
    .map((each) => ({ ...each, standsFor: 'SmsConfiguration' in each.userPool ? 2 : 1 }));
}

export function looksAtSender(targets: readonly { readonly path: string }[]): boolean {
  const [first, second] = targets;
  const isModeAlone = first?.path === 'MfaConfiguration' && second === undefined;
  return isModeAlone || targets.some(({ path }) => path.startsWith('SmsMfaConfiguration'));
}

/** The same configuration through SNS; itself where it is so already, or sends no SMS. */
export function throughSns(configured: Configured): Configured {
  const text = JSON.stringify(configured);
  const replaced = text.replaceAll(JSON.stringify(eums), JSON.stringify(sns));
  return replaced === text ? configured : (JSON.parse(replaced) as Configured);
}

export function storedPool(config: JsonObject, userPool: JsonObject): StoredPool {
  return {
    accountId: '111122223333',
    region,
    id: poolId,
    name: 'enumerated',
    primaryRegion: region,
    mfaConfig: config,
    userPool: { EstimatedNumberOfUsers: 7, ...userPool },
  };
}

function* product([first, ...rest]: readonly (readonly Part[])[]): Generator<Part> {
  if (first === undefined) {
    yield {};
    return;
  }
  for (const part of first) for (const others of product(rest)) yield { ...part, ...others };
}

function signIn(...factors: readonly string[]): Part {
  return { Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } } };
}

function recovery(...names: readonly string[]): Part {
  return {
    AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, index) => ({ Priority: index + 1, Name })) },
  };
}
