/** What CloudFormation, the CDK and Terraform call otherwise than the API does, with the way to its words. */

const inside = (block: string, member: string): string => `it stands inside ${block}: { ${member}: … }`;

const perFactor =
  'each factor has a block of its own, such as SoftwareTokenMfaConfiguration: { Enabled: true }; or ask for factors: { atLeastOne: [totp] }';

/** Terraform's names are the same in snake case, which is found without a table. */
export const foreignFields = {
  EnabledMfas: perFactor,
  MfaSecondFactor: perFactor,
  Mfa: 'the API says MfaConfiguration',
  SmsConfiguration: inside('SmsMfaConfiguration', 'SmsConfiguration'),
  SmsAuthenticationMessage: inside('SmsMfaConfiguration', 'SmsAuthenticationMessage'),
  EmailAuthenticationMessage: inside('EmailMfaConfiguration', 'Message'),
  EmailAuthenticationSubject: inside('EmailMfaConfiguration', 'Subject'),
  WebAuthnRelyingPartyID: inside('WebAuthnConfiguration', 'RelyingPartyId'),
  WebAuthnUserVerification: inside('WebAuthnConfiguration', 'UserVerification'),
  WebAuthnFactorConfiguration: inside('WebAuthnConfiguration', 'FactorConfiguration'),
} as const;

/** CloudFormation writes ON, which the CDK calls REQUIRED. */
export const foreignModes = { REQUIRED: 'did you mean ON?' } as const;

/** CloudFormation's and Terraform's entries of EnabledMfas, first factors of the API, and the CDK's `otp`. */
export const foreignFactors = {
  SOFTWARE_TOKEN_MFA: 'did you mean totp?',
  OTP: 'did you mean totp?',
  SMS_MFA: 'did you mean sms?',
  SMS_OTP: 'did you mean sms?',
  EMAIL_OTP: 'did you mean email?',
  EMAIL_MFA: 'did you mean email?',
  WEB_AUTHN: 'did you mean passkey?',
} as const;
