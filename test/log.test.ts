import { describe, expect, it } from 'vitest';
import { logLine, visibleFields } from '../src/log.ts';

describe('a line of the log for a person', () => {
  it('says the message, what speaks for itself, and the rest with names; what is not known is left out', () => {
    const fields = { account: null, region: 'eu-west-1', operation: 'sts:AssumeRole', attempt: 2, failure: null };
    expect(logLine('request', fields)).toBe('request  eu-west-1  sts:AssumeRole  attempt=2');
    const paced = { quota: '111122223333/eu-west-1/UserPoolRead', from: 20, perSecond: 0.2 };
    expect(logLine('pace changes', paced)).toBe(
      'pace changes  111122223333/eu-west-1/UserPoolRead  from=20  perSecond=0.2',
    );
  });
});

describe('what others wrote', () => {
  it.each([
    ['an escape sequence', '\u001B[2J', '\\u001B[2J'],
    ['C1', '\u009B31m', '\\u009B31m'],
    ['a bidirectional override', 'a\u202Eb', 'a\\u202Eb'],
    ['a command of a CI log', '::error::no', '\\u003A:error::no'],
  ])('in a field steers no terminal: %s', (_name, text, shown) => {
    expect(visibleFields({ failure: text, attempt: 1, status: null })).toEqual({
      failure: shown,
      attempt: 1,
      status: null,
    });
  });
});
