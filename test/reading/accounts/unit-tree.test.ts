import { describe, expect, it } from 'vitest';
import type { OrganizationalUnit } from '../../../src/domain/model/observation.ts';
import { UnknownTextError } from '../../../src/errors.ts';
import { failed, succeeded } from '../../../src/pacing/call-result.ts';
import { checkedTree } from '../../../src/reading/accounts/checked-tree.ts';
import { pathOfIds, pathOfParent, readUnitTree, requireUnits } from '../../../src/reading/accounts/unit-tree.ts';
import { scopeOf } from '../a-scope.ts';
import { denied, directoryOf, prod, root, workloads, type OrganizationOptions } from './fake-organization.ts';
import { refusal } from '../fake-cloud.ts';

const nameless: OrganizationalUnit = { id: 'ou-ab12-nameless', name: null };

async function walked(options: OrganizationOptions) {
  const { clock, organization, directory } = directoryOf(options);
  const tree = await clock.run(readUnitTree(organization, directory.calls, directory.quota));
  return { tree, asked: organization.asked };
}

async function treeOf(units?: OrganizationOptions['units']) {
  const { tree } = await walked(units === undefined ? {} : { units });
  if (!tree.ok) throw new Error(tree.failure.message);
  return tree.value;
}

describe('a walk of the units', () => {
  it('asks for the children of each once, and knows the path to every one', async () => {
    const { tree, asked } = await walked({});
    expect(tree).toEqual({
      ok: true,
      value: {
        rootIds: [root],
        paths: new Map([
          [workloads.id, [workloads]],
          [prod.id, [workloads, prod]],
        ]),
      },
    });
    expect(asked).toEqual([
      'ListRoots',
      ...[root, workloads.id, prod.id].map((id) => `ListOrganizationalUnitsForParent ${id}`),
    ]);
  });

  it('ends, though a unit is said to be its own grandchild', async () => {
    const { asked } = await walked({
      units: { [root]: [workloads], [workloads.id]: [prod], [prod.id]: [workloads, prod] },
    });
    expect(asked).toHaveLength(4);
  });

  it.each(['ListRoots', 'ListOrganizationalUnitsForParent'] as const)('fails with what %s fails with', async (name) => {
    const { tree, asked } = await walked({ refuses: { [name]: denied } });
    expect(tree).toMatchObject({ ok: false, failure: denied });
    expect(asked.at(-1)).toContain(name);
  });

  it('asks for nothing without credentials', async () => {
    const { asked } = await walked({ refuses: { ready: refusal('ExpiredToken') } });
    expect(asked).toEqual([]);
  });

  it('asks for no children once the credentials are gone', async () => {
    const { clock, organization, directory } = directoryOf({});
    let isExpired = false;
    const expiring = {
      ...organization,
      ready: async () => (isExpired ? failed(refusal('ExpiredToken')) : succeeded(undefined)),
      roots: (token: string | null) => {
        isExpired = true;
        return organization.roots(token);
      },
    };
    const tree = await clock.run(readUnitTree(expiring, directory.calls, directory.quota));
    expect(tree).toMatchObject({ ok: false, failure: { name: 'ExpiredToken' } });
    expect(organization.asked).toEqual(['ListRoots']);
  });
});

describe('the path of an account', () => {
  it('is that of the unit which is its parent', async () => {
    const tree = await treeOf();
    expect(pathOfParent(tree, prod.id)).toEqual([workloads, prod]);
    expect(pathOfParent(tree, root)).toEqual([]);
    expect(pathOfParent(tree, 'ou-ab12-madelate')).toBeNull();
  });

  it('is that of the last of the ids that AWS gave', async () => {
    const tree = await treeOf();
    expect(pathOfIds(tree, [workloads.id, prod.id])).toEqual([workloads, prod]);
    expect(pathOfIds(tree, [workloads.id])).toEqual([workloads]);
    expect(pathOfIds(tree, [])).toEqual([]);
    expect(pathOfIds(tree, [workloads.id, 'ou-ab12-madelate'])).toBeNull();
  });
});

describe('units that somebody wrote down', () => {
  it.each([
    [prod.id],
    [workloads.id],
    ['/Workloads'],
    ['/Workloads/Prod'],
    ['/Workloads/Prod/'],
    ['/Workloads/Prod//'],
    ['/'],
  ])('are known by id and by path: %s', async (entry) => {
    const tree = await treeOf();
    expect(() => requireUnits(tree, [entry])).not.toThrow();
  });

  it('are refused together where there are none such, each once', async () => {
    const tree = await treeOf();
    const written = ['/Workloads', '/Workloads/Prd', 'ou-ab12-notthere', 'Workloads', '/Workloads/Prd', '/Work/loads'];
    const refused = () => requireUnits(tree, written);
    expect(refused).toThrow(UnknownTextError);
    expect(refused).toThrow(
      '"/Workloads/Prd", "ou-ab12-notthere", "Workloads", "/Work/loads" is no organizational unit of the organization. ' +
        "Write the path from the root, such as /Workloads/Prod, or the unit's id.",
    );
  });

  it('may be any path where AWS did not say the name of a unit, and still no id', async () => {
    const tree = await treeOf({ [root]: [workloads, nameless] });
    expect(() => requireUnits(tree, ['/Anything'])).not.toThrow();
    expect(() => requireUnits(tree, ['ou-ab12-notthere'])).toThrow(UnknownTextError);
    const below = await treeOf({ [root]: [workloads], [workloads.id]: [nameless] });
    expect(() => requireUnits(below, ['/Workloads/Anything'])).not.toThrow();
  });
});

describe('the units of a run', () => {
  it('are unread, and no failure, where the walk is denied', async () => {
    const { clock, directory } = directoryOf({ refuses: { ListRoots: denied } });
    const scope = scopeOf({ namedUnits: ['/Workloads/Prd'] });
    expect(await clock.run(checkedTree(directory, scope))).toBeNull();
    expect(directory.unread.all()).toMatchObject([{ fact: 'units', failure: denied, accounts: 1 }]);
  });

  it('are those of the walk', async () => {
    const { clock, directory } = directoryOf({});
    const scope = scopeOf({ settings: { include: [{ accounts: ['shop-*'] }] } });
    expect(await clock.run(checkedTree(directory, scope))).toEqual(await treeOf());
    expect(directory.unread.all()).toEqual([]);
  });

  const organizationalUnits = ['/Workloads/Prd'];
  it.each([
    ['a policy', { namedUnits: organizationalUnits }],
    ['accounts.include', { settings: { include: [{ organizationalUnits }] } }],
    ['accounts.exclude', { settings: { exclude: [{ organizationalUnits }] } }],
    ['what that excludes', { settings: { include: [{ exclude: [{ exclude: [{ organizationalUnits }] }] }] } }],
  ])('must have those that %s names', async (_who, scope) => {
    const { clock, directory } = directoryOf({});
    await expect(clock.run(checkedTree(directory, scopeOf(scope)))).rejects.toThrow(
      '"/Workloads/Prd" is no organizational unit of the organization.',
    );
  });
});
