/** Once a pool was written, no failure ends with exit code 1, and what was done is said and saved. */
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { withLedger } from '../../src/commands/change/apply-ledger.ts';
import type { Output, Shell } from '../../src/commands/output/shell.ts';
import { UserError } from '../../src/errors.ts';
import { openJournal } from '../../src/remediate/journal/journal.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { temporaryFolder } from '../temporary.ts';
import { failing, journalThatTakes } from './full-disk.ts';
import { keptDigest, memberId, organization, poolId, region, type Organization } from './organization.ts';

const on = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const off = { MfaConfiguration: 'OFF' };

afterEach(() => vi.restoreAllMocks());

const filesOf = ({ folder }: Organization) => [
  '--config',
  join(folder, 'mfa-drift.yaml'),
  '--policies',
  join(folder, 'policies'),
];

/** `mfa-drift … > /dev/full` and `2> /dev/full`, from the first such text on. */
function spoiled(
  org: Organization,
  spoils: { readonly stdout?: RegExp; readonly stderr?: RegExp },
  ...args: readonly string[]
) {
  return run([...args, ...filesOf(org), '--log-level', 'error'], org.sandbox.environment, {
    spoil: (name, output) => {
      const from = spoils[name];
      return from === undefined
        ? output
        : failing(output, from, name === 'stdout' ? 'Standard output' : 'Standard error');
    },
  });
}

async function planned(...ids: readonly string[]): Promise<Organization> {
  const org = await organization(
    ids.map((id, index) => ({ id, userPool: { EstimatedNumberOfUsers: index + 1 } })),
    { remediation: { maxFailures: 1 } },
  );
  await org.makePlan();
  return org;
}

async function savedBy({ stderr }: Ended) {
  const [, file = ''] = /^The result is saved in (.+)\.$/m.exec(stderr) ?? [];
  return { file, result: JSON.parse(await readFile(file, 'utf8')), mode: (await stat(file)).mode & 0o777 };
}

describe('apply', () => {
  test.each([
    [
      'standard output is full',
      { stdout: /^/ },
      [],
      'Standard output could not be written: no space is left on the disk.',
    ],
    [
      'a report is a full device',
      {},
      ['--report', 'json=/dev/full'],
      '/dev/full could not be written: no space is left on the disk',
    ],
  ] as const)('ends with 4 where %s, and says and saves what it did', async (_what, spoils, flags, reason) => {
    const org = await planned('One', 'Two');
    const ended = await spoiled(org, spoils, 'apply', org.plan, '--journal', org.journal, '--yes', ...flags);
    expect(ended.exitCode).toBe(4);
    expect([org.mfa('One'), org.mfa('Two')]).toEqual([on, on]);
    for (const id of ['One', 'Two'])
      expect(ended.stderr).toMatch(new RegExp(`changed and verified [^~]*?${poolId(id)}`));
    expect(ended.stderr).toMatch(/MfaConfiguration +OFF +→ OPTIONAL/);
    expect(ended.stderr).toContain(reason);
    const [, digest] = await keptDigest(org.journal);
    expect(ended.stderr).toContain(`journal: ${org.journal}\n  sha256:${digest}`);
    expect(ended.stderr.trimEnd().split('\n').at(-1)).toBe('exit 4: 2 of 2 pools changed and verified; then it failed');
    const { result, mode } = await savedBy(ended);
    expect(mode).toBe(0o600);
    expect(result).toMatchObject({
      command: 'apply',
      exitCode: 4,
      outcomes: [{ outcome: 'applied' }, { outcome: 'applied' }],
    });
  });

  test.each([/^/, /^Changes are journaled/])(
    'changes nothing and ends with 1 where standard error is full from %s on',
    async (from) => {
      const org = await planned('One');
      await expect(
        spoiled(org, { stderr: from }, 'apply', org.plan, '--journal', org.journal, '--yes'),
      ).rejects.toThrow('Standard error could not be written');
      expect(org.writes()).toBe(0);
    },
  );

  test('ends with 4 where standard error takes nothing after the first write, and saves what it did', async () => {
    const org = await planned('One');
    const ended = await spoiled(org, { stderr: /^exit/ }, 'apply', org.plan, '--journal', org.journal, '--yes');
    expect(ended.exitCode).toBe(4);
    expect(ended.stdout).toContain('APPLIED  1 of 1 pool changed and verified');
    const saved = JSON.parse(await readFile(join(org.folder, 'journal.result.json'), 'utf8'));
    expect(saved).toMatchObject({ exitCode: 4, outcomes: [{ outcome: 'applied' }] });
  });

  test.each([
    [
      'a report below a file',
      (folder: string) => ['--report', `json=${join(folder, 'mfa-drift.yaml', 'report.json')}`],
    ],
    ['a report that is a folder', (folder: string) => ['--report', `markdown=${join(folder, 'policies')}`]],
    ['a journal below a file', (folder: string) => ['--journal', join(folder, 'mfa-drift.yaml', 'journal.ndjson')]],
  ])('tries %s before it asks anything of AWS or writes', async (_what, flags) => {
    const org = await planned('One');
    const before = org.writes();
    await expect(org.apply(...flags(org.folder))).rejects.toThrow('could not be written');
    expect(org.writes()).toBe(before);
    expect((await readdir(org.folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('changes nothing and ends with 1 where the journal takes no intent', async () => {
    const org = await planned('One');
    await journalThatTakes(1);
    await expect(org.apply()).rejects.toThrow(
      `The journal ${org.journal} could not be written: no space is left on the disk. Nothing was changed: make room, or name another file with --journal.`,
    );
    expect(org.writes()).toBe(0);
  });

  test.each([
    ['the end of the second change', 4, 2],
    ['the intent of the third', 5, 2],
  ])('ends with 4 where the journal takes not even %s; the same again goes on', async (_what, lines, written) => {
    const org = await planned('A', 'B', 'C', 'D', 'E');
    await journalThatTakes(lines);
    const ended = await org.apply('--report', 'json');
    expect(ended.exitCode).toBe(4);
    expect(org.writes()).toBe(written);
    const { stop, outcomes } = JSON.parse(ended.stdout);
    expect(stop).toBe('journal');
    expect(outcomes.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...Array.from({ length: written }, () => 'applied'),
      ...Array.from({ length: 5 - written }, () => 'not-started'),
    ]);
    expect(ended.stderr).toContain('stopped, since the journal could not be written');
    expect(ended.stderr).toContain('make room, and the same apply again, with the same journal, goes on');
    vi.restoreAllMocks();
    const again = await org.apply();
    expect(again.exitCode).toBe(0);
    expect(org.writes()).toBe(5);
    expect((await org.rollback()).exitCode).toBe(0);
    for (const id of ['A', 'B', 'C', 'D', 'E']) expect(org.mfa(id)).toEqual(off);
  });

  test('declined with nothing new written is 4, not 1, where an earlier start has written', async () => {
    const org = await planned('A', 'B');
    await journalThatTakes(3);
    expect((await org.apply()).exitCode).toBe(4);
    vi.restoreAllMocks();
    const args = ['apply', org.plan, '--journal', org.journal, ...filesOf(org)];
    const { exitCode, stderr } = await run(args, org.sandbox.environment, { ask: () => Promise.resolve(false) });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('exit 4: declined; nothing more was changed');
  });
});

describe('rollback', () => {
  test('tries where the hold goes before it writes', async () => {
    const org = await planned('One');
    await org.apply();
    const hold = join(org.folder, 'mfa-drift.yaml', 'hold.yaml');
    await expect(org.rollback('--hold', hold)).rejects.toThrow('could not be written');
    expect(org.mfa('One')).toEqual(on);
  });

  test('that can not write the hold after all ends with 4, and the hold is not lost', async () => {
    const org = await planned('One');
    await org.apply();
    const folder = join(org.folder, 'holds');
    const args = ['rollback', org.journal, '--hold', join(folder, 'hold.yaml'), ...filesOf(org)];
    const ask = async () => {
      await rm(folder, { recursive: true, force: true });
      await writeFile(folder, 'a file in its place');
      return true;
    };
    const ended = await run(args, org.sandbox.environment, { ask });
    expect(ended.exitCode).toBe(4);
    expect(org.mfa('One')).toEqual(off);
    expect(ended.stderr).toContain('hold: true');
    expect(ended.stderr).toMatch(/undone and verified [^~]*?eu-west-1_One/);
    expect(ended.stderr).toContain('a part of its path is a file, not a folder');
  });

  test.each([
    ['in its file', ['--hold'], (hold: string) => readFile(hold, 'utf8')],
    ['on standard error', [], (_hold: string, { stderr }: Ended) => stderr],
  ] as const)('that can not write its report has the hold %s all the same', async (_where, flag, heldIn) => {
    const org = await planned('One');
    await org.apply();
    const hold = join(org.folder, 'hold.yaml');
    const args = [
      'rollback',
      org.journal,
      ...(await keptDigest(org.journal)),
      '--yes',
      ...flag.flatMap((it) => [it, hold]),
    ];
    const ended = await spoiled(org, { stdout: /^/ }, ...args);
    expect(ended.exitCode).toBe(4);
    expect(org.mfa('One')).toEqual(off);
    expect(await heldIn(hold, ended)).toMatch(/pools: \[ eu-west-1_One \][^~]*hold: true/);
    expect(ended.stderr).toContain('Standard output could not be written: no space is left on the disk.');
  });
});

describe('audit --remediate', () => {
  test.each([
    ['a report', (folder: string) => ['--report', `html=${join(folder, 'mfa-drift.yaml', 'page.html')}`]],
    ['an evidence pack', (folder: string) => ['--evidence', join(folder, 'mfa-drift.yaml', 'evidence')]],
    ['a folder of batches', (folder: string) => ['--report', `asff=${join(folder, 'mfa-drift.yaml', 'asff')}/`]],
  ])('tries %s before it asks anything', async (_what, flags) => {
    const org = await organization([{ id: 'One' }]);
    await expect(org.remediate(...flags(org.folder))).rejects.toThrow(
      /could not be written|could not be read|is no folder/,
    );
    expect(org.sandbox.calls.count()).toBe(0);
  });

  test('tries the job summary before it asks anything', async () => {
    const org = await organization([{ id: 'One' }]);
    process.env['GITHUB_STEP_SUMMARY'] = join(org.folder, 'nowhere', 'summary.md');
    try {
      await expect(org.remediate('--report', 'github-summary')).rejects.toThrow('could not be written');
    } finally {
      delete process.env['GITHUB_STEP_SUMMARY'];
    }
    expect(org.sandbox.calls.count()).toBe(0);
  });

  test.each([
    ['a report is a full device', {}, ['--report', 'markdown=/dev/full'], /dev.full could not be written/],
    ['standard output is full', { stdout: /^/ }, [], /Standard output could not be written/],
  ] as const)('ends with 4 where %s, and saves the whole result', async (_what, spoils, flags, reason) => {
    const org = await organization([{ id: 'One' }, { id: 'Right', mfa: on }]);
    const args = ['audit', '--remediate', '--journal', org.night, '--run-dir', join(org.folder, 'run'), '--quiet'];
    const ended = await spoiled(org, spoils, ...args, ...flags);
    expect(ended.exitCode).toBe(4);
    expect(org.mfa('One')).toEqual(on);
    expect(ended.stderr).toMatch(/changed and verified [^~]*?eu-west-1_One/);
    expect(ended.stderr).toMatch(reason);
    const { file, result } = await savedBy(ended);
    expect(result.pools).toHaveLength(2);
    expect(result.run.exitCode).toBe(4);
    const { stdout } = await org.sandboxless('report', file, '--report', 'table');
    expect(stdout).toContain('eu-west-1_One');
  });

  test('journals where its reports land', async () => {
    const org = await organization([{ id: 'One' }]);
    const out = join(org.folder, 'out');
    const args = [
      'audit',
      '--remediate',
      '--run-dir',
      join(org.folder, 'run'),
      '--report',
      `json=${join(out, 'result.json')}`,
    ];
    const { stderr } = await org.cli(...args);
    const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8'));
    const name = `mfa-drift.journal-${result.run.id}.ndjson`;
    expect((await readdir(out)).sort()).toEqual([name, 'result.json'].sort());
    expect((await stat(join(out, name))).mode & 0o777).toBe(0o600);
    expect(stderr).toContain(`Changes are journaled in ${join(out, name)}.`);
  });
});

describe('whatever fails after a write', () => {
  const intent = {
    event: 'intent',
    accountId: memberId,
    region,
    poolId: poolId('One'),
    policies: [],
    error: null,
    writerArn: null,
    before: off,
    call: { UserPoolId: poolId('One'), ...on },
    after: on,
  } as const;

  async function failingWith(error: unknown, folder: string) {
    const said: string[] = [];
    const output: Output = { isTerminal: false, columns: 80, write: async (text) => void said.push(text) };
    const shell = { stderr: output, stdout: output, env: {}, signal: new AbortController().signal } as unknown as Shell;
    const identity = {
      runId: 'r',
      planDigest: null,
      organizationId: null,
      rollback: false,
      endpoints: [],
      callerArn: 'me',
    };
    const exitCode = await withLedger('apply', shell, async (ledger) => {
      const waiting = { notice: () => undefined, signal: shell.signal };
      const journal = await openJournal(join(folder, 'journal.ndjson'), identity, () => new Date(), waiting);
      ledger.opened(journal);
      await journal.record(intent);
      await journal.close();
      throw error;
    });
    return { exitCode, stderr: said.join('') };
  }

  test('is 4, a bug of ours too, with its stack', async () => {
    const { exitCode, stderr } = await failingWith(new TypeError('x is not a function'), await temporaryFolder());
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/not known .*eu-west-1_One/);
    expect(stderr).toContain('The call was begun, and its end is not known.');
    expect(stderr).toMatch(/This is a bug in mfa-drift[^\n]*\nTypeError: x is not a function\n {4}at /);
  });

  test('is saved elsewhere where nothing can be written beside the journal', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'journal.result.json'));
    await appendFile(join(folder, 'journal.result.json', 'in-the-way'), '');
    const ended = await failingWith(new UserError('The disk is gone.'), folder);
    const { file, result } = await savedBy({ ...ended, stdout: '' });
    expect(basename(file)).toBe('journal.result.json');
    expect(file.startsWith(folder)).toBe(false);
    expect(result.outcomes).toMatchObject([{ outcome: 'unknown' }]);
    await rm(file);
  });
});
