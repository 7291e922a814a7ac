import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import {
  completions,
  openAt,
  openInside,
  type OpenValue,
  type OpenValues,
  type Possible,
} from '../../../src/domain/model/open-values.ts';

function openValues(values: Readonly<Record<string, Partial<OpenValue>>>): OpenValues {
  const whole = Object.entries(values).map(([path, value]) => [
    path,
    { why: path, possible: null, isThere: false, ...value },
  ]);
  return new Map(whole as [string, OpenValue][]);
}

describe('what is open', () => {
  const open = openValues({ 'A.B': {}, 'A.There': { isThere: true }, 'UserPool.Tags.env': {} });

  it.each([
    ['A.B', 'A.B'],
    ['A.B.C.D', 'A.B'],
    ['A.Bc', undefined],
    ['A', undefined],
  ])('at %s, or around it, is %s', (path, found) => {
    expect(openAt(open, path)?.why).toBe(found);
  });

  it.each([
    ['A.B', 'A.B'],
    ['A', 'A.B'],
    ['UserPool.Tags', 'UserPool.Tags.env'],
    ['UserPool.Tags.en', undefined],
    ['A.There', undefined],
    ['B', undefined],
  ])('at %s, or inside of it, is %s', (path, found) => {
    expect(openInside(open, path)?.why).toBe(found);
  });

  it('is nothing of a pool that is there', () => {
    expect(openAt(undefined, 'A')).toBeUndefined();
    expect(openInside(undefined, 'A')).toBeUndefined();
    expect(completions({ A: 1 }, undefined)).toEqual([{ A: 1 }]);
  });
});

describe('the configurations that a template can make', () => {
  const completed = (config: JsonObject, paths: Readonly<Record<string, Possible | null>>) =>
    completions(
      config,
      openValues(Object.fromEntries(Object.entries(paths).map(([at, possible]) => [at, { possible }]))),
    );

  it('are one for each mode', () => {
    expect(completed({ MfaConfiguration: 'OFF' }, { MfaConfiguration: ['ON', 'OPTIONAL'] })).toEqual([
      { MfaConfiguration: 'ON' },
      { MfaConfiguration: 'OPTIONAL' },
    ]);
  });

  it('are one for each value inside of a block, which keeps the rest of it', () => {
    expect(completed({ Totp: { Enabled: false, Kept: 1 } }, { 'Totp.Enabled': [true, undefined] })).toEqual([
      { Totp: { Enabled: true, Kept: 1 } },
      { Totp: { Enabled: null, Kept: 1 } },
    ]);
    expect(completed({}, { 'Totp.Enabled': [true] })).toEqual([{ Totp: { Enabled: true } }]);
  });

  it('are with and without a block that may not be there', () => {
    expect(completed({ Mode: 'ON' }, { Sms: [{ Role: 'r' }, undefined] })).toStrictEqual([
      { Mode: 'ON', Sms: { Role: 'r' } },
      { Mode: 'ON' },
    ]);
  });

  it('are all of them together', () => {
    expect(completed({}, { A: [1, 2], B: [3, 4] })).toHaveLength(4);
  });

  it('are one, where it may be anything, and where it is deeper than a block or of the pool beside it', () => {
    const config = { Mode: 'ON' };
    expect(completed(config, { Mode: null, 'A.B.C': [1, 2], 'UserPool.Name': [1, 2], UserPool: [1, 2] })).toEqual([
      config,
    ]);
  });
});
