import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { switchesWithDefaults, switchTable } from '../../../src/sandbox/cognito/user-pools.ts';

describe('the switches', () => {
  it('stand at their first answers', () => {
    expect(switchesWithDefaults({})).toMatchObject({
      'omitted-webauthn-wipes-relying-party': 'no',
      'replica-set-changed-mode': 'OperationNotEnabledException',
    });
    expect(Object.keys(switchesWithDefaults({}))).toHaveLength(switchTable.length);
  });

  it('take another answer, and leave the others alone', () => {
    const chosen = switchesWithDefaults({ 'replica-set-changed-mode': 'ignored' });
    expect(chosen).toEqual({ ...switchesWithDefaults({}), 'replica-set-changed-mode': 'ignored' });
  });

  it('name the nearest switch for one that there is not', () => {
    const call = () => switchesWithDefaults({ 'replica-set-change-mode': 'ignored' });
    expect(call).toThrow(UserError);
    expect(call).toThrow(/no switch "replica-set-change-mode"\. Did you mean "replica-set-changed-mode"\?/);
  });

  it('name the nearest answer for one that there is not', () => {
    expect(() => switchesWithDefaults({ 'replica-set-changed-mode': 'ignore' })).toThrow(
      /"ignore" is no answer to the switch "replica-set-changed-mode"\. Did you mean "ignored"\?/,
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])('do not take %s for a switch', (id) => {
    expect(() => switchesWithDefaults(Object.fromEntries([[id, 'no']]))).toThrow(UserError);
  });

  it('have ids of their own, a question, two answers at least and a source', () => {
    expect(new Set(switchTable.map(({ id }) => id)).size).toBe(switchTable.length);
    for (const { question, answers, source } of switchTable) {
      expect(question).toMatch(/\?$/);
      expect(new Set(answers).size).toBe(answers.length);
      expect(source).not.toBe('');
    }
  });
});
