import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { buildCall, startingPoint, withValues } from '../../../../src/domain/remediation/write/call.ts';
import { off, plainPool, smsBlock, smsPool, totpOnly } from '../a-plan.ts';

const settings = (pool: JsonObject) => settingsOf(pool, 'eu-west-1');
const verifying = 'MULTI_FACTOR_WITH_USER_VERIFICATION';

describe('a call starts from', () => {
  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['the answer', totpOnly, smsPool, totpOnly],
    ['the answer, where the pool sends no SMS', off, plainPool, off],
    [
      'the answer, where it shows an SMS block beside OFF',
      { ...off, SmsMfaConfiguration: {} },
      smsPool,
      { ...off, SmsMfaConfiguration: {} },
    ],
    ['the pool’s SMS, where the answer hides it beside OFF', off, smsPool, { ...off, SmsMfaConfiguration: smsBlock }],
    [
      'the pool’s SMS without a text, where it has none',
      off,
      { ...plainPool, SmsConfiguration: smsBlock['SmsConfiguration'] ?? null },
      { ...off, SmsMfaConfiguration: { SmsConfiguration: smsBlock['SmsConfiguration'] ?? null } },
    ],
  ])('%s', (_what, config, pool, start) => {
    expect(startingPoint(config, settings(pool))).toEqual(start);
  });
});

describe('targets are written', () => {
  test('a block before the members inside it, in whatever order they are asked for', () => {
    const block = { path: 'EmailMfaConfiguration', to: { Subject: 'a' } };
    const message = { path: 'EmailMfaConfiguration.Message', to: 'b {####}' };
    const written = { ...off, EmailMfaConfiguration: { Subject: 'a', Message: 'b {####}' } };
    expect(withValues(off, [message, block])).toEqual(written);
    expect(withValues(off, [block, message])).toEqual(written);
    const inner = { path: 'SmsMfaConfiguration.SmsConfiguration.ExternalId', to: 'x' };
    const outer = { path: 'SmsMfaConfiguration.SmsConfiguration', to: { SnsCallerArn: 'arn' } };
    const whole = { path: 'SmsMfaConfiguration', to: {} };
    expect(withValues(off, [inner, outer, whole])).toEqual({
      ...off,
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn', ExternalId: 'x' } },
    });
  });

  test('and what is to be nothing is taken away, with the rest kept', () => {
    const config = { ...off, EmailMfaConfiguration: { Message: 'b {####}', Subject: 'a' } };
    expect(withValues(config, [{ path: 'EmailMfaConfiguration.Message', to: null }])).toEqual({
      ...off,
      EmailMfaConfiguration: { Subject: 'a' },
    });
    expect(withValues(config, [{ path: 'EmailMfaConfiguration', to: null }])).toEqual(off);
  });
});

describe('the kind of a passkey', () => {
  const passkeys = (FactorConfiguration?: string) => ({
    ...totpOnly,
    WebAuthnConfiguration: {
      RelyingPartyId: 'a.example',
      ...(FactorConfiguration === undefined ? {} : { FactorConfiguration }),
    },
  });

  // A block without the member falls back to SINGLE_FACTOR, and on Lite the member may be refused.
  test.each<[string, string | undefined, string | undefined, string, string | undefined]>([
    ['is not named where nobody named it', undefined, undefined, 'PLUS', undefined],
    [
      'is not named where the answer named the default and the wish does not',
      'SINGLE_FACTOR',
      undefined,
      'PLUS',
      undefined,
    ],
    ['is named where it was and is the default', 'SINGLE_FACTOR', 'SINGLE_FACTOR', 'PLUS', 'SINGLE_FACTOR'],
    ['is not named on Lite where it is the default', 'SINGLE_FACTOR', 'SINGLE_FACTOR', 'LITE', undefined],
    ['is kept where it verifies', verifying, verifying, 'PLUS', verifying],
    ['is kept on Lite too where it verifies', verifying, verifying, 'LITE', verifying],
    ['is named where it comes to verify', undefined, verifying, 'PLUS', verifying],
    ['is named where it ends to verify', verifying, undefined, 'PLUS', 'SINGLE_FACTOR'],
    ['is named on Lite too where it ends to verify', verifying, undefined, 'LITE', 'SINGLE_FACTOR'],
  ])('%s', (_what, had, wants, tier, sent) => {
    const { input } = buildCall('p', passkeys(had), passkeys(wants), settings({ ...plainPool, UserPoolTier: tier }));
    expect(input['WebAuthnConfiguration']).toEqual(passkeys(sent).WebAuthnConfiguration);
  });
});
