import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ComplaintsError } from '../../src/errors.ts';
import { loadFaults } from '../../src/sandbox/faults/load-faults.ts';
import { faultsSchema } from '../../src/sandbox/faults/schema.ts';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { fleetSchema } from '../../src/sandbox/fleet/schema.ts';
import { management, member, smallFleet } from './small-fleet.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-drift-fleet-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = join(folder, 'fleet.yaml');
  writeFileSync(file, text);
  return file;
}

/** `line:column message (hint)` of every complaint. */
function complaints(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (!(error instanceof ComplaintsError)) throw error;
    return error.complaints.map(({ line, column, message, hint }) => `${line}:${column} ${message} (${hint})`);
  }
  return [];
}

const head = `apiVersion: mfa-drift/v1
kind: Fleet
`;

describe('a fleet file', () => {
  it('becomes accounts, units, roles and pools with ids, the same each time', () => {
    const text = `${head}seed: 5
organization: { managementAccount: "111111111111", units: { /Empty: { tags: { owner: nobody } } } }
regions: { me-central-1: ENABLED }
roles: { MfaDriftAudit: { externalId: demo } }
templates:
  base: { userPool: { UserPoolTier: LITE, DeletionProtection: ACTIVE }, tags: { audience: customer, owner: shop } }
  totp: { like: base, mfa: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } }, userPool: { UserPoolTier: PLUS } }
accounts:
  - { id: "111111111111", name: management }
  - id: "222222222222"
    name: shop-prod
    unit: /Workloads/Prod
    roles: { MfaDriftAudit: { lacks: ["cognito-idp:GetUserPoolMfaConfig"] } }
    pools:
      - { name: customers, like: totp, regions: [eu-west-1, me-central-1], count: 2, tags: { owner: web }, users: 7 }
      - { name: global, id: eu-west-1_Global, regions: [eu-west-1], replicas: [us-east-1] }
`;
    const fleet = loadFleet(written(text));
    expect(loadFleet(written(text))).toEqual(fleet);
    const [first, shop] = fleet.accounts;
    expect(first?.roles).toEqual([]);
    expect(shop?.roles).toEqual([
      {
        name: 'MfaDriftAudit',
        externalId: 'demo',
        trusts: ['111111111111'],
        maxSessionSeconds: 3600,
        permissions: { allows: ['*'], lacks: [{ action: 'cognito-idp:GetUserPoolMfaConfig', whereTagged: null }] },
      },
    ]);
    expect(shop?.regions).toMatchObject({
      'me-central-1': 'ENABLED',
      'eu-west-1': 'ENABLED_BY_DEFAULT',
      'af-south-1': 'DISABLED',
    });
    const units = fleet.organization?.units.map(({ name, tags }) => [name, tags]);
    expect(units).toEqual([
      ['Empty', { owner: 'nobody' }],
      ['Workloads', {}],
      ['Prod', {}],
    ]);
    expect(shop?.pools.map(({ pool }) => [pool.region, pool.name, pool.primaryRegion])).toEqual([
      ['eu-west-1', 'customers-1', 'eu-west-1'],
      ['eu-west-1', 'customers-2', 'eu-west-1'],
      ['me-central-1', 'customers-1', 'me-central-1'],
      ['me-central-1', 'customers-2', 'me-central-1'],
      ['eu-west-1', 'global', 'eu-west-1'],
      ['us-east-1', 'global', 'eu-west-1'],
    ]);
    expect(shop?.pools[2]?.pool.id).toMatch(/^me-central-1_[0-9a-zA-Z]{9}$/);
    expect(shop?.pools[5]?.pool.id).toBe('eu-west-1_Global');
    expect(shop?.pools[0]?.pool).toMatchObject({
      mfaConfig: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
      userPool: {
        UserPoolTier: 'PLUS',
        DeletionProtection: 'ACTIVE',
        EstimatedNumberOfUsers: 7,
        UserPoolTags: { audience: 'customer', owner: 'web' },
      },
    });
    expect(shop?.pools[4]?.pool.mfaConfig).toEqual({ MfaConfiguration: 'OFF' });
  });

  it('without a caller prints keys of the management account, or of the first account where there is no organization', () => {
    const { organization: _, ...alone } = smallFleet();
    expect(fleetFrom(smallFleet()).caller).toMatchObject({ accountId: management, kind: 'user' });
    expect(fleetFrom({ ...alone, accounts: alone.accounts.slice(1) }).caller.accountId).toBe(member);
  });

  it('names every mistake of its names at its place, with the nearest word', () => {
    const text = `${head}organization: { managementAccount: "999999999999" }
homeRegion: eu-west-11
templates:
  totp: { like: basse }
  base: { like: base }
accounts:
  - { id: "222222222222", name: one }
  - id: "222222222222"
    name: two
    pools:
      - { name: customers, like: totpp, regions: [eu-west-1] }
      - { name: staff, regions: [eu-vest-1] }
      - { name: twin, regions: [eu-west-1] }
      - { name: twin, regions: [us-east-1, eu-west-1] }
      - { name: many, id: eu-west-1_One, regions: [eu-west-1], count: 3 }
`;
    expect(complaints(() => loadFleet(written(text)))).toEqual([
      '3:36 there is no account 999999999999 (allowed: 222222222222, 222222222222)',
      '4:13 there is no region eu-west-11 (did you mean eu-west-1?)',
      '6:17 there is no template basse (did you mean base?)',
      '7:17 the template base goes back to itself (null)',
      '10:9 the account 222222222222 is there twice (null)',
      '13:34 there is no template totpp (did you mean totp?)',
      '14:34 there is no region eu-vest-1 (did you mean eu-west-1?)',
      '16:17 eu-west-1 holds the pool twin already: give each its own id or name (null)',
      '17:27 one id is for one pool, not for 3 (null)',
    ]);
  });

  it.each([
    [
      'an unknown key',
      `${head}acounts: []\naccounts: [{ id: "111111111111", name: x }]\n`,
      /^3:1 .*acounts.*\(did you mean accounts\?\)$/,
    ],
    ['an account id as a number', `${head}accounts: [{ id: 111111111111, name: x }]\n`, /^3:18 .*quote/],
    [
      'MfaConfiguration turned into true',
      `${head}accounts: [{ id: "111111111111", name: x, pools: [{ name: p, regions: [eu-west-1], mfa: { MfaConfiguration: true } }] }]\n`,
      /^3:109 .*quotes/,
    ],
    [
      'more pools than anything holds',
      `${head}accounts: [{ id: "111111111111", name: x, pools: [{ name: p, regions: [eu-west-1], count: 99999999999 }] }]\n`,
      /^3:\d+ with it there are 99999999999 pools; 1000000 is the most/,
    ],
    [
      'more pools together than anything holds',
      `${head}accounts: [{ id: "111111111111", name: x, pools: [{ name: p, regions: [eu-west-1], count: 600000 }, { name: q, regions: [eu-west-1], count: 600000 }] }]\n`,
      /^3:\d+ with it there are 1200000 pools; 1000000 is the most/,
    ],
    ['two documents', `${head}accounts: [{ id: "111111111111", name: x }]\n---\n${head}`, /more than one document/],
    ['an empty file', '', /is empty/],
  ])('with %s is refused at its place', (_what, text, expected) => {
    const found = complaints(() => loadFleet(written(text)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('that is not there or is a folder is refused', () => {
    expect(complaints(() => loadFleet(join(folder, 'none.yaml')))).toEqual(['null:null does not exist (null)']);
    expect(complaints(() => loadFleet(folder))).toEqual(['null:null is a folder, not a file (null)']);
  });
});

describe('a faults file', () => {
  it('is read as it stands', () => {
    const file = written(
      'apiVersion: mfa-drift/v1\nkind: Faults\nseed: 3\nfaults: [{ fault: throttle, rate: 0.1 }, { latencyMs: [1, 5] }]\n',
    );
    expect(loadFaults(file)).toMatchObject({
      seed: 3,
      faults: [{ fault: 'throttle', rate: 0.1 }, { latencyMs: [1, 5] }],
    });
  });

  it('with a misspelt fault, or with none, is refused at its place', () => {
    const file = written('apiVersion: mfa-drift/v1\nkind: Faults\nfaults: [{ fault: throtle }, { rate: 2 }]\n');
    const found = complaints(() => loadFaults(file));
    expect(found[0]).toMatch(/^3:19 .*throtle.*throttle/);
    expect(found.slice(1).every((complaint) => complaint.startsWith('3:'))).toBe(true);
    expect(found.length).toBeGreaterThan(1);
  });
});

/** `npx vitest run test/sandbox/fleet.test.ts -u` writes them after a change of the schemas. */
describe('the published schemas', () => {
  it('are those that the sandbox validates with', async () => {
    const published = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
    await expect(published(fleetSchema)).toMatchFileSnapshot('../../policies/schemas/fleet.schema.json');
    await expect(published(faultsSchema)).toMatchFileSnapshot('../../policies/schemas/faults.schema.json');
  });
});
