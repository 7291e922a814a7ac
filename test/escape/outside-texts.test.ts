/** Whatever others wrote, no terminal and no CI system acts on it, whichever way it comes out. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { policyCheck } from '../../src/commands/policy/policy-check.ts';
import { policyTest } from '../../src/commands/policy/policy-test.ts';
import { runProgram } from '../../src/commands/line/program.ts';
import type { Shell } from '../../src/commands/output/shell.ts';
import { pinnedPolicy } from '../../src/config/policies/policy-text.ts';
import { UserError } from '../../src/errors.ts';
import { manifestText } from '../../src/evidence/manifest.ts';
import { holdDocument } from '../../src/remediate/journal/hold-exceptions.ts';
import { openJournal } from '../../src/remediate/journal/journal.ts';
import { compileQuery } from '../../src/report/query.ts';
import { renderComplaints } from '../../src/yaml/complaints.ts';
import { SourceComplaintsError } from '../../src/yaml/source-complaints.ts';
import { everything } from '../report/everything.ts';
import { temporaryFolder } from '../temporary.ts';

/** Colour, a C1 control sequence, text turned around, separators, and what GitHub and Azure obey. */
const nasty = 'a\u001B[31m\u009B1m\u202Eb\u2028c\n::error::d\n  ##[error]e ##vso[task.complete]f\r\n::g';

function expectHarmless(text: string): void {
  expect(text.replaceAll('\n', '').match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu)).toBeNull();
  expect(text.split('\n').filter((line) => /^\s*::|##\[|##vso\[/.test(line))).toEqual([]);
}

interface Said {
  out: string;
  err: string;
}

function listening(): { readonly shell: Shell; readonly said: Said } {
  const said = { out: '', err: '' };
  const output = (name: keyof Said) => ({
    write: (text: string) => Promise.resolve(void (said[name] += text)),
    isTerminal: false,
    columns: 80,
  });
  const shell = {
    env: {},
    exportVariables: () => undefined,
    stdout: output('out'),
    stderr: output('err'),
    ask: null,
    signal: new AbortController().signal,
    passSignals: () => undefined,
  };
  return { shell, said };
}

test('the check finds what it looks for', () => {
  for (const raw of nasty.split(/(?=\n)/)) expect(() => expectHarmless(raw)).toThrow('expected');
});

test('an error that the user can mend', () => {
  const error = new UserError([`${nasty} could not be read`, `  ${nasty}`]);
  expectHarmless(error.message);
  expect(error.message.split('\n')).toHaveLength(2);
});

test('complaints: file, message, hint and the lines of the file', () => {
  const text = `b: 1\n${nasty.replaceAll('\n', ' ')}\n`;
  const complaint = { file: nasty, line: 2, column: 3, message: nasty, hint: nasty, width: 4 };
  const error = new SourceComplaintsError([complaint], new Map([[nasty, text]]));
  expect(error.message).toContain('nothing was read or changed');
  expectHarmless(renderComplaints(error));
  expectHarmless(error.message);
});

test('policy test, whose cases have names', async () => {
  const folder = await temporaryFolder();
  const file = (name: string, document: object) => writeFile(join(folder, name), JSON.stringify(document));
  const head = { apiVersion: 'mfa-drift/v1' };
  await file(`${nasty}.yaml`, {
    ...head,
    kind: 'Policy',
    name: 'texts',
    expect: { SmsMfaConfiguration: { SmsAuthenticationMessage: nasty } },
  });
  const cases = [{ name: nasty, config: { MfaConfiguration: 'OFF' }, expect: 'compliant' }];
  await file(`${nasty}.test.yaml`, { ...head, kind: 'PolicyTest', cases });
  const { shell, said } = listening();
  expect(await policyTest({ settings: { policies: [folder] } }, shell)).toBe(1);
  expect(said.out).toContain('FAILED  1 of 1 case');
  expectHarmless(said.out);
});

test('policy check, whose warnings name policies', async () => {
  const folder = await temporaryFolder();
  const document = {
    apiVersion: 'mfa-drift/v1',
    kind: 'Policy',
    name: 'not-sandboxes',
    severity: 'high',
    match: { exclude: [{ pools: [nasty] }] },
    expect: { MfaConfiguration: 'ON' },
  };
  await writeFile(join(folder, `${nasty}.yaml`), JSON.stringify(document));
  const { shell, said } = listening();
  expect(await policyCheck({ settings: { policies: [folder] } }, shell)).toBe(0);
  expect(said.err).toContain('warning: ');
  expectHarmless(said.err);
});

test('a command line that is none', async () => {
  const { shell, said } = listening();
  expect(await runProgram(['audit', `--x${nasty}`], shell)).toBe(1);
  expect(said.err).toContain('unknown option');
  expectHarmless(said.err);
});

test('policy init, which pins names and texts without changing them', () => {
  const config = { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsAuthenticationMessage: nasty }, [nasty]: 1 };
  const text = pinnedPolicy({
    poolId: 'eu-west-1_a',
    poolName: nasty,
    config,
    note: null,
    observedAt: '2026-11-22T02:00:00Z',
  });
  expectHarmless(text);
  expect(parse(text)).toMatchObject({
    description: `${nasty} as it was on 2026-11-22.`,
    expect: { SmsMfaConfiguration: { SmsAuthenticationMessage: nasty } },
  });
});

test('the exceptions of a rollback', () => {
  const held = { accountId: '111122223333', region: 'eu-west-1', poolId: 'eu-west-1_a', policies: [nasty] };
  const text = holdDocument([held], { owner: nasty, journal: nasty, now: new Date(0) });
  expectHarmless(text);
  expect(parse(text).exceptions[0]).toMatchObject({ policies: [nasty], owner: nasty });
});

test('a journal', async () => {
  const file = join(await temporaryFolder(), 'journal.ndjson');
  const run = { runId: 'r', planDigest: null, organizationId: nasty, rollback: false };
  const identity = { ...run, endpoints: [nasty], callerArn: nasty };
  const { signal } = new AbortController();
  const journal = await openJournal(file, identity, () => new Date(0), { notice: () => undefined, signal });
  const place = { accountId: '1', region: 'x', poolId: 'p' };
  const nothing = { before: null, call: null, after: null };
  await journal.record({ event: 'refused', ...place, ...nothing, policies: [nasty], error: nasty, writerArn: nasty });
  await journal.close();
  const text = await readFile(file, 'utf8');
  expectHarmless(text);
  expect(JSON.parse(text.split('\n')[1] ?? '')).toMatchObject({ policies: [nasty], error: nasty });
});

test('the manifest of an evidence pack', () => {
  const text = manifestText(everything(), [{ path: nasty, sha256: '0'.repeat(64), bytes: 1, source: nasty }]);
  expectHarmless(text);
  expect(JSON.parse(text).files[0]).toMatchObject({ path: nasty, source: nasty });
});

test('what --query answers', () => {
  const text = compileQuery('[0]')(JSON.stringify([nasty]));
  expectHarmless(text);
  expect(JSON.parse(text)).toBe(nasty);
});
