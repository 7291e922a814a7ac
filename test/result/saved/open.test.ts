import { execFileSync } from 'node:child_process';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { UserError } from '../../../src/errors.ts';
import { json } from '../../../src/report/formats/json.ts';
import { ndjson } from '../../../src/report/formats/ndjson.ts';
import { openSavedResult } from '../../../src/result/saved/open.ts';
import { aFinding, anAccount, anEarlier, aPool, aResult, listOf, textOf, type Records } from '../../report/a-result.ts';
import { everything } from '../../report/everything.ts';
import { hugeResult } from '../../report/huge-result.ts';
import { temporaryFolder } from '../../temporary.ts';

const forms = { json, ndjson } as const;
type Form = keyof typeof forms;
const eachForm = Object.keys(forms) as Form[];

async function written(text: string): Promise<string> {
  const file = join(await temporaryFolder(), 'result');
  await writeFile(file, text);
  return file;
}

async function contentOf(result: Result): Promise<unknown> {
  const { head } = result;
  return {
    head,
    accounts: await listOf(result.accounts()),
    units: await listOf(result.units()),
    gaps: await listOf(result.gaps()),
    skipped: await listOf(result.skipped()),
    resolved: await listOf(result.resolved()),
    unseen: await listOf(result.unseen()),
    pools: await listOf(result.pools()),
  };
}

function openingOf(text: string): Promise<Result> {
  return written(text).then(openSavedResult);
}

describe.each(eachForm)('a result saved as %s', (form) => {
  test('reads back as it was, as often as it is asked for', async () => {
    const saved = await openSavedResult(await written(await textOf(forms[form](everything()))));
    const once = await contentOf(saved);
    expect(once).toEqual(await contentOf(everything()));
    expect(await contentOf(saved)).toEqual(once);
  });

  test('can be left in the middle of a collection', async () => {
    const saved = await openSavedResult(await written(await textOf(forms[form](everything()))));
    for await (const pool of saved.pools()) {
      expect(pool.poolId).toBe('eu-west-1_Ab12Cd34E');
      break;
    }
    expect(await listOf(saved.gaps())).toHaveLength(8);
  });

  test('is read no further than to the last record that is asked for', async () => {
    const file = await written(await textOf(forms[form](hugeResult(1_000))));
    const saved = await openSavedResult(file);
    await truncate(file, 300_000);
    expect(await listOf(saved.accounts())).toHaveLength(10);
    expect(await listOf(saved.gaps())).toEqual([]);
    await expect(listOf(saved.pools())).rejects.toThrow(UserError);
  });

  test('keeps any text whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (name) => {
        const result = aResult({
          accounts: [anAccount({ name })],
          pools: [aPool({ poolName: name, tags: { [name]: name } })],
        });
        const saved = await openSavedResult(await written(await textOf(forms[form](result))));
        expect(await contentOf(saved)).toEqual(await contentOf(result));
      }),
      { numRuns: 30 },
    );
  });

  test('is refused wherever it was cut off', async () => {
    const text = await textOf(forms[form](everything()));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length - 3 }), async (length) => {
        await expect(openingOf(text.slice(0, length))).rejects.toThrow(UserError);
      }),
      { numRuns: 60 },
    );
  });

  test('is refused with the reason when its schema version is another', async () => {
    const text = await textOf(forms[form](everything()));
    await expect(openingOf(text.replace(/"schemaVersion":( ?)"1"/, '"schemaVersion":$1"2"'))).rejects.toThrow(
      /schemaVersion "2", and this version of mfa-drift reads "1"/,
    );
  });
});

test.each(eachForm)('a %s result with a byte order mark reads the same', async (form) => {
  const marked = await written(`\ufeff${await textOf(forms[form](everything()))}`);
  expect(await contentOf(await openSavedResult(marked))).toEqual(await contentOf(everything()));
});

test('a json result that another program laid out anew reads the same', async () => {
  const text = JSON.stringify(JSON.parse(await textOf(json(everything()))), null, 8);
  expect(await contentOf(await openSavedResult(await written(text)))).toEqual(await contentOf(everything()));
});

test('a json result whose pools have a version of their own reads the same', async () => {
  const result = aResult({ pools: [aPool({ userPool: { schemaVersion: '5' } })] });
  const text = JSON.stringify(JSON.parse(await textOf(json(result))));
  expect(await contentOf(await openSavedResult(await written(text)))).toEqual(await contentOf(result));
});

test('an ndjson result that another program laid out anew reads the same, empty lines and all', async () => {
  const result = aResult({ run: { callerArn: 'with a \ufeff in it' }, pools: [aPool()] });
  const lines = (await textOf(ndjson(result))).split('\n');
  const otherwise = lines.map((line) => line.replace('{"record":', ' { "record" :').replace('\\ufeff', '\ufeff'));
  const text = otherwise.join('\n\n');
  expect(text).toContain('\ufeff');
  expect(await contentOf(await openSavedResult(await written(text)))).toEqual(await contentOf(result));
});

describe('what is not a result is refused with its place', () => {
  test('json with a wrong value', async () => {
    const text = (await textOf(json(everything()))).replace('"status":"uncovered"', '"status":"fine"');
    await expect(openingOf(text)).rejects.toThrow(/: pools\[2\]\.status must be equal to one of .*not "fine"/);
  });

  test('ndjson with a wrong value', async () => {
    const text = (await textOf(ndjson(everything()))).replace('"severity":"critical"', '"severity":"awful"');
    await expect(openingOf(text)).rejects.toThrow(/result:\d+: findings\.0\.severity must be equal to one of/);
  });

  test.each(eachForm)(
    '%s of an earlier build, which does not say what its policies are, with the way out',
    async (form) => {
      const { policySet: _, ...run } = aResult().head.run;
      const text = (await textOf(forms[form](aResult()))).replace(
        JSON.stringify(aResult().head.run),
        JSON.stringify(run),
      );
      await expect(openingOf(text)).rejects.toThrow(
        /policySet.*not a result that this version of mfa-drift saved: render it with the one that did, or run the audit again/,
      );
    },
  );

  test.each(eachForm)('%s with a time that is none to JavaScript', async (form) => {
    const { startedAt } = aResult().head.run;
    const text = (await textOf(forms[form](aResult()))).replace(
      `"startedAt":"${startedAt}"`,
      '"startedAt":"2016-12-31T23:59:60Z"',
    );
    await expect(openingOf(text)).rejects.toThrow(/: run\.startedAt must be a time in UTC, not "2016-12-31T23:59:60Z"/);
  });

  test.each(eachForm)('%s with lists that go down so deep that nothing comes back from there', async (form) => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = (await textOf(forms[form](everything()))).replace('"actual":"OPTIONAL"', `"actual":${deep}`);
    expect(text.includes(deep)).toBe(true);
    await expect(openingOf(text)).rejects.toThrow(
      / holds lists or objects too deep in one another\. It is not a result/,
    );
    await expect(openingOf(`{"schemaVersion":${deep}}`)).rejects.toThrow(/has schemaVersion a value of many levels/);
    await expect(openingOf(`{"record":${deep}}\n`)).rejects.toThrow(/its "record" is a value of many levels/);
  });

  test.each([
    [
      'a stray character',
      '{\n  "schemaVersion": "1",\n  \'tool\': 1\n}',
      /result:3:3 is not JSON: "'" can not stand there/,
    ],
    [
      'a line end within a text',
      '{"schemaVersion": "1\r\n"}',
      /result:1:21 is not JSON: "\\u000D" can not stand there/,
    ],
    ['a colon too many', '{"schemaVersion"::"1"}', /result is not JSON: ":" stands where it can not\.$/],
    [
      'a long text out of place',
      `{"schemaVersion" "${'x'.repeat(1000)}"}`,
      /result is not JSON: "x{59} stands where it can not\.$/,
    ],
    ['a page of a proxy', '<html></html>', /result:1:1 is not JSON: "<" can not stand there/],
  ])('json with %s, with the place where it is known', async (_what, text, reason) => {
    await expect(openingOf(text)).rejects.toThrow(reason);
  });

  test.each([
    ['ndjson', '{"record":'],
    ['json, where the place is known', "{'"],
    ['json, where it is not', '{"schemaVersion"::"1"}'],
  ])('what a parser had to say is kept as the cause: %s', async (_what, text) => {
    await expect(openingOf(text)).rejects.toMatchObject({ name: 'UserError', cause: { message: expect.any(String) } });
  });

  test('text in UTF-16, as a shell of Windows redirects it', async () => {
    const file = join(await temporaryFolder(), 'result');
    await writeFile(file, `\ufeff${await textOf(json(aResult()))}`, 'utf16le');
    await expect(openSavedResult(file)).rejects.toThrow(/result is text in UTF-16\. Save it in UTF-8\./);
  });

  test('ndjson with a record of an unknown kind', async () => {
    await expect(openingOf(`${await textOf(ndjson(aResult()))}{"record":"rumour"}\n`)).rejects.toThrow(
      /:2 is no record/,
    );
  });

  test('ndjson whose last pools are missing at the end of a line', async () => {
    const lines = (await textOf(ndjson(everything()))).trimEnd().split('\n');
    await expect(openingOf(`${lines.slice(0, -2).join('\n')}\n`)).rejects.toThrow(
      /holds 4 pools where its summary says 6: it was cut off or changed/,
    );
  });

  test.each([
    ['an empty file', '', /is empty/],
    ['no JSON', 'hello', /is not JSON/],
    ['other JSON', '{"Resources":{}}', /has no schemaVersion/],
    ['a list', '[1,2]', /has no schemaVersion/],
    ['a head without anything', '{"record":"head"}', /has no schemaVersion/],
  ])('%s', async (_name, text, reason) => {
    await expect(openingOf(text)).rejects.toThrow(reason);
  });

  const again =
    'It is not a result that this version of mfa-drift saved: render it with the one that did, or run the audit again.';
  const ndjsonOf = async (records: Records = {}) => textOf(ndjson(aResult(records)));

  test.each<[string, string, string, string]>([
    [
      'a word that is none of those',
      '"status":"compliant"',
      '"status":"fine"',
      `:2: status must be equal to one of the allowed values (["unreadable","drifted","uncovered","excepted","compliant"]), not "fine". ${again}`,
    ],
    ['another type', '"poolName":"customers"', '"poolName":5', `:2: poolName must be string, not 5. ${again}`],
    [
      'a member too many, in it',
      '"SoftwareTokenMfaConfiguration.Enabled",',
      '"x","colour":"blue",',
      `:2: findings.0 has a member that results do not have: colour. ${again}`,
    ],
    [
      'a member too many',
      '"poolName":"customers"',
      '"poolName":"customers","hair.colour\\u0007":"blue"',
      `:2 has a member that results do not have: hair.colour\\u0007. ${again}`,
    ],
    [
      'a time that is none',
      '"observedAt":"2026-11-18T02:13:07.000Z"',
      '"observedAt":"yesterday"',
      `:2: observedAt must be a time in UTC, not "yesterday". ${again}`,
    ],
    [
      'a text that is long',
      '"poolName":"customers"',
      `"poolName":["${'x'.repeat(80)}"]`,
      `:2: poolName must be string, not ["${'x'.repeat(58)}. ${again}`,
    ],
  ])('ndjson whose pool has %s', async (_what, was, is, reason) => {
    const text = await ndjsonOf({ pools: [aPool({ findings: [aFinding()], status: 'compliant' })] });
    expect(text).toContain(was);
    const file = await written(text.replace(was, is));
    await expect(openSavedResult(file)).rejects.toThrow(new UserError(`${file}${reason}`));
  });

  test.each<[string, string, string]>([
    ['a line that is no JSON', '{"record":', ':3 is not JSON; the file may be cut off there.'],
    ['a line that is a number', '5', ':3 is no record of a result: it is not an object.'],
    ['a line that is nothing', 'null', ':3 is no record of a result: it is not an object.'],
    ['a list', '[1]', ':3 is no record of a result: its "record" is missing.'],
    ['a record of no kind', '{"record":"toString"}', ':3 is no record of a result: its "record" is "toString".'],
    ['a record of a number', '{"record":5}', ':3 is no record of a result: its "record" is 5.'],
    [
      'a head of another version',
      '{"record":"head","schemaVersion":"2"}',
      ':3 has schemaVersion "2", and this version of mfa-drift reads "1". Render it with the version that saved it, or run the audit again.',
    ],
    ['a head of no version', '{"record":"head"}', ':3 has no schemaVersion: it is not a result that mfa-drift saved.'],
  ])('ndjson with %s, after an empty line that counts', async (_what, line, reason) => {
    const file = await written(`${await ndjsonOf()} \n${line}\n`);
    await expect(openSavedResult(file)).rejects.toThrow(new UserError(`${file}${reason}`));
  });

  test('ndjson with records of no result', async () => {
    const file = await written('{"record":"warning","code":"conflict","message":"","file":null,"line":null}\n');
    await expect(openSavedResult(file)).rejects.toThrow(new UserError(`${file} holds 0 results, not one.`));
  });

  test('a long ndjson with its line, however far down', async () => {
    const accounts = Array.from({ length: 2_000 }, (_, index) => anAccount({ id: String(10 ** 11 + index) }));
    const file = await written(`${await ndjsonOf({ accounts })}{"record":5}\n`);
    await expect(openSavedResult(file)).rejects.toThrow(`${file}:2002 is no record of a result`);
  });

  test('a long json with its line and column, however far down', async () => {
    const file = await written(`{"schemaVersion": "1",\n${`${' '.repeat(99)}\n`.repeat(2_000)}   'tool': 1}`);
    await expect(openSavedResult(file)).rejects.toThrow(
      new UserError(`${file}:2002:4 is not JSON: "'" can not stand there.`),
    );
  });

  test('json that does not end', async () => {
    const file = await written('{"schemaVersion":"1"');
    await expect(openSavedResult(file)).rejects.toThrow(new UserError(`${file} is cut off: its JSON does not end.`));
  });

  test.each([
    ['', '{"schemaVersion":"2", oops'],
    [' and a record too', '{\n  "schemaVersion": "2",\n  "pools": [\n    {}\n  ]\n}\n'],
  ])('json of another version, whatever else is wrong with it%s', async (_what, text) => {
    await expect(openingOf(text)).rejects.toThrow(/has schemaVersion "2"/);
  });

  test('json with what looks like a record in it, as json', async () => {
    const file = await written('{"policies":{"record":"head"}}');
    await expect(openSavedResult(file)).rejects.toThrow(
      new UserError(`${file} has no schemaVersion: it is not a result that mfa-drift saved.`),
    );
  });

  test('a byte order mark is none but at the very beginning', async () => {
    const file = await written(`${await ndjsonOf()}\ufeff{"record":"rumour"}\n`);
    await expect(openSavedResult(file)).rejects.toThrow(
      new UserError(`${file}:2 is not JSON; the file may be cut off there.`),
    );
  });

  test.each(eachForm)('%s whose summary says more or less than it holds', async (form) => {
    const { head } = aResult({ resolved: [], unseen: [] });
    const { summary } = head;
    const { accounts, pools, gaps, changes } = summary;
    for (const [said, reason] of [
      [{ accounts: { ...accounts, listed: 1 } }, '0 accounts where its summary says 1'],
      [{ gaps: { ...gaps, open: 1000 } }, '0 gaps where its summary says 1,000'],
      [{ gaps: { open: 1, accepted: 2 } }, '0 gaps where its summary says 3'],
      [{ changes: changes && { ...changes, resolved: 1 } }, '0 resolved findings where its summary says 1'],
      [{ pools: { ...pools, total: 2 } }, '0 pools where its summary says 2'],
    ] as const) {
      const result = { ...aResult(), head: { ...head, summary: { ...summary, ...said } } };
      const file = await written(await textOf(forms[form](result)));
      await expect(openSavedResult(file)).rejects.toThrow(
        new UserError(`${file} holds ${reason}: it was cut off or changed.`),
      );
    }
    const more = { ...aResult({ accounts: [anAccount()] }), head: aResult().head };
    const file = await written(await textOf(forms[form](more)));
    await expect(openSavedResult(file)).rejects.toThrow(
      new UserError(`${file} holds 1 accounts where its summary says 0: it was cut off or changed.`),
    );
  });

  test('pools and unseen findings that are out of order, and a pool that is there twice', async () => {
    const [one, other] = ['111111111111', '222222222222'] as const;
    const disorder = 'is not in the order of account, region and pool id, or is there twice: it was changed.';
    for (const [records, place] of [
      [{ pools: [aPool({ accountId: other }), aPool({ accountId: one })] }, 'pools[1]'],
      [{ pools: [aPool(), aPool()] }, 'pools[1]'],
      [
        { unseen: [anEarlier({ accountId: one }), anEarlier({ accountId: other }), anEarlier({ accountId: one })] },
        'unseen[2]',
      ],
    ] as const) {
      const file = await written(await textOf(json(aResult(records))));
      await expect(openSavedResult(file)).rejects.toThrow(new UserError(`${file}: ${place} ${disorder}`));
    }
  });

  test('several unseen findings of one pool are none of it', async () => {
    const unseen = [anEarlier({ id: 'one' }), anEarlier({ id: 'other' })];
    const saved = await openingOf(await textOf(json(aResult({ pools: [aPool()], unseen }))));
    expect(await listOf(saved.unseen())).toEqual(unseen);
  });

  test('a pipe, which is not waited for', async () => {
    const pipe = join(await temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(openSavedResult(pipe)).rejects.toThrow(
      new UserError(`${pipe} is a pipe, not a file; a result is read more than once.`),
    );
  });

  test('two results in one file', async () => {
    const text = await textOf(ndjson(aResult()));
    await expect(openingOf(`${text}${text}`)).rejects.toThrow(/holds 2 results, not one/);
  });

  test('a file that is not there, and a folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'result'));
    await expect(openSavedResult(join(folder, 'nothing'))).rejects.toMatchObject({
      name: 'UserError',
      message: `${join(folder, 'nothing')} could not be read: there is no such file or folder`,
      cause: { code: 'ENOENT' },
    });
    await expect(openSavedResult(join(folder, 'result'))).rejects.toThrow(/is a folder, not a file/);
  });
});
