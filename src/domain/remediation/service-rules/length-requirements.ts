/**
 * What the service takes as a text. Source: API model (botocore, cognito-idp 2016-04-18), SmsMfaConfigType,
 * EmailMfaConfigType, WebAuthnConfigurationType, SmsConfigurationType, EumsSmsType; the subject's length: AWS developer
 * guide, Quotas in Amazon Cognito.
 */
import { rawMember } from '../../model/api/api-values.ts';
import type { Requirement } from './requirement.ts';

interface Form {
  readonly path: readonly string[];
  /** Characters. */
  readonly min: number;
  readonly max: number;
  readonly pattern?: { readonly says: string; readonly form: RegExp };
}

const code = { says: 'contain {####}, where the code goes' };
const arn = {
  says: 'be the ARN of a role',
  form: /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?$/,
};
const sms = ['SmsMfaConfiguration', 'SmsConfiguration'];
const printable = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*';

const forms: readonly Form[] = [
  {
    path: ['SmsMfaConfiguration', 'SmsAuthenticationMessage'],
    min: 6,
    max: 140,
    pattern: { ...code, form: /^.*\{####\}.*$/ },
  },
  { path: [...sms, 'SnsCallerArn'], min: 0, max: 2048, pattern: { ...arn, form: new RegExp(`^$|${arn.form.source}`) } },
  { path: [...sms, 'ExternalId'], min: 0, max: 131_072 },
  { path: [...sms, 'SnsRegion'], min: 5, max: 32 },
  { path: [...sms, 'EumsSms', 'CallerArn'], min: 20, max: 2048, pattern: arn },
  { path: [...sms, 'EumsSms', 'ExternalId'], min: 0, max: 131_072 },
  { path: [...sms, 'EumsSms', 'Region'], min: 5, max: 32 },
  {
    path: ['EmailMfaConfiguration', 'Message'],
    min: 6,
    max: 20_000,
    pattern: { ...code, form: new RegExp(`^${printable}\\{####\\}${printable}$`, 'u') },
  },
  {
    path: ['EmailMfaConfiguration', 'Subject'],
    min: 1,
    max: 140,
    pattern: { says: 'hold printable characters only', form: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+$/u },
  },
  { path: ['WebAuthnConfiguration', 'RelyingPartyId'], min: 1, max: 127 },
];

export const lengthRequirements: readonly Requirement[] = forms.map((form) => ({
  id: form.path.join('.'),
  code: 'not-possible',
  source: 'API model: the value would fail to satisfy its constraint',
  unmet: ({ input }) => {
    const text = rawMember(input, form.path);
    const rule = typeof text === 'string' ? brokenRule(text, form) : null;
    return rule === null ? null : `${form.path.join('.')} must ${rule}.`;
  },
}));

function brokenRule(text: string, { min, max, pattern }: Form): string | null {
  const length = Array.from(text).length;
  if (length < min || length > max) return `have ${min} to ${max} characters, not ${length}`;
  return pattern === undefined || pattern.form.test(text) ? null : pattern.says;
}
