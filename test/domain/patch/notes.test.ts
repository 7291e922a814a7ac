/** What is told beside a patch: to whom, and where it applies. */
import { describe, expect, it, test } from 'vitest';
import { managedTools, patchTools, type PatchTool } from '../../../src/domain/patch/members.ts';
import { needsCallToo, notes, notesFor } from '../../../src/domain/patch/notes.ts';
import type { WantedState } from '../../../src/domain/patch/wanted-state.ts';
import { aWantedState } from './a-wanted-state.ts';

const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const wanted = aWantedState({
  before: { MfaConfiguration: 'OPTIONAL' },
  call: { MfaConfiguration: 'OPTIONAL', ...totp },
});

/** A call with a member more. */
function calling(member: object, mode = 'OPTIONAL'): Partial<WantedState> {
  return { call: { MfaConfiguration: mode, ...totp, ...member } };
}

const viaCloudFormation = ['cloudformation', 'cdk', 'amplify'] as const;
const share = { share: 0.985, low: 0.98, high: 0.99 };
const measured: WantedState['readiness'] = {
  measuredAt: '2026-11-22T02:14:07.000Z',
  waitsFor: 0.98,
  enrolment: 'own',
  design: 'whole-listing',
  population: 1200,
  asked: 500,
  outcomes: { ready: 490, 'must-enrol': 0, 'locked-out': 10, 'passkey-only': 0 },
  shares: { 'as-written': share, lenient: { ...share, share: 1 } },
  lockedOutAtMost: 24,
};
const email = { EmailMfaConfiguration: { Message: '{####}', Subject: 'Code' } };
const sms = (configuration: object) => ({ SmsMfaConfiguration: { SmsConfiguration: configuration } });
const role = 'arn:aws:iam::111122223333:role/sms';
const passkeys = (block: object) => ({ WebAuthnConfiguration: block });
const verifying = passkeys({ FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' });
const first = 'E-mail MFA needs an own SES sender.';

type Row = readonly [what: string, tools: readonly PatchTool[], more: Partial<WantedState>, says: string | RegExp];

const told: readonly Row[] = [
  ['that nobody was asked', patchTools, { readiness: 'not-asked' }, /nobody has asked .*--region eu-west-1$/],
  [
    'how many could still sign in',
    patchTools,
    { readiness: measured },
    '98.5 % (95 %: 98.0 % to 99.0 %) of its 1,200 local users could still sign in then; up to 24 users would be locked out.',
  ],
  ['what the pool needs before', patchTools, { prerequisites: [first] }, first],
  ['that this is a step of its own', managedTools, { prerequisites: [first] }, /^That is a step of its own/],
  [
    'what the provider has no argument for',
    ['terraform'],
    calling(verifying),
    /^The provider has no argument for WebAuthnConfiguration\.FactorConfiguration\. Run the call below first/,
  ],
  ['that every apply removes it', ['terraform'], calling(verifying), /^Every later apply .* removes it/],
  [
    'that an e-mail block without members is dropped',
    ['terraform'],
    calling({ EmailMfaConfiguration: {} }),
    /no argument for EmailMfaConfiguration without a message and a subject\./,
  ],
  [
    'each member without an argument',
    ['terraform'],
    calling({ ...verifying, ...sms({ EumsSms: { CallerArn: role, Region: 'eu-west-1' } }), EmailMfaConfiguration: {} }),
    /no argument for SmsMfaConfiguration\.SmsConfiguration\.EumsSms\.CallerArn, SmsMfaConfiguration\.SmsConfiguration\.EumsSms\.Region, WebAuthnConfiguration\.FactorConfiguration, EmailMfaConfiguration without a message and a subject\./,
  ],
  ['that an external id is required', ['terraform'], calling(sms({ SnsCallerArn: role })), /requires external_id/],
  ['that SMS may not be left out', viaCloudFormation, { hasSmsConfiguration: true }, /without SMS_MFA there/],
  [
    'that ON may be refused',
    viaCloudFormation,
    { before: { MfaConfiguration: 'OFF' }, ...calling({}, 'ON') },
    /refuse ON/,
  ],
  [
    'that a relying party is too long',
    viaCloudFormation,
    calling(passkeys({ RelyingPartyId: 'a'.repeat(64) })),
    /^CloudFormation takes 63 characters/,
  ],
  ['what the CDK takes e-mail beside', ['cdk'], calling(email), /^The CDK takes mfaSecondFactor\.email only beside/],
  ['that the next apply takes it back', ['terraform'], {}, /^Until the text says this, the next apply takes back/],
  ['that templates are compared', viaCloudFormation, {}, /compares templates and not pools: make the call/],
  ['that the call replaces all', ['cli'], {}, /^The call replaces the whole MFA state/],
  ['that a factor of passkeys may be set back', ['cli'], calling(verifying), /sets it back to SINGLE_FACTOR/],
];

describe.each(told)('%s', (_what, tools, more, says) => {
  const isSaid = (one: string) => (typeof says === 'string' ? one === says : says.test(one));

  it.each(patchTools)('is told to whom it concerns, of whom %s may be one', (tool) => {
    const said = notesFor(tool, { ...wanted, ...more });
    expect(said.filter(isSaid)).toHaveLength(tools.includes(tool) ? 1 : 0);
  });
});

// Nothing but what happens after: one sentence, whatever the tool.
test.each<[string, Partial<WantedState>]>([
  ['of a change that needs nothing', {}],
  ['of an SMS role with its external id', calling(sms({ SnsCallerArn: role, ExternalId: 'a1b2' }))],
  [
    'of an SMS configuration that stays',
    { hasSmsConfiguration: true, ...calling(sms({ SnsCallerArn: role, ExternalId: 'a' })) },
  ],
  ['of an SMS configuration beside OFF', { hasSmsConfiguration: true, call: { MfaConfiguration: 'OFF' } }],
  ['of ON where it was asked for before', calling({}, 'ON')],
  ['of OPTIONAL where it was OFF', { before: { MfaConfiguration: 'OFF' } }],
  ['of a relying party that is not too long', calling(passkeys({ RelyingPartyId: 'a'.repeat(63) }))],
  ['of passkeys that are no factor', calling(passkeys({ UserVerification: 'required' }))],
])('nothing is told %s but what happens then', (_what, more) => {
  for (const tool of patchTools) expect(notesFor(tool, { ...wanted, ...more })).toHaveLength(1);
});

test('what goes before stands first, and what happens then last', () => {
  const said = notesFor('terraform', {
    ...wanted,
    readiness: 'not-asked',
    prerequisites: [first],
    ...calling(verifying),
  });
  expect(said.map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
    'This keeps out',
    'E-mail MFA needs',
    'That is a',
    'The provider has',
    'Every later apply',
    'Until the text',
  ]);
});

test('e-mail beside OFF asks nothing of the CDK', () => {
  expect(notesFor('cdk', { ...wanted, ...calling(email, 'OFF') })).toHaveLength(1);
});

test('the call stands beside the text where the text can not say all, which is in Terraform alone', () => {
  const needing = (more: Partial<WantedState>) =>
    patchTools.filter((tool) => needsCallToo(tool, { ...wanted, ...more }));
  expect(needing({})).toEqual([]);
  expect(needing(calling(email))).toEqual([]);
  expect(needing(calling(verifying))).toEqual(['terraform']);
});

test('each note has its source', () => {
  for (const { source } of notes) expect(source).not.toBe('');
});
