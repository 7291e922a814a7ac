/** User pools in every state: each mixture of factors, of settings around them, and members that no model knows. */
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/domain/model/json.ts';

export interface PoolDraft {
  readonly name: string;
  readonly config: JsonObject;
  readonly userPool: JsonObject;
  readonly vanishes: boolean;
}

export const poolNames = [
  'customers-web',
  'customers-app',
  'staff portal',
  'admin.console',
  'a+b=c@d',
  'checkout-sandbox',
];
export const poolTagValues = { audience: ['customer', 'workforce'], owner: ['shop', 'hr'], exempt: ['true'] } as const;
export const relyingParties = ['auth.shop.example.com', 'auth.hr.example.com', 'authXshop.example.com', 'shop'];
export const messages = ['Your code is {####}', 'Code: {####}', 'Votre code:\n{####}'];
export const smsRegions = ['eu-west-1', 'us-east-1'];

const one = fc.constantFrom;

/** Present in half of the cases. */
function perhaps<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

/** An object of the members that were drawn. */
function object(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<JsonObject> {
  return fc.record(members).map((drawn): JsonObject => JSON.parse(JSON.stringify(drawn)));
}

const smsConfiguration = object({
  SnsCallerArn: one('arn:aws:iam::111122220000:role/sms', 'arn:aws:iam::111122220001:role/cognito/sms'),
  ExternalId: perhaps(one('pool-sms')),
  SnsRegion: perhaps(one(...smsRegions)),
});

const config = fc
  .record({
    mode: fc.oneof(
      { weight: 40, arbitrary: one('OFF', 'ON', 'OPTIONAL') },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    blocks: object({
      SoftwareTokenMfaConfiguration: perhaps(object({ Enabled: fc.boolean() })),
      SmsMfaConfiguration: fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: object({
            SmsAuthenticationMessage: perhaps(one(...messages)),
            SmsConfiguration: smsConfiguration,
          }),
        },
      ),
      EmailMfaConfiguration: perhaps(
        object({ Message: perhaps(one(...messages)), Subject: perhaps(one('Your code')) }),
      ),
      WebAuthnConfiguration: perhaps(
        object({
          RelyingPartyId: perhaps(one(...relyingParties)),
          UserVerification: perhaps(one('required', 'preferred', 'discouraged')),
          FactorConfiguration: perhaps(one('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION')),
          Attestation: fc.option(one('direct'), { nil: undefined, freq: 9 }).map((value) => value),
        }),
      ),
      PushMfaConfiguration: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: object({ Enabled: fc.boolean() }) },
      ),
    }),
  })
  .map(({ mode, blocks }): JsonObject => (mode === undefined ? blocks : { ...blocks, MfaConfiguration: mode }));

const userPool = object({
  UserPoolTier: one('LITE', 'ESSENTIALS', 'PLUS'),
  EstimatedNumberOfUsers: one(0, 1, 12, 4800),
  EmailConfiguration: object({ EmailSendingAccount: one('COGNITO_DEFAULT', 'DEVELOPER') }),
  SmsConfiguration: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: smsConfiguration },
  ),
  Policies: perhaps(
    object({
      SignInPolicy: perhaps(
        object({
          AllowedFirstAuthFactors: fc.subarray(['PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP'], { minLength: 1 }),
        }),
      ),
    }),
  ),
  DeviceConfiguration: perhaps(object({ ChallengeRequiredOnNewDevice: fc.boolean() })),
  UserPoolAddOns: perhaps(object({ AdvancedSecurityMode: one('OFF', 'AUDIT', 'ENFORCED') })),
  UserPoolTags: object({
    audience: perhaps(one(...poolTagValues.audience)),
    owner: perhaps(one(...poolTagValues.owner)),
    exempt: perhaps(one(...poolTagValues.exempt)),
  }),
});

export const poolDraft: fc.Arbitrary<PoolDraft> = fc.record({
  name: one(...poolNames),
  config,
  userPool,
  vanishes: fc.oneof({ weight: 29, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
