import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { floors, scopes } from '../../src/commands/init/answers.ts';
import { runnerNames, runners } from '../../src/commands/init/runners.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { run } from '../end-to-end/in-process.ts';
import { temporaryFolder } from '../temporary.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: loadFleet('demo/fleet.yaml'), quotas: 'off' });
});
afterAll(() => sandbox.close());

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

const combinations = runnerNames.flatMap((runner) =>
  scopes.flatMap((scope) => floors.map((mfa) => ({ runner, scope, mfa }))),
);

describe.each(combinations)('init for $runner, accounts of $scope, MFA $mfa', ({ runner, scope, mfa }) => {
  it('writes what policy check and policy test find right', async () => {
    const folder = await temporaryFolder();
    const flags = ['--runner', runner, '--scope', scope, '--mfa', mfa, '--no-look', '--folder', folder];
    const written = await run(['init', ...flags], {});
    expect(written).toMatchObject({ exitCode: 0, stderr: '' });
    const config = ['--config', join(folder, 'mfa-drift.yaml')];
    const checked = await run(['policy', 'check', ...config], {});
    expect(checked).toMatchObject({ exitCode: 0 });
    expect(checked.stdout).toMatch(/^OK {2}2 policies · 0 exceptions · \S+\n$/);
    expect(await run(['policy', 'test', ...config], {})).toMatchObject({ exitCode: 0, stdout: 'OK  3 cases hold\n' });
    expect(await filesIn(folder)).toEqual(
      [
        'mfa-drift.yaml',
        'policies/first.test.yaml',
        'policies/first.yaml',
        ...Object.values<string>(runners[runner].files),
      ].sort(),
    );
  });
});

it.each(runnerNames.filter((name) => name !== 'kubernetes'))(
  '%s gets the shipped files as they are',
  async (runner) => {
    const folder = await temporaryFolder();
    await run(['init', '--runner', runner, '--no-look', '--folder', folder], {});
    for (const [from, to] of Object.entries<string>(runners[runner].files))
      expect(await readFile(join(folder, to), 'utf8')).toBe(await readFile(from, 'utf8'));
  },
);

it('the files that only init brings say what the page of deploy/ says', async () => {
  const page = await readFile('deploy/README.md', 'utf8');
  for (const [file, language] of [
    ['deploy/image/Dockerfile', 'dockerfile'],
    ['deploy/cron/mfa-drift.crontab', 'cron'],
  ] as const) {
    const text = await readFile(file, 'utf8');
    expect(page).toContain(`\`\`\`${language}\n${text.replaceAll(/^#.*\n/gm, '')}\`\`\``);
  }
});

it('Kubernetes gets the shipped manifests with the configuration and the policy that were written', async () => {
  const folder = await temporaryFolder();
  await run(['init', '--runner', 'kubernetes', '--no-look', '--folder', folder], {});
  const read = async (file: string) => parseAllDocuments(await readFile(file, 'utf8')).map((one) => one.toJS());
  const wanted = await read('deploy/kubernetes.yaml');
  const map = wanted.find(({ kind }) => kind === 'ConfigMap');
  map.data = {
    'mfa-drift.yaml': await readFile(join(folder, 'mfa-drift.yaml'), 'utf8'),
    'policy.yaml': await readFile(join(folder, 'policies/first.yaml'), 'utf8'),
  };
  expect(await read(join(folder, 'mfa-drift.kubernetes.yaml'))).toEqual(wanted);
});

describe('what is there', () => {
  it.each(['mfa-drift.yaml', 'mfa-drift.yml', 'policies/first.yaml', '.gitlab-ci.yml'])(
    'is not overwritten, and nothing else is written: %s',
    async (file) => {
      const folder = await temporaryFolder();
      await mkdir(join(folder, 'policies'));
      await writeFile(join(folder, file), 'mine\n');
      const ended = run(['init', '--runner', 'gitlab', '--no-look', '--folder', folder], {});
      await expect(ended).rejects.toThrow(`${join(folder, file)} is there already`);
      expect(await filesIn(folder)).toEqual([file]);
      expect(await readFile(join(folder, file), 'utf8')).toBe('mine\n');
    },
  );

  it('keeps the rest from being written too where one file can not be', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, '.github'), '');
    const ended = run(['init', '--runner', 'github', '--no-look', '--folder', folder], {});
    await expect(ended).rejects.toThrow('.github/workflows/mfa-drift.yml could not be written');
    expect(await filesIn(folder)).toEqual(['.github']);
  });
});

describe('without a terminal', () => {
  it('names the flag that nobody can be asked for', async () => {
    const folder = await temporaryFolder();
    await expect(run(['init', '--no-look', '--folder', folder], {})).rejects.toThrow('--runner is missing');
    expect(await filesIn(folder)).toEqual([]);
  });

  it('takes the rest as most have it', async () => {
    const folder = await temporaryFolder();
    await run(['init', '--runner', 'none', '--no-look', '--folder', folder], {});
    const text = await readFile(join(folder, 'mfa-drift.yaml'), 'utf8');
    expect(text).toContain('accounts: { organization: true }\nrole: { name: "MfaDriftAudit" }\n');
  });

  it.each([
    ['a role that no account can have', ['--role', 'two words'], '"two words" is no name of a role'],
    ['an external id that STS would refuse', ['--external-id', 'a b'], '"a b" is no external id: it has 2 to 1224'],
    ['one of a single character', ['--external-id', 'x'], '"x" is no external id'],
    [
      'a role where none is assumed',
      ['--scope', 'caller', '--role', 'Ours'],
      '--role "Ours": the caller\'s own account',
    ],
    ['an external id there', ['--scope', 'caller', '--external-id', 'ours'], '--external-id "ours": the caller\'s own'],
  ])('refuses %s', async (_what, wrong, message) => {
    const folder = await temporaryFolder();
    const flags = ['--runner', 'none', ...wrong, '--no-look', '--folder', folder];
    await expect(run(['init', ...flags], {})).rejects.toThrow(message);
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe('at a terminal', () => {
  /** Plays a person, who goes away after the last answer. */
  async function answering(folder: string, answers: readonly string[], ...flags: readonly string[]) {
    const left = [...answers];
    const questions: string[] = [];
    const line = (question: string) => {
      questions.push(question);
      return Promise.resolve(left.shift() ?? null);
    };
    await run(['init', '--no-look', '--folder', folder, ...flags], {}, { line });
    return questions;
  }

  it('asks for what no flag says, and takes Enter for what it proposes', async () => {
    const folder = await temporaryFolder();
    const questions = await answering(folder, ['', 'OurAudit', '', 'required', 'gitlab']);
    expect(questions).toHaveLength(5);
    expect(questions[2]).toBe('External id that this role wants, if it wants one [none] ');
    expect(questions[4]).toContain('  kubernetes: Kubernetes\n');
    expect(await readFile(join(folder, 'mfa-drift.yaml'), 'utf8')).toContain('role: { name: "OurAudit" }');
    expect(await readFile(join(folder, 'policies/first.yaml'), 'utf8')).toContain('MfaConfiguration: "ON"');
    expect(await filesIn(folder)).toContain('.gitlab-ci.yml');
  });

  it('asks nothing where the answers could not be written', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'mfa-drift.yml'), 'mine\n');
    const line = () => Promise.reject(new Error('it was asked'));
    const ended = run(['init', '--no-look', '--folder', folder], {}, { line });
    await expect(ended).rejects.toThrow('mfa-drift.yml is there already');
  });

  it('asks for no role where no other account is read, and for nothing that a flag says', async () => {
    const folder = await temporaryFolder();
    expect(await answering(folder, ['caller', 'offered'], '--runner', 'none')).toHaveLength(2);
    expect(await readFile(join(folder, 'mfa-drift.yaml'), 'utf8')).not.toContain('role');
  });

  it('asks again for what can not be, and keeps what was answered before', async () => {
    const folder = await temporaryFolder();
    const answers = [
      'organisation',
      'organization',
      'a*',
      'OurAudit',
      'a b',
      'acme-7',
      'on',
      'offered',
      'jenkins',
      'none',
    ];
    expect(await answering(folder, answers)).toHaveLength(answers.length);
    expect(await readFile(join(folder, 'mfa-drift.yaml'), 'utf8')).toContain(
      'accounts: { organization: true }\nrole: { name: "OurAudit", externalId: "acme-7" }\n',
    );
  });

  it.each([
    ['does not come', ['organization']],
    ['does not come after one that could not be', ['organization', 'a*']],
  ])('writes nothing where an answer %s', async (_what, answers) => {
    const folder = await temporaryFolder();
    await expect(answering(folder, answers)).rejects.toThrow('Nothing was answered, so nothing was written');
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe('an external id', () => {
  const roleDenied =
    /role MfaDriftAudit there with a trust policy that names the caller; where that wants an external id, set role\.externalId/;

  async function doctored(...flags: readonly string[]) {
    const folder = await temporaryFolder();
    await run(['init', '--runner', 'kubernetes', '--folder', folder, ...flags], sandbox.environment);
    const config = ['--config', join(folder, 'mfa-drift.yaml')];
    const environment = { ...sandbox.environment, OURS: 'mfa-drift-demo' };
    expect(await run(['policy', 'check', ...config], environment)).toMatchObject({ exitCode: 0 });
    const { stdout } = await run(
      ['doctor', ...config, '--account', '400000000001', '--region', 'us-east-1'],
      environment,
    );
    return { folder, said: stdout.replaceAll(/\s+/g, ' ') };
  }

  it.each(['mfa-drift-demo', '${env:OURS}'])('that the roles want is written, and opens them: %s', async (id) => {
    const { folder, said } = await doctored('--external-id', id);
    expect(said).toContain('ok roles 1 of 1 account can be read wholly');
    expect(await readFile(join(folder, 'mfa-drift.kubernetes.yaml'), 'utf8')).toContain(`externalId: "${id}"`);
  });

  it('that is not the one that they want, or is missing, is what doctor speaks of', async () => {
    expect((await doctored('--external-id', 'another')).said).toMatch(roleDenied);
    expect((await doctored()).said).toMatch(roleDenied);
  });
});

describe('the look at the organization', () => {
  async function looked(environment: Readonly<Record<string, string>>) {
    const folder = await temporaryFolder();
    const { exitCode, stderr } = await run(['init', '--runner', 'none', '--folder', folder], environment);
    expect(exitCode).toBe(0);
    return { stderr, text: await readFile(join(folder, 'mfa-drift.yaml'), 'utf8') };
  }

  it('says how many accounts there are', async () => {
    const { stderr, text } = await looked(sandbox.environment);
    expect(stderr).toMatch(/^seen: organization o-\w+, 28 accounts$/m);
    expect(text).toContain('organization: true');
  });

  it('takes no credentials for an answer', async () => {
    const { stderr, text } = await looked({});
    expect(stderr).toContain('seen: AWS could not be asked, which is no matter now: ');
    expect(text).not.toContain('organization');
  });

  it.each(['organizations:DescribeOrganization', 'organizations:ListAccounts'])(
    'takes a refusal of %s for one',
    async (action) => {
      const fleet = loadFleet('demo/fleet.yaml');
      const caller = { ...fleet.caller, permissions: { allows: ['*'], lacks: [{ action, whereTagged: null }] } };
      const other = await startSandbox({ fleet: { ...fleet, caller }, quotas: 'off' });
      try {
        const { stderr, text } = await looked(other.environment);
        expect(stderr).toMatch(/^seen: (account|organization) .*not authorized to perform/m);
        expect(text).not.toContain('organization: true');
      } finally {
        await other.close();
      }
    },
  );
});
