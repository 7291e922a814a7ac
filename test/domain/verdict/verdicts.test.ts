import { byFurtherRead } from '../../../src/domain/model/api/reads.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { PolicySet } from '../../../src/domain/policy/policy.ts';
import type { Subject } from '../../../src/domain/model/subject.ts';
import { judgePool, type JudgeSettings, type PoolVerdict } from '../../../src/domain/verdict/verdicts.ts';
import { policy, policySet, today } from '../../policy-set.ts';
import { anAccount, aPool, aSubject, denied, unread } from '../a-pool.ts';

const settings: JudgeSettings = {
  requireCoverage: true,
  now: today,
  managedTags: ['aws:cloudformation:stack-name', 'owner'],
};
const off = { MfaConfiguration: 'OFF' };
const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
const mode = `${policy('mode')}severity: high\nexpect:\n  MfaConfiguration: "ON"\n`;
const customers = `${policy('customers')}match: { poolTags: { audience: [customer] } }\nexpect:\n  MfaConfiguration: "ON"\n`;
const devices = `${policy('devices')}expect:\n  UserPool: { DeviceConfiguration: { present: false } }\n`;

function judge(text: string, subject: Subject, more: Partial<JudgeSettings> = {}): PoolVerdict {
  return judgePool(policySet(text), subject, { ...settings, ...more });
}

function exception(more: string, expires = '2027-03-31'): string {
  return `---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - reason: Legacy\n    owner: identity@example.com\n    expires: ${expires}\n    ${more.replaceAll('\n', '\n    ')}\n`;
}
const here = 'match: { pools: [eu-west-1_AbCdEf123] }';

describe('a pool', () => {
  it('that holds every policy is compliant', () => {
    expect(judge(mode, aSubject(on)).record).toMatchObject({
      status: 'compliant',
      policies: ['mode'],
      findings: [],
      config: on,
    });
  });

  it('that misses one has drifted, with the line of the field', () => {
    const { record, gaps } = judge(mode, aSubject(off));
    expect(gaps).toEqual([]);
    expect(record).toEqual({
      accountId: '111122223333',
      accountName: 'shop-prod',
      region: 'eu-west-1',
      poolId: 'eu-west-1_AbCdEf123',
      poolName: 'customers',
      poolArn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123',
      status: 'drifted',
      earlierStatus: null,
      readiness: null,
      earlierReadiness: null,
      observedAt: '2026-11-22T02:14:07.000Z',
      requestId: '8f0c',
      policies: ['mode'],
      managedBy: null,
      replicaOf: null,
      config: off,
      unknownFields: [],
      ...byFurtherRead(() => null),
      tags: null,
      findings: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          policy: 'mode',
          severity: 'high',
          path: 'MfaConfiguration',
          expected: 'ON',
          actual: 'OFF',
          status: 'drift',
          file: 'policies/p.yaml',
          line: 6,
          column: 3,
          exception: null,
          fix: null,
          change: null,
          since: null,
        },
      ],
      remediation: null,
    });
  });

  it('that no policy matches is uncovered, with one finding without a place', () => {
    const { record } = judge(customers, aSubject(off, {}));
    expect(record).toMatchObject({ status: 'uncovered', policies: [] });
    expect(record.findings).toMatchObject([
      { policy: null, path: '', severity: 'medium', status: 'drift', file: null, line: null, column: null },
    ]);
  });

  it('that no policy matches has no finding where coverage is not required', () => {
    expect(judge(customers, aSubject(off, {}), { requireCoverage: false }).record).toMatchObject({
      status: 'uncovered',
      findings: [],
    });
  });

  it('covered by a policy that asks nothing is compliant', () => {
    expect(judge(`${policy('p')}expect: {}\n`, aSubject(off)).record.status).toBe('compliant');
  });
});

describe('a pool whose configuration could not be read', () => {
  it('is a gap with that failure, never drift', () => {
    const pool = aPool({}, { mfaConfig: unread });
    const { record, gaps } = judge(mode, { account: anAccount(), region: 'eu-west-1', pool });
    expect(record).toMatchObject({ status: 'unreadable', config: null, findings: [], policies: ['mode'] });
    expect(gaps).toEqual([
      {
        scope: 'pool',
        accountId: '111122223333',
        region: 'eu-west-1',
        poolId: 'eu-west-1_AbCdEf123',
        ...denied,
        accepted: null,
      },
    ]);
  });

  it.each<[JsonObject]>([[{}], [{ MfaConfiguration: null }], [{ SoftwareTokenMfaConfiguration: { Enabled: true } }]])(
    'since the answer was %j is malformed',
    (answer) => {
      const { record, gaps } = judge(mode, aSubject(answer));
      expect(record).toMatchObject({ status: 'unreadable', config: null, findings: [] });
      expect(gaps.map(({ code }) => code)).toEqual(['malformed']);
    },
  );

  it('is not uncovered either', () => {
    const pool = aPool({}, { mfaConfig: unread, userPool: { read: true, value: {} } });
    expect(judge(customers, { account: anAccount(), region: 'eu-west-1', pool }).record).toMatchObject({
      status: 'unreadable',
      findings: [],
    });
  });
});

describe('a pool of which something else could not be read', () => {
  const undescribed: Subject = { account: anAccount(), region: 'eu-west-1', pool: aPool(off, { userPool: unread }) };
  it('is not uncovered where the only policy may select it', () => {
    expect(judge(customers, undescribed).record).toMatchObject({ status: 'unreadable', policies: [], findings: [] });
  });

  it('is a gap where a selector depends on it, and keeps the findings of policies that surely match', () => {
    const { record, gaps } = judge(`${mode}---\n${customers}`, undescribed);
    expect(record).toMatchObject({ status: 'unreadable', policies: ['mode'], findings: [{ policy: 'mode' }] });
    expect(gaps).toMatchObject([
      {
        code: 'selector-unreadable',
        message:
          'Not known and asked for by policy customers: tags of the pool (DescribeUserPool of the pool) (AccessDeniedException: no)',
        remedy: 'Allow it.',
      },
    ]);
  });

  it('is a gap where an expectation depends on it', () => {
    const { record, gaps } = judge(`${mode}---\n${devices}`, undescribed);
    expect(record).toMatchObject({ status: 'unreadable', findings: [{ policy: 'mode' }] });
    expect(gaps.map(({ code }) => code)).toEqual(['expectation-unreadable']);
  });

  it('is no gap where nothing depends on it', () => {
    expect(judge(mode, undescribed)).toMatchObject({ record: { status: 'drifted' }, gaps: [] });
  });

  it('is a gap where an exception may cover what drifts, and none where nothing does', () => {
    const text = mode + exception('match: { poolTags: { audience: [customer] } }');
    expect(judge(text, undescribed)).toMatchObject({
      record: { status: 'unreadable', findings: [{ status: 'drift', exception: null }] },
      gaps: [
        {
          code: 'selector-unreadable',
          message: expect.stringContaining('asked for by the exception at policies/p.yaml:11: tags of the pool'),
        },
      ],
    });
    const compliant = { ...undescribed, pool: aPool(on, { userPool: unread }) };
    expect(judge(text, compliant)).toMatchObject({ record: { status: 'compliant' }, gaps: [] });
  });

  it('is no gap where an exception that surely covers it excuses it, nor where the doubtful one has expired', () => {
    const doubtful = 'match: { poolTags: { audience: [customer] } }';
    expect(judge(mode + exception(here) + exception(doubtful), undescribed)).toMatchObject({
      record: { status: 'excepted' },
      gaps: [],
    });
    expect(judge(mode + exception(doubtful, '2026-01-01'), undescribed)).toMatchObject({
      record: { status: 'drifted' },
      gaps: [],
    });
    expect(judge(mode + exception(`${here}\nhold: true`), undescribed).gaps).toEqual([]);
  });

  it('is named where its description is none', () => {
    const pool = aPool(off, { userPool: { read: true, value: { DeviceConfiguration: 'x' } } });
    expect(judge(devices, { ...undescribed, pool }).gaps).toMatchObject([
      {
        code: 'expectation-unreadable',
        message: expect.stringMatching(
          /policy devices: UserPool\.DeviceConfiguration \(cognito-idp:DescribeUserPool: /,
        ),
        remedy: expect.stringContaining('check the endpoint'),
      },
    ]);
    const saved = aSubject(off, { UserPoolTier: 'PLUS' }, { fromResult: true });
    expect(judge(devices, saved).gaps[0]?.message).toContain('UserPool.DeviceConfiguration in the saved result');
  });

  it('of a saved result is a gap, never a non-match', () => {
    const { gaps } = judge(customers, aSubject(off, { UserPoolTier: 'PLUS' }, { fromResult: true }));
    expect(gaps).toMatchObject([
      {
        code: 'selector-unreadable',
        remedy: 'Audit again with these policies: the saved result does not hold what they ask for.',
      },
    ]);
  });
});

describe('an exception', () => {
  it('turns drift into excepted through its last day, UTC', () => {
    const text = mode + exception(`${here}\nticket: SEC-1`);
    const at = (now: string) =>
      judgePool(policySet(text, {}, new Date('2026-11-22T00:00:00Z')), aSubject(off), {
        ...settings,
        now: new Date(now),
      }).record;
    expect(at('2027-03-31T23:59:59.999Z')).toMatchObject({
      status: 'excepted',
      findings: [
        {
          status: 'excepted',
          exception: {
            reason: 'Legacy',
            owner: 'identity@example.com',
            ticket: 'SEC-1',
            expires: '2027-03-31',
            hold: false,
            expired: false,
            file: 'policies/p.yaml',
            line: 11,
          },
        },
      ],
    });
    expect(at('2027-04-01T00:00:00.000Z')).toMatchObject({
      status: 'drifted',
      earlierStatus: null,
      readiness: null,
      earlierReadiness: null,
      findings: [{ status: 'drift', exception: { expired: true } }],
    });
  });

  it.each([
    ['policies: [mode]', 'excepted'],
    ['paths: [MfaConfiguration]', 'excepted'],
    ['paths: [SoftwareTokenMfaConfiguration]', 'drifted'],
    ['paths: [Mfa]', 'drifted'],
    ['hold: true', 'drifted'],
  ])('with %s leaves the pool %s', (more, status) => {
    expect(judge(mode + exception(`${here}\n${more}`), aSubject(off)).record.status).toBe(status);
  });

  it('for another policy covers nothing', () => {
    const text = `${mode}---\n${devices}${exception(`${here}\npolicies: [devices]`)}`;
    expect(judge(text, aSubject(off, {})).record).toMatchObject({ status: 'drifted', findings: [{ exception: null }] });
  });

  it('covers all below its paths', () => {
    const totp = `${policy('totp')}expect: { SoftwareTokenMfaConfiguration: { Enabled: true } }\n`;
    expect(
      judge(totp + exception(`${here}\npaths: [SoftwareTokenMfaConfiguration]`), aSubject(off)).record.status,
    ).toBe('excepted');
  });

  it('that holds shows on the drift that it keeps from being fixed', () => {
    const { findings } = judge(mode + exception(`${here}\nhold: true`), aSubject(off)).record;
    expect(findings).toMatchObject([{ status: 'drift', exception: { hold: true, expired: false } }]);
  });

  it('to every policy excuses a pool that none covers', () => {
    const text = customers + exception(here);
    expect(judge(text, aSubject(off, {})).record).toMatchObject({
      status: 'excepted',
      findings: [{ status: 'excepted' }],
    });
    const named = customers + exception(`${here}\npolicies: [customers]`);
    expect(judge(named, aSubject(off, {})).record.status).toBe('uncovered');
  });

  it('that excuses counts before one that holds, and that before an expired one', () => {
    const live = exception(here);
    const hold = exception(`${here}\nhold: true`);
    const expired = exception(here, '2026-01-01');
    const recordOf = (...parts: string[]) => judge(mode + parts.join(''), aSubject(off)).record.findings[0]?.exception;
    expect(recordOf(hold, expired, live)).toMatchObject({ hold: false, expired: false });
    expect(recordOf(expired, hold)).toMatchObject({ hold: true });
    expect(recordOf(expired)).toMatchObject({ expired: true });
  });

  it('for gaps accepts them, and leaves drift alone', () => {
    const text = mode + exception(`${here}\ngaps: [AccessDenied]`);
    const pool = aPool({}, { mfaConfig: unread });
    const { record, gaps } = judge(text, { account: anAccount(), region: 'eu-west-1', pool });
    expect(record.status).toBe('unreadable');
    expect(gaps).toMatchObject([{ code: 'AccessDenied', accepted: { owner: 'identity@example.com', expired: false } }]);
    expect(judge(text, aSubject(off)).record.status).toBe('drifted');
  });
});

describe('what a record tells beside the verdict', () => {
  it('keeps the members of UserPool that a policy asks for, null for those that were not there, and tags apart', () => {
    const userPool = {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      Domain: 'x',
      UserPoolTags: { owner: 'team', none: null },
    };
    expect(judge(devices, aSubject(on, userPool)).record).toMatchObject({
      userPool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } },
      tags: { owner: 'team' },
      managedBy: 'tag owner=team',
    });
    expect(judge(devices, aSubject(on, {})).record).toMatchObject({
      userPool: { DeviceConfiguration: null },
      tags: {},
      managedBy: null,
    });
  });

  it('has no tags where they are not what the API model says, and so no manager', () => {
    for (const UserPoolTags of [{ owner: 'team', n: 1 }, ['owner'], 'owner']) {
      expect(judge(devices, aSubject(on, { UserPoolTags })).record).toMatchObject({ tags: null, managedBy: null });
    }
  });

  it('has the tags by name, whatever order AWS answers in', () => {
    const orders = [{ UserPoolTags: { team: 'shop', env: 'prod' } }, { UserPoolTags: { env: 'prod', team: 'shop' } }];
    const written = orders.map((userPool) => JSON.stringify(judge(devices, aSubject(on, userPool)).record.tags));
    expect(written).toEqual(Array(2).fill('{"env":"prod","team":"shop"}'));
  });

  it('of a saved result keeps what that had, but for the tags, which stand apart', () => {
    const saved = { UserPoolTier: 'PLUS', DeviceConfiguration: null, UserPoolTags: { owner: 'team' } };
    expect(judge(mode, aSubject(on, saved, { fromResult: true })).record).toMatchObject({
      userPool: { UserPoolTier: 'PLUS', DeviceConfiguration: null },
      tags: { owner: 'team' },
    });
    const { userPool } = judge(mode, aSubject(on, saved, { fromResult: true })).record;
    expect(userPool).not.toHaveProperty('UserPoolTags');
  });

  it('keeps tags apart also where a policy asks for them', () => {
    const { userPool, tags } = judge(customers, aSubject(on, { UserPoolTags: { audience: 'customer' } })).record;
    expect([userPool, tags]).toEqual([{}, { audience: 'customer' }]);
  });

  it('has no unknown fields where the configuration could not be read', () => {
    const pool = aPool({}, { mfaConfig: unread });
    expect(judge(mode, { ...aSubject(on), pool }).record.unknownFields).toEqual([]);
  });

  it('names the stack that manages the pool', () => {
    const tags = { UserPoolTags: { 'aws:cloudformation:stack-name': 'shop' } };
    expect(judge(mode, aSubject(on, tags)).record.managedBy).toBe('CloudFormation stack shop');
  });

  it('knows a replica by its id', () => {
    expect(judge(mode, aSubject(on, null, { region: 'us-east-1' })).record.replicaOf).toBe('eu-west-1');
    const pool = aPool(on, { poolId: 'local_AbCdEf123' });
    expect(judge(mode, { ...aSubject(on), pool }).record.replicaOf).toBeNull();
  });

  it('names members that no model knows', () => {
    expect(judge(mode, aSubject({ ...on, PushMfaConfiguration: {} })).record.unknownFields).toEqual([
      'PushMfaConfiguration',
    ]);
  });

  it('gives a finding the same id in every run, and another in every other place', () => {
    const idOf = (text: string, subject: Subject) =>
      judge(text, subject)
        .record.findings.map(({ id }) => id)
        .join();
    const renamed = mode.replace('severity: high', 'severity: low').replace('"ON"', '{ oneOf: [ON] }');
    expect(idOf(renamed, aSubject(off))).toBe(idOf(mode, aSubject(off)));
    expect(idOf(mode, aSubject(off, null, { region: 'us-east-1' }))).not.toBe(idOf(mode, aSubject(off)));
    expect(idOf(mode, aSubject(off, null, { account: anAccount({ id: '444455556666' }) }))).not.toBe(
      idOf(mode, aSubject(off)),
    );
  });
});

describe('order', () => {
  const texts = ['low', 'high', 'medium', 'critical', 'info'].map(
    (severity, index) =>
      `${policy(`p${index}`)}severity: ${severity}\nexpect: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } }\n`,
  );
  const setOf = (order: readonly number[]): PolicySet => policySet(order.map((index) => texts[index]).join('---\n'));

  it('of findings is severity, then name, then the policy’s text, whatever order policies are filed in', () => {
    const wanted = ['p3', 'p1', 'p2', 'p0', 'p4'].flatMap((name) => [
      `${name} MfaConfiguration`,
      `${name} SoftwareTokenMfaConfiguration.Enabled`,
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const { findings, policies } = judgePool(setOf(order), aSubject(off), settings).record;
        expect(findings.map(({ policy: name, path }) => `${name} ${path}`)).toEqual(wanted);
        expect(policies).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
      }),
    );
  });

  it('and layout and comments do not change the digest of the set; any word does', () => {
    const { sha256 } = setOf([0, 1, 2, 3, 4]);
    expect(setOf([4, 2, 0, 1, 3]).sha256).toBe(sha256);
    expect(policySet(`# a comment\n${texts.map((text) => text.replace('"ON"', 'ON')).join('---\n')}`).sha256).toBe(
      sha256,
    );
    expect(policySet(texts.join('---\n').replace('critical', 'high')).sha256).not.toBe(sha256);
  });
});

describe('policies that match', () => {
  const named = (name: string, severity: string) =>
    `${policy(name)}severity: ${severity}\nexpect: { MfaConfiguration: "ON" }\n`;

  it('are judged by severity, then by name, and named by name', () => {
    const set = policySet([named('d', 'low'), named('a', 'info'), named('c', 'high'), named('b', 'low')].join('---\n'));
    const backwards = { ...set, policies: set.policies.toReversed() };
    for (const each of [set, backwards]) {
      const { matching, record } = judgePool(each, aSubject(off), settings);
      expect(matching.map(({ policy: { name } }) => name)).toEqual(['c', 'b', 'd', 'a']);
      expect(record.policies).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  it('have no conflicts where there is but one, or the configuration is not known', () => {
    const torn = `${policy('torn')}expect:\n  MfaConfiguration: { oneOf: ["ON"], noneOf: ["ON"] }\n`;
    expect(judge(torn, aSubject(off)).conflicts).toEqual([]);
    const rivals = `${mode}---\n${policy('rival')}expect:\n  MfaConfiguration: "OFF"\n`;
    const pool = aPool({}, { mfaConfig: unread });
    expect(judge(rivals, { ...aSubject(off), pool }).conflicts).toEqual([]);
  });

  it('are named where what they ask for was not read', () => {
    expect(judge(devices, aSubject(off)).gaps[0]?.message).toContain('asked for by policy devices:');
  });
});

describe('conflicts', () => {
  it('stand beside the findings', () => {
    const rival = `${policy('rival')}expect:\n  MfaConfiguration: "OFF"\n`;
    const { conflicts, record } = judge(`${mode}---\n${rival}`, aSubject(off));
    expect(record.status).toBe('drifted');
    expect(
      conflicts.map(({ path, demands }) => [
        path,
        demands.map(({ policy: name, location }) => `${name}:${location.line}`),
      ]),
    ).toEqual([['MfaConfiguration', ['mode:6', 'rival:12']]]);
  });
});
