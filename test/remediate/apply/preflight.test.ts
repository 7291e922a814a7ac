/** How an approved change stands once its pool was looked at again, whatever its journal knows of it. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Failure, Reading } from '../../../src/domain/model/observation.ts';
import type { Plan } from '../../../src/domain/remediation/model/plan.ts';
import { preflightOf, refusedBy, type Replanned } from '../../../src/remediate/apply/preflight.ts';
import type { OwnTrace } from '../../../src/remediate/journal/traces.ts';
import type { Look } from '../../../src/ports/account-writer.ts';
import { aLook } from '../a-look.ts';
import { aChange } from './a-change.ts';

const before = { MfaConfiguration: 'OFF' };
const after = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
/** Neither as before nor as planned. A pool that says nothing of authenticator apps has them off. */
const other = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
const change = aChange({ before, after });
const described = { EstimatedNumberOfUsers: 7 };
const failure: Failure = { code: 'network', message: 'cognito-idp: ECONNRESET', remedy: 'Check the network.' };

const read = (value: JsonObject): Reading => ({ read: true, value });
const seen = (config: JsonObject): Look => aLook(read(config), { userPool: read(described) });
const again: Replanned = { kind: 'change', change, userPool: described, objections: [] };

function preflight(look: Look, trace: OwnTrace, origin: Plan['origin'] = 'policies', replanned: Replanned = again) {
  const approved = { change, account: null, policies: ['floor'] };
  return preflightOf(approved, trace, look, { origin, replan: () => replanned });
}

const ready = { kind: 'ready', change, userPool: described };

describe('a pool that cannot be read', () => {
  test.each([
    ['policies', 'The pool is not there any more. Plan again: mfa-drift plan.'],
    ['rollback', 'The pool is not there any more.'],
  ] as const)('since it is gone, for a plan of %s', (origin, message) => {
    expect(preflight({ kind: 'gone' }, 'none', origin)).toEqual({ kind: 'stale', message });
  });

  test.each<readonly [OwnTrace, string, string]>([
    ['none', 'failed', 'The pool could not be read:'],
    ['written', 'failed', 'The pool could not be read:'],
    ['unverified', 'failed', 'The pool could not be read:'],
    ['begun', 'unknown', "An earlier run broke off while it wrote, and the pool can't be read:"],
  ])('and whose journal says %s', (trace, kind, begin) => {
    const look = aLook({ read: false, failure } as const);
    expect(preflight(look, trace)).toEqual({ kind, message: `${begin} cognito-idp: ECONNRESET. Check the network.` });
  });
});

describe('a pool that was read, by what its journal says', () => {
  test.each<readonly [OwnTrace, JsonObject, object]>([
    ['none', before, ready],
    ['none', other, ready],
    ['begun', before, ready],
    ['begun', after, { kind: 'applied', config: after }],
    [
      'begun',
      other,
      {
        kind: 'unknown',
        message:
          'An earlier run broke off while it wrote, and the pool now reads neither as before nor as planned: MfaConfiguration OFF → ON, SoftwareTokenMfaConfiguration.Enabled false → true.',
      },
    ],
    ['unverified', before, ready],
    ['unverified', after, { kind: 'applied', config: after }],
    [
      'unverified',
      other,
      {
        kind: 'failed',
        message:
          'It was written and does not read as planned: MfaConfiguration OFF → ON, SoftwareTokenMfaConfiguration.Enabled false → true.',
      },
    ],
    [
      'written',
      before,
      {
        kind: 'stale',
        message:
          'This journal says that it was changed, and since then somebody has undone it. Plan again: mfa-drift plan.',
      },
    ],
    ['written', after, { kind: 'applied', config: after }],
    [
      'written',
      other,
      {
        kind: 'stale',
        message:
          'This journal says that it was changed, and since then somebody changed it again: MfaConfiguration OFF → ON, SoftwareTokenMfaConfiguration.Enabled false → true.',
      },
    ],
  ])('%s, and it reads %j', (trace, config, expected) => {
    expect(preflight(seen(config), trace)).toEqual(expected);
  });

  test.each([before, other])('what a rollback has undone may be undone again where it reads %j', (config) => {
    expect(preflight(seen(config), 'written', 'rollback')).toEqual(ready);
    expect(preflight(seen(after), 'written', 'rollback')).toEqual({ kind: 'applied', config: after });
  });

  test.each([
    ['begun', 'unknown'],
    ['unverified', 'failed'],
  ] as const)('what a rollback has %s is %s where the pool reads as nobody planned', (trace, kind) => {
    expect(preflight(seen(other), trace, 'rollback')).toMatchObject({ kind });
  });
});

describe('a pool that is planned anew', () => {
  test.each<Replanned>([
    { kind: 'unchanged', config: after },
    { kind: 'stale', message: 'It moved.' },
    { kind: 'refused', code: 'mode', message: 'Only reported.' },
  ])('%o', (replanned) => {
    expect(preflight(seen(before), 'none', 'policies', replanned)).toEqual(replanned);
  });

  test('is told of its description, and without one of none', () => {
    const approved = { change, account: null, policies: [] };
    const told: JsonObject[] = [];
    const replan = (_: unknown, { mfaConfig }: { readonly mfaConfig: { readonly value: JsonObject } }): Replanned => {
      told.push(mfaConfig.value);
      return again;
    };
    const undescribed = aLook(read(before), { userPool: { read: false, failure } });
    expect(preflightOf(approved, 'none', undescribed, { origin: 'policies', replan })).toEqual(ready);
    expect(told).toEqual([before]);
  });

  test('is not made riskier than it was approved, and the worst objection gives the code', () => {
    const riskier: Replanned = {
      kind: 'change',
      change: { ...change, risk: 'disruptive', reasons: ['Users must enrol.', 'All of them.'] },
      userPool: {},
      objections: [{ code: 'held', message: 'Held.' }],
    };
    expect(preflight(seen(before), 'none', 'policies', riskier)).toEqual({
      kind: 'refused',
      code: 'held',
      message:
        'Held. The plan says that the change is tightening, and it is disruptive: Users must enrol. All of them. Make a new plan.',
    });
  });

  test('may be made less harmful than it was approved', () => {
    const approved = { change: { ...change, risk: 'weakening' } as const, account: null, policies: [] };
    expect(preflightOf(approved, 'none', seen(before), { origin: 'policies', replan: () => again })).toEqual(ready);
  });

  test('is not refused for no reason', () => {
    expect(() => refusedBy([])).toThrow('Nothing is refused without an objection.');
  });
});
