/** What an auditor gets for a period, against the raw results. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { periodEvidence } from '../../src/history/evidence.ts';
import { readNights, type ReadNight } from '../../src/history/read-nights.ts';
import { run } from '../end-to-end/in-process.ts';
import { listOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import * as world from './nights.ts';

const march = [3, 4, 5, 7, 8];

async function written() {
  const folder = await temporaryFolder();
  const [history, out] = [join(folder, 'history'), join(folder, 'march')];
  for (const night of [1, 2, ...march, 10]) await addNight(history, world.resultOf(night));
  const period = ['--from', world.dayOf(3), '--to', world.dayOf(9)];
  const command = () => run(['history', 'evidence', '--history', history, '--out', out, ...period], {});
  return { out, command, ended: await command() };
}

const rowsOf = async (out: string, name: string): Promise<Readonly<Record<string, string>>[]> =>
  parse(await readFile(join(out, name)), { columns: true });

describe('the evidence of a period', () => {
  it('says of every pool and policy on which nights it was checked, held and drifted', async () => {
    const { out } = await written();
    const rows = await rowsOf(out, 'pools.csv');
    const inPeriod = (life: (typeof world.lives)[number]) => march.filter((night) => world.isThere(life, night));
    const expected = world.lives
      .map((life) => {
        const nights = inPeriod(life);
        const drifted = nights.filter((night) => world.isDrifting(life, night));
        const excepted = life.at === 1 ? nights.length - drifted.length : 0;
        const held = nights.length - drifted.length - excepted;
        return [world.poolIdOf(life.at), ...[nights.length, held, excepted, drifted.length, 0].map(String)];
      })
      .filter(([, nights]) => nights !== '0');
    const told = rows.map((row) => [
      row['pool_id'],
      ...['checked', 'held', 'excepted', 'drifted', 'not_read'].map((what) => row[`nights_${what}`]),
    ]);
    const byId = (one: readonly unknown[], other: readonly unknown[]) => (String(one[0]) < String(other[0]) ? -1 : 1);
    expect(told.toSorted(byId)).toEqual(expected.toSorted(byId));
    expect(rows[0]).toMatchObject({ policy: 'prod-customers', controls: 'NIST-800-63B-4 AAL2; CIS-8.1 6.3' });
    // Pool 9 drifts from the fourth night to the seventh, and on the sixth nothing ran.
    const ninth = rows.find((row) => row['pool_id'] === world.poolIdOf(9));
    expect(world.lives[9]).toMatchObject({ drifts: 4, mended: 7 });
    expect(ninth).toMatchObject({ drifted_on: `${world.dayOf(4)}..${world.dayOf(5)}`, first_night: world.dayOf(3) });
    expect(ninth?.['arn']).toMatch(/^arn:aws:cognito-idp:eu-west-1:\d{12}:userpool\//);
  });

  it('names a day without a night, gaps, exceptions and changes', async () => {
    const { out } = await written();
    const nights = (await rowsOf(out, 'nights.csv')).map(({ date, complete }) => [date, complete]);
    expect(nights).toEqual(
      [3, 4, 5, 6, 7, 8].map((night) => [
        world.dayOf(night),
        night === 6 ? 'no night' : String(!world.isUnread(night)),
      ]),
    );
    const gaps = await rowsOf(out, 'gaps.csv');
    expect(gaps.map(({ date, code }) => [date, code])).toEqual([[world.dayOf(5), 'AccessDenied']]);
    expect(await rowsOf(out, 'exceptions.csv')).toHaveLength(march.length);
    const by = 'arn:aws:sts::999988887777:assumed-role/nightly/ci';
    expect(await rowsOf(out, 'changes.csv')).toMatchObject([{ pool_id: world.poolIdOf(3), outcome: 'applied', by }]);
  });

  it('has a line for every day and every gap, more of them than a call takes arguments', async () => {
    const history = await temporaryFolder();
    await addNight(history, world.resultOf(5));
    const [night] = await listOf(readNights(history, { from: null, to: null }));
    const gap = night?.units.find(({ status }) => status === 'gap');
    if (night === undefined || gap === undefined) throw new Error('the fifth night has a gap');
    const units = Array.from({ length: 130_000 }, () => gap);
    async function* nights(first: ReadNight) {
      yield { ...first, date: '1600-01-01', units };
      yield { ...first, date: '2000-01-01', units: [] };
    }
    const files = await periodEvidence(nights(night), '');
    const linesOf = (name: string) =>
      (files.find((file) => file.name === name)?.text ?? '').trimEnd().split('\n').length;
    // Four hundred years of the Gregorian calendar, and the heading; the second night ends them.
    expect(linesOf('nights.csv')).toBe(1 + 146_097 + 1);
    expect(linesOf('gaps.csv')).toBe(1 + 130_000);
  });

  it('has a manifest with the checksum of each file, whose own is said', async () => {
    const { out, ended } = await written();
    const digest = async (name: string) =>
      createHash('sha256')
        .update(await readFile(join(out, name)))
        .digest('hex');
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.period).toEqual({ from: world.dayOf(3), to: world.dayOf(8), nights: march.length });
    const listed = manifest.files.map(({ path }: { readonly path: string }) => path);
    expect(new Set([...listed, 'manifest.json'])).toEqual(new Set(await readdir(out)));
    for (const { path, sha256 } of manifest.files) expect(sha256).toBe(await digest(path));
    expect(ended.stdout).toBe(`evidence in ${out}, manifest sha256:${await digest('manifest.json')}\n`);
  });

  it('replaces nothing', async () => {
    const { out, command } = await written();
    await writeFile(join(out, 'mine.txt'), '');
    await expect(command()).rejects.toThrow(/is there already, and not empty/);
  });
});
