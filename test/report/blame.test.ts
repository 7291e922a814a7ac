/** What every report of pools says of who changed them, and what it does not say of persons. */
import { parse } from 'csv-parse/sync';
import { decodeHTML } from 'entities';
import { describe, expect, it } from 'vitest';
import { blameMeanings, type Blame, type Principal } from '../../src/domain/model/blame.ts';
import { formats, type FormatName } from '../../src/report/registry.ts';
import { blameInWords } from '../../src/report/text/blame-words.ts';
import { masked, redactedCopy, type Masking } from '../../src/result/redact.ts';
import { aFinding, aPool, aResult } from './a-result.ts';
import { plainOptions } from './plain-options.ts';

const anna: Principal = {
  kind: 'role',
  name: 'Administrators',
  session: 'anna@example.com',
  arn: 'arn:aws:sts::111122223333:assumed-role/Administrators/anna@example.com',
};
const byAnna: Blame = {
  outcome: 'named',
  event: {
    id: '6c6a15cc-57cd-4c99-9751-0f6abe528182',
    name: 'SetUserPoolMfaConfig',
    at: '2026-11-17T14:03:07.000Z',
    who: anna,
    agent: 'console',
    namesOnlyPool: false,
  },
  failure: null,
  nights: { after: '2026-11-17T02:10:00.000Z', by: '2026-11-18T02:10:00.000Z' },
};

const result = (blame: Blame = byAnna) =>
  aResult({ pools: [aPool({ status: 'drifted', findings: [aFinding()], blame })] });

async function rendered(format: FormatName, masking: Masking = 'shared', blame: Blame = byAnna): Promise<string> {
  let text = '';
  for await (const chunk of formats[format](result(blame), { ...plainOptions, columns: 200, masking })) text += chunk;
  // Markdown has references and elements for what it would act on.
  return format === 'markdown' ? decodeHTML(text.replaceAll(/<\/?code>/g, '')) : text;
}

const shown: readonly FormatName[] = ['table', 'markdown', 'html', 'csv', 'ocsf', 'asff', 'json', 'ndjson'];
const shareable = shown.filter((format) => format !== 'json' && format !== 'ndjson');

describe('who changed a pool', () => {
  it.each(shown)('stands in %s', async (format) => {
    const text = await rendered(format, 'nothing');
    expect(text).toContain('anna@example.com');
    expect(text).toContain('Administrators');
  });

  it.each(['table', 'markdown'] as const)('is called the last change in %s', async (format) => {
    expect(await rendered(format)).toContain('last change: SetUserPoolMfaConfig');
  });

  it.each(shareable)('is a role in %s where it is shared, and no person', async (format) => {
    const text = await rendered(format);
    expect(text).not.toContain('anna@');
    expect(text).toContain('Administrators');
    expect(text).toContain('(masked)');
  });

  it('is masked in a copy for sharing too', async () => {
    let who: Principal | undefined;
    for await (const pool of redactedCopy(result()).pools()) who = pool.blame?.event?.who;
    expect(who).toEqual({
      kind: 'role',
      name: 'Administrators',
      session: '(masked)',
      arn: 'arn:aws:sts::111122223333:assumed-role/Administrators/(masked)',
    });
  });

  it.each<[string, Principal, Principal]>([
    [
      'a user that is called by an address',
      { kind: 'user', name: 'anna@example.com', session: null, arn: 'arn:aws:iam::111122223333:user/anna@example.com' },
      { kind: 'user', name: '(masked)', session: null, arn: 'arn:aws:iam::111122223333:user/(masked)' },
    ],
    [
      'no user that is not',
      { kind: 'user', name: 'deploy', session: null, arn: 'arn:aws:iam::111122223333:user/ci/deploy' },
      { kind: 'user', name: 'deploy', session: null, arn: 'arn:aws:iam::111122223333:user/ci/deploy' },
    ],
    [
      "another account's id",
      { kind: 'role', name: 'R', session: null, arn: 'arn:aws:iam::999988887777:role/R' },
      { kind: 'role', name: 'R', session: null, arn: 'arn:aws:iam::(account):role/R' },
    ],
  ])('masks %s', async (_, who, wanted) => {
    const { event } = byAnna;
    const pools = masked(result({ ...byAnna, event: event && { ...event, who } }), 'shared').pools();
    for await (const pool of pools) expect(pool.blame?.event?.who).toEqual(wanted);
  });

  it('is told in words, with the runs between', () => {
    expect(blameInWords(byAnna)).toBe(
      'SetUserPoolMfaConfig, 2026-11-17 14:03 UTC, by role Administrators (session anna@example.com), from the AWS console; ' +
        'between the runs of 2026-11-17 02:10 and 2026-11-18 02:10',
    );
    const { event } = byAnna;
    const alone = { ...byAnna, nights: null, event: event && { ...event, agent: null, namesOnlyPool: true } };
    expect(blameInWords(alone)).toBe(
      'set to OFF by a call that named only the pool: SetUserPoolMfaConfig, 2026-11-17 14:03 UTC, by role Administrators (session anna@example.com), ' +
        "from what can't be told",
    );
  });

  it('is told in columns of csv', async () => {
    const [row] = parse(await rendered('csv', 'nothing'), { columns: true });
    expect(row).toMatchObject({
      changed_at: '2026-11-17T14:03:07.000Z',
      changed_by: 'role Administrators (session anna@example.com)',
      changed_from: 'console',
      change_event: '6c6a15cc-57cd-4c99-9751-0f6abe528182',
    });
  });

  it('is told as the caller and the call of OCSF', async () => {
    const [event] = JSON.parse(await rendered('ocsf', 'nothing'));
    expect(event.evidences).toMatchObject([
      {
        api: { operation: 'SetUserPoolMfaConfig', request: { uid: '6c6a15cc-57cd-4c99-9751-0f6abe528182' } },
        actor: { user: { name: 'role Administrators (session anna@example.com)', uid: anna.arn } },
        data: { lastChange: { outcome: 'named' } },
      },
    ]);
  });
});

describe('where nobody can be named', () => {
  const outcomes = (Object.keys(blameMeanings) as Blame['outcome'][]).filter((outcome) => outcome !== 'named');

  it.each(outcomes)('%s is said in words of its own', async (outcome) => {
    const blame: Blame = { outcome, event: null, failure: null, nights: null };
    const words = blameInWords(blame);
    expect(outcomes.filter((other) => blameInWords({ ...blame, outcome: other }) === words)).toEqual([outcome]);
    for (const format of ['table', 'csv'] as const) expect(await rendered(format, 'shared', blame)).toContain(words);
    expect(JSON.parse(await rendered('json', 'shared', blame)).pools[0].blame.outcome).toBe(outcome);
  });
});
