/**
 * The input of `SetUserPoolMfaConfig` as its API model describes it. Source: botocore 1.43.67, `cognito-idp`
 * 2016-04-18 (`SnsCallerArn` may be empty there; ARNs have the pattern of `ArnType`).
 */
export interface RequestField {
  readonly type: 'string' | 'boolean';
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** In the order in which the service lists them in its error text. */
  readonly values?: readonly string[];
}

export interface Structure {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, RequestField | Structure>>;
}

const text = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*';
const arn = 'arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?';
const free: RequestField = { type: 'string' };

const eumsSms: Structure = {
  type: 'structure',
  members: {
    CallerArn: { type: 'string', required: true, min: 20, max: 2048, pattern: arn },
    ExternalId: { type: 'string', max: 131_072 },
    OriginationIdentity: free,
    ConfigurationSetName: free,
    InEntityId: free,
    InTemplateId: free,
    Region: { type: 'string', min: 5, max: 32 },
  },
};

const smsConfiguration: Structure = {
  type: 'structure',
  members: {
    SnsCallerArn: { type: 'string', max: 2048, pattern: `(${arn})?` },
    ExternalId: { type: 'string', max: 131_072 },
    SnsRegion: { type: 'string', min: 5, max: 32 },
    EumsSms: eumsSms,
  },
};

export const setRequestModel: Structure = {
  type: 'structure',
  members: {
    UserPoolId: { type: 'string', required: true, min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' },
    SmsMfaConfiguration: {
      type: 'structure',
      members: {
        SmsAuthenticationMessage: { type: 'string', min: 6, max: 140, pattern: '.*\\{####\\}.*' },
        SmsConfiguration: smsConfiguration,
      },
    },
    SoftwareTokenMfaConfiguration: { type: 'structure', members: { Enabled: { type: 'boolean' } } },
    EmailMfaConfiguration: {
      type: 'structure',
      members: {
        Message: { type: 'string', min: 6, max: 20_000, pattern: `${text}\\{####\\}${text}` },
        Subject: { type: 'string', pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+' },
      },
    },
    MfaConfiguration: { type: 'string', values: ['OPTIONAL', 'OFF', 'ON'] },
    WebAuthnConfiguration: {
      type: 'structure',
      members: {
        RelyingPartyId: { type: 'string', min: 1, max: 127 },
        UserVerification: { type: 'string', values: ['required', 'preferred'] },
        FactorConfiguration: { type: 'string', values: ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'] },
      },
    },
  },
};
