import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { ask } from '../../src/commands/change/terminal-question.ts';
import { run } from '../end-to-end/in-process.ts';
import { organization, type Organization } from './organization.ts';

const off = { MfaConfiguration: 'OFF' };
const onlyMode = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: false } };

/** Answers in their order; what was asked comes back. */
async function atTerminal(org: Organization, command: readonly string[], answers: readonly boolean[]) {
  const asked: string[] = [];
  const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
  const answer = (question: string) => {
    asked.push(question);
    return Promise.resolve(answers[asked.length - 1] ?? true);
  };
  const ended = await run([...command, ...files, '--log-level', 'error'], org.sandbox.environment, { ask: answer });
  return { ...ended, asked };
}

async function planned(): Promise<Organization> {
  const org = await organization([
    { id: 'A1', userPool: { EstimatedNumberOfUsers: 1 } },
    { id: 'A2', userPool: { EstimatedNumberOfUsers: 2 } },
    { id: 'A3', userPool: { EstimatedNumberOfUsers: 12_480 } },
  ]);
  await org.makePlan();
  return org;
}

describe('at a terminal apply', () => {
  test('shows the numbers, asks, and asks again after the first of its kind', async () => {
    const org = await planned();
    const { exitCode, asked, stderr } = await atTerminal(org, ['apply', org.plan, '--journal', org.journal], []);
    expect(exitCode).toBe(0);
    expect(asked).toEqual(['Go on?', 'Go on with the 2 pools that are left?']);
    expect(stderr).toContain('apply would change 3 pools of 1 account, with 12,483 users: 3 tightening.');
    expect(stderr).toContain(
      'The first change of its kind is done and verified: OFF → OPTIONAL: MfaConfiguration, SoftwareTokenMfaConfiguration.Enabled',
    );
  });

  test('changes nothing and exits 1 when the first question is declined', async () => {
    const org = await planned();
    const { exitCode, stderr } = await atTerminal(org, ['apply', org.plan, '--journal', org.journal], [false]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('exit 1: declined; nothing was changed');
    expect(org.writes()).toBe(0);
    await expect(org.readJournal()).rejects.toThrow('ENOENT');
  });

  test('changes nothing more and exits 4 when a later one is declined; the same again goes on', async () => {
    const org = await planned();
    const first = await atTerminal(org, ['apply', org.plan, '--journal', org.journal], [true, false]);
    expect(first.exitCode).toBe(4);
    expect(first.stderr).toContain('1 of 3 pools changed and verified · 2 not started · stopped when asked');
    expect(org.writes()).toBe(1);
    expect(org.mfa('A3')).toEqual(off);
    const second = await atTerminal(org, ['apply', org.plan, '--journal', org.journal], []);
    expect(second.exitCode).toBe(0);
    expect(second.stderr).toContain('apply would change 2 pools of 1 account, with 12,482 users: 2 tightening.');
    expect(second.stderr).toContain('Not changed now: 1 done already.');
    expect(org.writes()).toBe(3);
  });

  test('asks once for each kind of change', async () => {
    const org = await organization([{ id: 'A' }, { id: 'B', mfa: onlyMode }, { id: 'C' }, { id: 'D', mfa: onlyMode }]);
    await org.makePlan();
    const { exitCode, asked } = await atTerminal(org, ['apply', org.plan, '--journal', org.journal], []);
    expect(exitCode).toBe(0);
    expect(asked).toHaveLength(3);
  });
});

test('at a terminal rollback asks too, and declining the first question exits 1', async () => {
  const org = await planned();
  await org.apply();
  const { exitCode, stderr } = await atTerminal(org, ['rollback', org.journal], [false]);
  expect(exitCode).toBe(1);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
    'rollback would change 3 pools of 1 account, with 12,483 users, back to what they were before.',
  );
  expect(org.writes()).toBe(3);
});

test('without a terminal rollback needs --yes', async () => {
  const org = await planned();
  await org.apply();
  await expect(org.cli('rollback', org.journal)).rejects.toThrow(
    'There is no terminal to ask at: rollback needs --yes.',
  );
});

describe('a question', () => {
  async function answered(...lines: readonly string[]): Promise<boolean> {
    const input = new PassThrough();
    const answer = ask('Go on?', input, new PassThrough(), () => undefined);
    for (const line of lines) input.write(line);
    input.end();
    return answer;
  }

  test.each(['y\n', 'Y\n', 'yes\n', ' YES \n'])('is answered with yes by %j', async (line) => {
    expect(await answered(line)).toBe(true);
  });

  test.each(['\n', 'n\n', 'no\n', 'yep\n', 'yes please\n', 'apply\n'])('is not by %j', async (line) => {
    expect(await answered(line)).toBe(false);
  });

  test('that nobody is there to answer is a no', async () => {
    expect(await answered()).toBe(false);
  });
});
