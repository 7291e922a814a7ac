/** Patches as people get them: by owner, with what to know beside them, and whatever the pool is called. */
import { describe, expect, it } from 'vitest';
import { patchTools } from '../../src/domain/patch/members.ts';
import { notesFor } from '../../src/domain/patch/notes.ts';
import type { WantedState } from '../../src/domain/patch/wanted-state.ts';
import { languages, patchesByOwner, shownPatch } from '../../src/report/plan/patch/patches.ts';
import { hclQuoted, yamlQuoted } from '../../src/report/plan/patch/quoted.ts';
import { parse } from 'yaml';
import { aWantedState } from '../domain/patch/a-wanted-state.ts';

const wanted = aWantedState();
const stack = { 'aws:cloudformation:stack-name': 'shop' };
const managed = ['aws:cloudformation:stack-name', 'managed-by'];

it('who manages a pool gets the pools of one stack together, and no other account’s', () => {
  const states = [
    { ...wanted, tags: stack },
    { ...wanted, tags: stack, poolId: 'eu-west-1_2' },
    { ...wanted, tags: stack, accountId: '444455556666' },
    wanted,
  ];
  expect(patchesByOwner(states, 'auto', managed, true).map(({ patches }) => patches.length)).toEqual([2, 1]);
  expect(patchesByOwner(states, 'terraform', managed, true)).toHaveLength(3);
});

describe('what stands beside a patch', () => {
  const passkeys = { WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } };

  it('is the call first, where Terraform has no argument', () => {
    const { texts, notes } = shownPatch('terraform', { ...wanted, call: { ...wanted.call, ...passkeys } }, false);
    expect(texts.map(({ fence }) => fence)).toEqual(['sh', 'hcl']);
    expect(notes.join(' ')).toMatch(
      /no argument for WebAuthnConfiguration.FactorConfiguration.*Run the call below first/,
    );
    expect(shownPatch('terraform', wanted, false).texts).toHaveLength(1);
  });

  it('is what must be deployed before, as a step of its own', () => {
    const first = 'E-mail MFA needs an own SES sender.';
    expect(notesFor('terraform', { ...wanted, prerequisites: [first] }).slice(0, 2)).toEqual([
      first,
      expect.stringContaining('a step of its own'),
    ]);
  });

  it('says that an external id is masked', () => {
    const sms = {
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::1:role/a', ExternalId: 'secret' } },
    };
    const state = { ...wanted, call: { ...wanted.call, ...sms } };
    for (const tool of patchTools) {
      const { texts, notes } = shownPatch(tool, state, true);
      expect(JSON.stringify(texts)).not.toContain('secret');
      expect(notes.at(-1)).toContain('masked');
      expect(JSON.stringify(shownPatch(tool, state, false).texts)).toContain('secret');
    }
  });
});

describe('a pool of any name and text', () => {
  it.each([
    'a\n}\nresource "x" "y" {',
    '\u001B[2J\u202E',
    `*/ \${file("/etc/passwd")} %{ if true }`,
    '####',
    "'\nJSON\n",
  ])('begins no line of its own: %j', (hostile) => {
    const email = { EmailMfaConfiguration: { Message: `${hostile} {####}`, Subject: hostile } };
    const plain = { ...wanted, call: { ...wanted.call, EmailMfaConfiguration: { Message: 'x {####}', Subject: 'x' } } };
    const state = { ...wanted, poolName: hostile, call: { ...wanted.call, ...email } };
    for (const { write } of Object.values(languages)) {
      const lines = write(state);
      expect(lines).toHaveLength(write(plain).length);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it('is the same text when YAML reads it', () => {
    for (const text of ['\u{E0041}"\\', '\b\f\u2028', 'ON', '😀']) expect(parse(yamlQuoted(text))).toBe(text);
  });

  it('is no template of HCL, and has no escape that HCL lacks', () => {
    expect(hclQuoted(`\${a} %{b} \b \\b \u{E0041}`)).toBe(`"$\${a} %%{b} \\u0008 \\\\b \\U000e0041"`);
  });
});

describe('a patch that could keep users out', () => {
  const harmful: WantedState = { ...wanted, readiness: 'not-asked' };

  it.each(patchTools)('says in %s that nobody was asked, and how to ask', (tool) => {
    expect(notesFor(tool, harmful)[0]).toContain(
      'mfa-drift readiness eu-west-1_AbCdEf123 --account 111122223333 --region eu-west-1',
    );
    expect(notesFor(tool, wanted).join(' ')).not.toContain('mfa-drift readiness');
  });
});
