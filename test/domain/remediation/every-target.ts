/** What policies ask for: every field alone, each of its values, and the combinations that belong together. */
import type { JsonValue } from '../../../src/domain/model/json.ts';
import type { DesiredValue } from '../../../src/domain/remediation/write/call.ts';

const mode = (to: string): DesiredValue => ({ path: 'MfaConfiguration', to });
const totp = (to: boolean): DesiredValue => ({ path: 'SoftwareTokenMfaConfiguration.Enabled', to });
const passkey = (member: string, to: string): DesiredValue => ({ path: `WebAuthnConfiguration.${member}`, to });

const verifying = passkey('FactorConfiguration', 'MULTI_FACTOR_WITH_USER_VERIFICATION');
const single = passkey('FactorConfiguration', 'SINGLE_FACTOR');
const relyingParty = passkey('RelyingPartyId', 'login.example.com');
const preferred = passkey('UserVerification', 'preferred');
const required = passkey('UserVerification', 'required');
const emailText = { path: 'EmailMfaConfiguration.Message', to: 'Another {####}' };
const smsText = { path: 'SmsMfaConfiguration.SmsAuthenticationMessage', to: 'Another {####}' };
const smsBlock = {
  path: 'SmsMfaConfiguration',
  to: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/other', SnsRegion: 'eu-west-1' } },
};
const sender = (member: string, to: JsonValue): DesiredValue => ({
  path: `SmsMfaConfiguration.SmsConfiguration${member === '' ? '' : `.${member}`}`,
  to,
});
const eumsRole = 'arn:aws:iam::111122223333:role/eums';

export const everyTarget: Readonly<Record<string, readonly DesiredValue[]>> = {
  OFF: [mode('OFF')],
  OPTIONAL: [mode('OPTIONAL')],
  ON: [mode('ON')],
  'TOTP on': [totp(true)],
  'TOTP off': [totp(false)],
  'OPTIONAL, TOTP on': [mode('OPTIONAL'), totp(true)],
  'ON, TOTP on': [mode('ON'), totp(true)],
  'OFF, TOTP off': [mode('OFF'), totp(false)],
  'ON, TOTP off': [mode('ON'), totp(false)],
  'TOTP off, passkey factor': [totp(false), verifying],
  'ON, passkey factor': [mode('ON'), verifying],
  'ON, TOTP on, passkey factor': [mode('ON'), totp(true), relyingParty, required, verifying],
  'OPTIONAL, TOTP on, relying party': [mode('OPTIONAL'), totp(true), relyingParty, preferred],
  'relying party alone': [relyingParty],
  'relying party, verification': [relyingParty, required],
  'no relying party': [{ path: 'WebAuthnConfiguration.RelyingPartyId', to: null }],
  'verification required': [required],
  'verification preferred': [preferred],
  'passkey factor': [verifying],
  'passkey single': [single],
  'SMS text': [smsText],
  'SMS block': [smsBlock],
  'OPTIONAL, SMS block': [mode('OPTIONAL'), smsBlock],
  'SNS: external id': [sender('ExternalId', 'another')],
  'SNS: region': [sender('SnsRegion', 'us-east-1')],
  'EUMS: all but role and region': [
    sender('EumsSms.ExternalId', 'another'),
    sender('EumsSms.OriginationIdentity', 'another'),
    sender('EumsSms.ConfigurationSetName', 'sign-in'),
    sender('EumsSms.InEntityId', '1201159000000000001'),
    sender('EumsSms.InTemplateId', '1207159000000000001'),
  ],
  'EUMS: role': [sender('EumsSms.CallerArn', 'arn:aws:iam::111122223333:role/other')],
  'EUMS: no role': [sender('EumsSms.CallerArn', null)],
  'EUMS: no region': [sender('EumsSms.Region', null)],
  'EUMS: another region': [sender('EumsSms.Region', 'us-east-1')],
  'sender through EUMS': [sender('', { EumsSms: { CallerArn: eumsRole, InEntityId: '1201159000000000001' } })],
  'sender through SNS': [sender('', { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' })],
  'no SMS': [{ path: 'SmsMfaConfiguration', to: null }],
  'e-mail text': [emailText],
  'OPTIONAL, e-mail text': [mode('OPTIONAL'), emailText],
  'no e-mail': [{ path: 'EmailMfaConfiguration', to: null }],
};
