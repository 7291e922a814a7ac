import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { UserError } from '../../../src/errors.ts';
import { json } from '../../../src/report/formats/json.ts';
import { ndjson } from '../../../src/report/formats/ndjson.ts';
import { openSavedResult } from '../../../src/result/saved/open.ts';
import { anAccount, aPool, aResult, listOf, textOf } from '../../report/a-result.ts';
import { everything } from '../../report/everything.ts';
import { hugeResult } from '../../report/huge-result.ts';
import { peakHeapOf } from '../../report/peak-heap.ts';
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

function openingOf(text: string): Promise<unknown> {
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

test.each(eachForm)('a large result saved as %s is read in flat memory', async (form) => {
  async function peakOf(pools: number): Promise<number> {
    const file = join(await temporaryFolder(), 'result');
    await writeFile(file, forms[form](hugeResult(pools)));
    return (await peakHeapOf(ndjson(await openSavedResult(file)))).peakBytes;
  }
  const few = await peakOf(2_000);
  expect(await peakOf(20_000)).toBeLessThan(few * 2 + 8 * 1024 * 1024);
});

test.each(eachForm)('a %s result with a byte order mark reads the same', async (form) => {
  const marked = await written(`\ufeff${await textOf(forms[form](everything()))}`);
  expect(await contentOf(await openSavedResult(marked))).toEqual(await contentOf(everything()));
});

test('a json result that another program laid out anew reads the same', async () => {
  const text = JSON.stringify(JSON.parse(await textOf(json(everything()))), null, 8);
  expect(await contentOf(await openSavedResult(await written(text)))).toEqual(await contentOf(everything()));
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
    ['a colon too many', '{"schemaVersion"::"1"}', /result is not JSON: ":" stands where it can not/],
    ['a page of a proxy', '<html></html>', /result:1:1 is not JSON: "<" can not stand there/],
  ])('json with %s, with the place where it is known', async (_what, text, reason) => {
    await expect(openingOf(text)).rejects.toThrow(reason);
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

  test('two results in one file', async () => {
    const text = await textOf(ndjson(aResult()));
    await expect(openingOf(`${text}${text}`)).rejects.toThrow(/holds 2 results, not one/);
  });

  test('a file that is not there, and a folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'result'));
    await expect(openSavedResult(join(folder, 'nothing'))).rejects.toThrow(/there is no such file/);
    await expect(openSavedResult(join(folder, 'result'))).rejects.toThrow(/is a folder, not a file/);
  });
});
