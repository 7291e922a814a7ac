import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from './case.ts';
import type { Answer, Endpoint } from './endpoint.ts';
import { play, type Played } from './playing.ts';
import { settingsFrom } from './settings.ts';
import { isUnexpected, judge, readDeviations, type VerdictWord } from './verdict.ts';

const totp: Case = {
  id: 'totp',
  rules: ['a-rule'],
  source: 'a page',
  steps: [{ set: {}, state: { MfaConfiguration: 'OFF' } }],
};
const differs: Played = { kind: 'differs', how: 'step 1: otherwise' };
const answered: Played = { kind: 'answered', question: 'which', answers: ['this'], seen: '{}' };

describe('a verdict', () => {
  const rows: readonly (readonly [string, Played, boolean, VerdictWord, boolean])[] = [
    ['holds', { kind: 'holds' }, false, 'holds', false],
    ['holds and is listed', { kind: 'holds' }, true, 'NO LONGER DEVIATES', true],
    ['differs', differs, false, 'DIFFERS', true],
    ['differs and is listed', differs, true, 'deviates', false],
    ['answers a question', answered, false, 'answers', false],
    ['answers a question and is listed', answered, true, 'NO LONGER DEVIATES', true],
    ['is not played', { kind: 'not-played', why: 'needs a role' }, false, 'not played', false],
    ['is listed and not played', { kind: 'not-played', why: 'needs a role' }, true, 'LISTED BUT NOT PLAYED', true],
  ];
  it.each(rows)('on a case that %s', (_, played, isListed, word, unexpected) => {
    const verdict = judge(totp, played, new Map(isListed ? [['totp', 'known']] : []));
    expect([verdict.word, isUnexpected(verdict)]).toEqual([word, unexpected]);
  });

  it('names the rules of a case that differs', () => {
    expect(judge(totp, differs, new Map()).detail).toBe('step 1: otherwise (a-rule)');
  });
});

/** An endpoint whose pool answers every Set with `answers`, one after the other, and every Get with `states`. */
function scripted(sets: readonly Answer[], states: readonly Answer[]): Endpoint & { removed: number } {
  const [set, get] = [sets[Symbol.iterator](), states[Symbol.iterator]()];
  const endpoint = {
    name: 'scripted',
    variables: {},
    hasSwitches: false,
    removed: 0,
    stage: async () => ({
      id: 'eu-west-1_x',
      name: 'x',
      variables: {},
      call: async (): Promise<Answer> => ({ ok: true, body: {} }),
      set: async (): Promise<Answer> => set.next().value ?? { ok: true, body: {} },
      get: async (): Promise<Answer> => get.next().value ?? { ok: true, body: { MfaConfiguration: 'OFF' } },
      describe: async (): Promise<Answer> => ({ ok: true, body: {} }),
      remove: async () => {
        endpoint.removed += 1;
      },
    }),
    close: async () => [],
  };
  return endpoint;
}

describe('playing', () => {
  const off: Answer = { ok: true, body: { MfaConfiguration: 'OFF' } };
  const on: Answer = { ok: true, body: { MfaConfiguration: 'ON' } };
  const refused: Answer = { ok: false, name: 'InvalidParameterException', message: 'no' };
  const refusing: Case = { ...totp, steps: [{ set: {}, error: { name: 'InvalidParameterException', message: 'no' } }] };

  it('finds that Get does not say what Set answered', async () => {
    expect(await play(totp, scripted([off], [off, on]))).toMatchObject({ kind: 'differs' });
    expect(await play(totp, scripted([off], [off, off]))).toEqual({ kind: 'holds' });
  });

  it('finds that a refused Set changed the pool', async () => {
    expect(await play(refusing, scripted([refused], [off, on]))).toMatchObject({ kind: 'differs' });
    expect(await play(refusing, scripted([refused], [off, off]))).toEqual({ kind: 'holds' });
  });

  it('finds another error, another text, and acceptance', async () => {
    for (const answer of [{ ...refused, name: 'Other' }, { ...refused, message: 'nope' }, off]) {
      expect(await play(refusing, scripted([answer], []))).toMatchObject({ kind: 'differs' });
    }
  });

  it('does not play a case that names what nobody gave', async () => {
    const needy: Case = { ...totp, steps: [{ set: { Role: '${smsRoleArn}' } }] };
    expect(await play(needy, scripted([], []))).toEqual({ kind: 'not-played', why: 'needs a value for smsRoleArn' });
  });

  it('takes the pool away whatever happens', async () => {
    const differing = scripted([off], [off, on]);
    await play(totp, differing);
    const failing = scripted([refused], [off, off]);
    const broken: Case = {
      ...totp,
      steps: [{ set: {}, error: { name: 'InvalidParameterException', message: '/(/' } }],
    };
    await expect(play(broken, failing)).rejects.toThrow(SyntaxError);
    expect([differing.removed, failing.removed]).toEqual([1, 1]);
  });
});

describe('a file of deviations', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deviations-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function read(text: string) {
    const file = join(folder, 'deviations.yaml');
    writeFileSync(file, text);
    return readDeviations(file, [totp]);
  }

  it('gives each case its reason', () => {
    expect([...read('deviations: [{ because: it differs, cases: [totp] }]')]).toEqual([['totp', 'it differs']]);
  });

  it('is refused where it names a case that there is not, or is of another form', () => {
    expect(() => read('deviations: [{ because: it differs, cases: [sms] }]')).toThrow(/no such case: sms/);
    expect(() => read('deviations: [{ case: totp }]')).toThrow(/deviations\.yaml/);
  });
});

describe('the command line', () => {
  it('keeps what the cases fill in', () => {
    const { variables, cases } = settingsFrom(['--sms-role-arn', 'arn:x', '--case', 'a', '--case', 'b']);
    expect([variables, cases]).toEqual([{ smsRoleArn: 'arn:x' }, ['a', 'b']]);
  });

  it('refuses a flag that there is not, and shows those that there are', () => {
    expect(() => settingsFrom(['--endpoint', 'x'])).toThrow(/Usage: npm run conformance/);
  });
});
