/** What is planned of a pool that was read just now. */
import { describe, expect, test } from 'vitest';
import type { CodeEvent } from '../../../src/domain/model/blame.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { SeenLook } from '../../../src/ports/account-writer.ts';
import {
  planFresh,
  type FreshPlan,
  type PlanContext,
  type PoolAddress,
} from '../../../src/remediate/plan/fresh-plan.ts';
import { anAccount, read, unread } from '../../domain/a-pool.ts';
import { off, plainPool, totpOnly } from '../../domain/remediation/a-plan.ts';
import { policy } from '../../policy-set.ts';
import { aLook } from '../a-look.ts';
import { asking, contextOf, optional, waitingFor } from './a-context.ts';

const place = { account: anAccount(), region: 'eu-west-1', poolId: 'eu-west-1_AbCdEf123', poolName: 'customers' };

interface Seen {
  readonly context?: PlanContext;
  readonly config?: JsonObject;
  readonly further?: Partial<SeenLook>;
  readonly address?: Partial<PoolAddress>;
}

function planned({ context = contextOf(), config = off, further = {}, address = {} }: Seen = {}): FreshPlan {
  const fresh = planFresh(
    context,
    { ...place, ...address },
    aLook(read(config), { userPool: read(plainPool), ...further }),
  );
  if ('unplanned' in fresh) throw new Error(fresh.unplanned);
  return fresh;
}

function refusal(seen: Seen) {
  const { plan } = planned(seen);
  return plan.kind === 'refused' ? [plan.refusal.code, plan.refusal.message] : plan.kind;
}

describe('a pool that drifts', () => {
  test('is changed as its policies ask, and can be written at its source', () => {
    const { plan, config, userPool, wanted, verdict, matching } = planned();
    expect(plan).toMatchObject({
      kind: 'change',
      change: {
        accountId: '111122223333',
        region: 'eu-west-1',
        poolId: 'eu-west-1_AbCdEf123',
        poolName: 'customers',
        users: 42,
        before: off,
        after: totpOnly,
        risk: 'tightening',
      },
    });
    expect([config, userPool]).toEqual([off, plainPool]);
    expect(verdict.record.findings.map(({ path }) => path)).toEqual([
      'MfaConfiguration',
      'SoftwareTokenMfaConfiguration.Enabled',
    ]);
    expect(matching.map(({ policy: { name } }) => name)).toEqual(['floor']);
    expect(wanted).toMatchObject({ poolId: 'eu-west-1_AbCdEf123' });
  });

  test('that holds is left, and there is nothing to write at its source', () => {
    const fresh = planned({ config: totpOnly });
    expect(fresh.plan).toEqual({ kind: 'nothing' });
    expect(fresh.wanted).toBeNull();
    expect(fresh.question()).toBeNull();
  });
});

describe('a pool is not planned', () => {
  function unplanned(look: SeenLook, context = contextOf()) {
    const fresh = planFresh(context, place, look);
    return 'unplanned' in fresh ? fresh.unplanned : fresh;
  }
  const failing = (message: string) =>
    aLook({ read: false, failure: { code: 'AccessDenied', message, remedy: 'Allow it.' } } as const);

  test.each([
    ['no', 'no. Allow it.'],
    ['cognito-idp.eu said no', 'cognito-idp.eu said no. Allow it.'],
    ['No.', 'No. Allow it.'],
    ['No!', 'No! Allow it.'],
    ['No?', 'No? Allow it.'],
  ])('that could not be read: %s', (message, says) => {
    expect(unplanned(failing(message))).toBe(says);
  });

  test('that answers without its mode', () => {
    expect(unplanned(aLook(read({})))).toMatch(/no MfaConfiguration.*\. \w/);
  });

  test('of which a policy asks what could not be read', () => {
    const context = contextOf(asking('{ UserPool: { UserPoolTier: PLUS } }'));
    expect(unplanned(aLook(read(off), { userPool: unread }), context)).toMatch(
      /policy floor: DescribeUserPool of the pool \(AccessDeniedException: no\)\. Allow it\.$/,
    );
  });
});

describe('a pool is refused', () => {
  const defaults = { mode: 'never', allow: [], readiness: null } as const;
  const codeEvent = { agent: 'terraform', at: '2026-11-01T10:00:00Z' } as CodeEvent;

  test.each<readonly [string, Seen, string, RegExp]>([
    ['that was not described', { further: { userPool: unread } }, 'undescribed', /DescribeUserPool could not be read/],
    [
      'that has members which nobody knows',
      { config: { ...off, HologramMfaConfiguration: { Enabled: true } } },
      'unknown-fields',
      /\(HologramMfaConfiguration\)/,
    ],
    ['that is a replica', { address: { region: 'eu-central-1' } }, 'replica', /in eu-central-1 of a pool in eu-west-1/],
    [
      'that a tool deployed',
      { address: { codeEvent } },
      'managed-elsewhere',
      /CloudTrail has an event of Terraform of 2026-11-01/,
    ],
    [
      'where the configuration allows no more',
      { context: contextOf(`${policy('floor')}expect: ${JSON.stringify(optional)}\n`, {}, { defaults }) },
      'mode',
      /mode never: policy floor/,
    ],
    ['where a rule of the moment says so', { context: contextOf(asking(), { isOff: true }) }, 'remediation-off', /off/],
    [
      'that an exception holds today',
      { context: contextOf(`${asking()}---\n${exception('2026-11-22')}`) },
      'excepted',
      /Call centre/,
    ],
    [
      'that waits for its users, who were not asked',
      { context: contextOf(waitingFor(0.9)), config: totpOnly },
      'not-ready',
      /Nobody has asked its users/,
    ],
    [
      'that waits for its users, who could not be asked',
      {
        context: contextOf(waitingFor(0.9)),
        config: totpOnly,
        further: {
          readiness: {
            measured: false,
            failure: { code: 'AccessDenied', message: 'ListUsers: no', remedy: 'Allow it.' },
            measuredAt: '2026-11-22T02:14:00.000Z',
          },
        },
      },
      'not-ready',
      /ListUsers: no\. Allow it\./,
    ],
  ])('%s', (_what, seen, code, says) => {
    expect(refusal(seen)).toEqual([code, expect.stringMatching(says)]);
  });

  test('no more once the exception has ended', () => {
    expect(refusal({ context: contextOf(`${asking()}---\n${exception('2026-11-21')}`) })).toBe('change');
  });

  test('where a change would break what another policy asks', () => {
    const set = `${asking()}---\n${policy('old')}expect: { UserPool: { MfaConfiguration: 'OFF' } }\n`;
    const userPool = read({ ...plainPool, MfaConfiguration: 'OFF' });
    expect(refusal({ context: contextOf(set), further: { userPool } })).toEqual([
      'conflict',
      expect.stringMatching(/policy old/),
    ]);
  });
});

test('what has to be known of users is told, whatever else keeps the pool from being changed', () => {
  const fresh = planned({ context: contextOf(waitingFor(0.9), { isOff: true }), config: totpOnly });
  expect(fresh.plan).toMatchObject({ kind: 'refused', asks: null });
  expect(fresh.question()).toMatchObject({ waitsFor: 0.9, pool: { required: true } });
});

function exception(expires: string): string {
  return [
    'apiVersion: mfa-drift/v1',
    'kind: Exceptions',
    'exceptions:',
    '  - match: { pools: [customers] }',
    '    reason: Call centre',
    '    owner: id@example.com',
    `    expires: ${expires}`,
    '',
  ].join('\n');
}
