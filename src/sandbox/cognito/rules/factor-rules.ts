/** Which modes and factors may stand together in one `SetUserPoolMfaConfig`. */
import { firstFactors, hasEnforcedThreatProtection, memberAt, objectAt } from '../pool-settings.ts';
import { invalidParameter, type RuleRefusal, type SetCall } from './rule.ts';
import { requestedSms } from './sms-rules.ts';
import { answers } from '../open-questions.ts';

const factorBlocks = ['SmsMfaConfiguration', 'SoftwareTokenMfaConfiguration', 'EmailMfaConfiguration'];

export const modeRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.off-with-factor-block',
    says: 'OFF, or no mode, together with an SMS, TOTP or e-mail block is refused: the presence of the block counts, not its value.',
    source:
      'go-to-k/cdkd cognito-provider.ts (measured 2026-08), floci-io/floci#2831 (measured), hashicorp/terraform-provider-aws',
    refuse: ({ mode, request }) =>
      mode === 'OFF' && factorBlocks.some((block) => block in request)
        ? invalidParameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together")
        : null,
  },
  {
    id: 'set.on-with-passkey-alone',
    says: 'ON or OPTIONAL with a passkey block and none of SMS, e-mail and enabled TOTP in the request is refused.',
    source: 'go-to-k/cdkd#1920 (measured)',
    refuse: (call) =>
      lacksFactor(call) && 'WebAuthnConfiguration' in call.request
        ? invalidParameter(
            'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.',
          )
        : null,
  },
  {
    id: 'set.on-without-factor',
    says: 'ON or OPTIONAL with none of SMS, e-mail and enabled TOTP in the request is refused, whatever the pool had.',
    source: 'aws/aws-sdk-js#4186, anomalyco/sst#5177',
    refuse: (call) =>
      lacksFactor(call)
        ? invalidParameter(
            "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
          )
        : null,
  },
];

export const firstFactorRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.required-with-one-time-password',
    says: 'ON is refused while EMAIL_OTP or SMS_OTP is an allowed first factor; OPTIONAL is accepted.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08); AWS developer guide, Adding MFA',
    refuse: ({ mode, pool }) =>
      mode === 'ON' && firstFactors(pool).some((factor) => factor.endsWith('_OTP'))
        ? invalidParameter(
            'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
          )
        : null,
  },
  {
    id: 'set.required-with-single-factor-passkey',
    says: 'ON is refused while WEB_AUTHN is an allowed first factor, unless this very request says MULTI_FACTOR_WITH_USER_VERIFICATION.',
    source: 'go-to-k/cdkd#2064 and its measurements of 2026-09-23',
    refuse: ({ mode, pool, request }) =>
      mode === 'ON' && firstFactors(pool).includes('WEB_AUTHN') && !asksForVerifyingPasskey(request)
        ? invalidParameter(
            'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
          )
        : null,
  },
  {
    id: 'set.required-with-enforced-threat-protection',
    says: 'ON beside threat protection in full function: accepted as far as is known.',
    source: 'AWS developer guide, Adding MFA',
    refuse: ({ mode, pool, switches }) =>
      mode === 'ON' &&
      hasEnforcedThreatProtection(pool) &&
      answers(switches, 'required-with-enforced-threat-protection', 'InvalidParameterException')
        ? invalidParameter('MFA must be optional when adaptive authentication is in full-function mode.')
        : null,
  },
];

function lacksFactor(call: SetCall): boolean {
  if (call.mode === 'OFF') return false;
  const totp = memberAt(call.request, 'SoftwareTokenMfaConfiguration', 'Enabled') === true;
  return !totp && !('EmailMfaConfiguration' in call.request) && requestedSms(call) === null;
}

function asksForVerifyingPasskey(request: SetCall['request']): boolean {
  const block = objectAt(request, 'WebAuthnConfiguration');
  return block?.['FactorConfiguration'] === 'MULTI_FACTOR_WITH_USER_VERIFICATION';
}
