import { describe, expect, it } from 'vitest';
import { changeEventOf, type ChangeEvent } from '../../../src/domain/blame/change-event.ts';
import {
  codeEventsIn,
  knownChange,
  lastChange,
  type LookUp,
  type LookUps,
} from '../../../src/domain/blame/last-change.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { anEvent, poolId } from './an-event.ts';

const hidden = { requestParameters: { userPoolId: 'HIDDEN_DUE_TO_SECURITY_REASONS' } };
const mode = { poolId, observedAt: '2026-11-28T02:00:00.000Z', paths: ['MfaConfiguration'] };

function events(...all: readonly JsonObject[]): readonly ChangeEvent[] {
  return all.flatMap((each) => changeEventOf(anEvent(each)) ?? []);
}

const read = (found: readonly ChangeEvent[] = [], readTo: string | null = null): LookUp => ({
  read: true,
  events: found,
  readTo,
});

function lookUps(found: Partial<LookUps>): LookUps {
  return { SetUserPoolMfaConfig: read(), UpdateUserPool: read(), CreateUserPool: read(), ...found };
}

const at = (day: number, second = 0) => ({ eventTime: `2026-11-${day}T10:00:${String(second).padStart(2, '0')}Z` });
const update = (requestParameters: JsonObject) => ({
  eventName: 'UpdateUserPool',
  requestParameters: { userPoolId: poolId, ...requestParameters },
});
const create = { eventName: 'CreateUserPool', requestParameters: {}, responseElements: { userPool: { id: poolId } } };

describe('the last change of a pool', () => {
  it('is the newest event of any name that can have made it', () => {
    const sets = events(at(20), at(18));
    const found = lookUps({
      SetUserPoolMfaConfig: read(sets),
      UpdateUserPool: read(events({ ...at(19), ...update({ mfaConfiguration: 'OFF' }) })),
      CreateUserPool: read(events({ ...at(10), ...create })),
    });
    expect(lastChange(mode, found)).toMatchObject({ outcome: 'named', event: { id: sets[0]?.id } });
  });

  it('is no event of another pool, and none after the pool was read', () => {
    const found = lookUps({
      SetUserPoolMfaConfig: read(
        events(
          { eventTime: '2026-11-28T02:00:01Z' },
          { ...at(25), requestParameters: { userPoolId: 'eu-west-1_Other' } },
          at(20),
        ),
      ),
    });
    expect(lastChange(mode, found).event?.at).toBe('2026-11-20T10:00:00.000Z');
  });

  it('may be of the very moment when the pool was read', () => {
    const found = lookUps({ SetUserPoolMfaConfig: read(events(at(20))) });
    expect(lastChange({ ...mode, observedAt: '2026-11-20T10:00:00.000Z' }, found).outcome).toBe('named');
    expect(lastChange({ ...mode, observedAt: '2026-11-20T09:59:59.999Z' }, found).outcome).toBe('not-found');
  });

  it('in one second, Set outweighs Update, which Terraform sends after it', () => {
    const found = lookUps({
      SetUserPoolMfaConfig: read(events(at(20))),
      UpdateUserPool: read(events({ ...at(20), ...update({ mfaConfiguration: 'ON' }) })),
    });
    expect(lastChange(mode, found).event?.name).toBe('SetUserPoolMfaConfig');
  });

  it.each<[string, readonly string[], JsonObject, boolean]>([
    ['the mode, where the update names it', ['MfaConfiguration'], { mfaConfiguration: 'OFF' }, true],
    ['the mode, where the update names anything else', ['MfaConfiguration'], { deletionProtection: 'ACTIVE' }, false],
    ['passkeys', ['WebAuthnConfiguration.RelyingPartyId'], { smsConfiguration: {} }, false],
    [
      'SMS, by its configuration',
      ['SmsMfaConfiguration.SmsConfiguration.SnsCallerArn'],
      { smsConfiguration: {} },
      true,
    ],
    [
      'the text of SMS, which an update resets that leaves it out',
      ['SmsMfaConfiguration.SmsAuthenticationMessage'],
      {},
      true,
    ],
    ['SMS, by its text', ['SmsMfaConfiguration'], { smsAuthenticationMessage: 'x' }, true],
    ['SMS, by the mode', ['SmsMfaConfiguration'], { mfaConfiguration: 'OFF' }, true],
    ['SMS, where the update names anything else', ['SmsMfaConfiguration'], { deletionProtection: 'ACTIVE' }, false],
    ['the role of SMS', ['UserPool.SmsConfiguration.SnsCallerArn'], { smsConfiguration: {} }, true],
    ['the role of SMS, by the mode', ['UserPool.SmsConfiguration.SnsCallerArn'], { mfaConfiguration: 'ON' }, false],
    ...['mfaConfiguration', 'smsConfiguration', 'emailConfiguration', 'policies', 'userPoolTier'].map(
      (member): [string, readonly string[], JsonObject, boolean] => [
        `factors, by ${member}`,
        ['factors.allow'],
        { [member]: {} },
        true,
      ],
    ),
    ['factors, where the update names anything else', ['factors.allow'], { deletionProtection: 'ACTIVE' }, false],
    ['remembered devices, which an update resets that leaves them out', ['UserPool.DeviceConfiguration'], {}, true],
    ['one of several', ['WebAuthnConfiguration.RelyingPartyId', 'UserPool.DeviceConfiguration'], {}, true],
  ])('an update can have changed %s', (_, paths, request, can) => {
    const found = lookUps({ UpdateUserPool: read(events({ ...at(20), ...update(request) })) });
    expect(lastChange({ ...mode, paths }, found).outcome).toBe(can ? 'named' : 'not-found');
  });

  it('what SetUserPoolMfaConfig does not touch it has not changed', () => {
    const found = lookUps({ SetUserPoolMfaConfig: read(events(at(20))) });
    expect(lastChange({ ...mode, paths: ['UserPool.DeviceConfiguration'] }, found).outcome).toBe('not-found');
  });

  it.each([
    'UserPool.MfaConfiguration',
    'UserPool.SmsConfiguration.SnsCallerArn',
    'SmsMfaConfiguration',
    'SmsMfaConfiguration.SmsAuthenticationMessage',
    'factors.allow',
    'WebAuthnConfiguration.RelyingPartyId',
  ])('SetUserPoolMfaConfig can have changed %s', (path) => {
    const found = lookUps({ SetUserPoolMfaConfig: read(events(at(20))) });
    expect(lastChange({ ...mode, paths: [path] }, found).outcome).toBe('named');
  });

  it('an update whose request is hidden can have changed anything', () => {
    const [hiddenUpdate] = events({ ...at(20), eventName: 'UpdateUserPool', requestParameters: 'HIDDEN' });
    const found = (id: string | null) =>
      lookUps({ UpdateUserPool: read(hiddenUpdate === undefined ? [] : [{ ...hiddenUpdate, poolId: id }]) });
    expect(lastChange(mode, found(poolId)).outcome).toBe('named');
    expect(lastChange(mode, found(null)).outcome).toBe('masked');
  });
});

describe('nobody is named', () => {
  it('where there is no event', () => {
    expect(lastChange(mode, lookUps({}))).toEqual({ outcome: 'not-found', event: null, failure: null });
  });

  it.each(['AccessDenied', 'throttled'] as const)('where a look-up failed: %s', (code) => {
    const failure = { code, message: 'm', remedy: 'r' };
    const found = lookUps({ SetUserPoolMfaConfig: read(events(at(20))), UpdateUserPool: { read: false, failure } });
    expect(lastChange(mode, found)).toEqual({
      outcome: code === 'AccessDenied' ? 'denied' : 'unread',
      event: null,
      failure,
    });
  });

  it('where a later event hides its pool; an earlier one does not matter', () => {
    const later = lookUps({ SetUserPoolMfaConfig: read(events({ ...at(21), ...hidden }, at(20))) });
    expect(lastChange(mode, later).outcome).toBe('masked');
    const earlier = lookUps({ SetUserPoolMfaConfig: read(events(at(20), { ...at(19), ...hidden })) });
    expect(lastChange(mode, earlier).outcome).toBe('named');
  });

  it('where an event of the same second hides its pool', () => {
    const found = lookUps({ SetUserPoolMfaConfig: read(events({ ...at(20), ...hidden }, at(20))) });
    expect(lastChange(mode, found).outcome).toBe('masked');
  });

  it('a pool that was seen changing has not been created since', () => {
    const found = lookUps({
      SetUserPoolMfaConfig: read(events(at(20))),
      CreateUserPool: read(events({ ...at(21), ...create, responseElements: null })),
    });
    expect(lastChange(mode, found).outcome).toBe('named');
    expect(lastChange({ ...mode, poolId: 'eu-west-1_Other' }, found).outcome).toBe('masked');
  });

  it('where pages were left unread that may hold a later event', () => {
    const found = (readTo: string) =>
      lookUps({ SetUserPoolMfaConfig: read([], readTo), CreateUserPool: read(events({ ...at(10), ...create })) });
    expect(lastChange(mode, found('2026-11-15T00:00:00.000Z')).outcome).toBe('capped');
    expect(lastChange(mode, lookUps({ UpdateUserPool: read([], '2026-11-15T00:00:00.000Z') })).outcome).toBe('capped');
    // All that is unread is older than the creation, which is the last change then.
    expect(lastChange(mode, found('2026-11-10T10:00:00.000Z')).outcome).toBe('named');
  });
});

describe('the change that is known so far', () => {
  it('is the newest of the pool, of the names that were asked', () => {
    const [newest, ...others] = events(
      at(20),
      { ...at(21), requestParameters: { userPoolId: 'eu-west-1_Other' } },
      at(18),
    );
    expect(knownChange(mode, { SetUserPoolMfaConfig: read(newest === undefined ? [] : [...others, newest]) })).toBe(
      newest,
    );
    expect(knownChange(mode, {})).toBeNull();
    expect(knownChange({ ...mode, poolId: 'eu-west-1_None' }, { SetUserPoolMfaConfig: read(others) })).toBeNull();
  });
});

describe('a tool that manages pools as code', () => {
  const cdk = { userAgent: 'cloudformation.amazonaws.com' };

  it('is that of the first event as they stand, where one second has several', () => {
    const [first, second] = events({ ...at(20), ...cdk }, { ...at(20), userAgent: 'HashiCorp/1.0 Terraform/1.7.0' });
    const both = [first, second].flatMap((each) => each ?? []);
    expect(codeEventsIn(lookUps({ SetUserPoolMfaConfig: read(both) })).get(poolId)?.agent).toBe('cloudformation');
  });

  it('is none that nobody knows', () => {
    const found = lookUps({ SetUserPoolMfaConfig: read(events({ ...at(20), userAgent: 'my-tool/1.0' })) });
    expect(codeEventsIn(found).size).toBe(0);
  });

  it('is known from what could be read, where not all could', () => {
    const failure = { code: 'throttled' as const, message: 'm', remedy: 'r' };
    const found = lookUps({
      SetUserPoolMfaConfig: read(events({ ...at(20), ...cdk })),
      UpdateUserPool: { read: false, failure },
    });
    expect([...codeEventsIn(found).keys()]).toEqual([poolId]);
  });

  it('is known by its last event of each pool, whoever changed the pool after it', () => {
    const terraform = { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.7.0 terraform-provider-aws/5.32.1' };
    const byTool = events({ ...at(12), ...terraform }, { ...at(11), userAgent: 'cloudformation.amazonaws.com' });
    const found = lookUps({
      SetUserPoolMfaConfig: read([...events(at(20), { ...at(19), ...hidden, ...terraform }), ...byTool]),
    });
    expect([...codeEventsIn(found)]).toEqual([
      [poolId, { agent: 'terraform', at: '2026-11-12T10:00:00.000Z', eventId: byTool[0]?.id }],
    ]);
  });

  it('may have changed something else than MFA: the pool is its own all the same', () => {
    const byCloudFormation = { eventName: 'UpdateUserPool', userAgent: 'cloudformation.amazonaws.com' };
    const found = lookUps({
      UpdateUserPool: read(events({ ...at(20), ...byCloudFormation, requestParameters: { userPoolId: poolId } })),
    });
    expect(codeEventsIn(found).get(poolId)?.agent).toBe('cloudformation');
    expect(lastChange(mode, found).outcome).toBe('not-found');
  });
});
