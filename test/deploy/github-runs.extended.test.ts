/** The workflows to copy, run step by step in bash with GITHUB_* files and the sandbox as AWS. No real runner ran them. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { cliFile } from '../end-to-end/run-cli.ts';
import { without } from '../programs.ts';
import { temporaryFolder } from '../temporary.ts';
import { runWorkflow, type Action, type JobRun, type Runner } from './github-runner.ts';

/** They start many processes, one after another; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

const root = resolve(import.meta.dirname, '../..');
/** What somebody who owns an account may call it. */
const hostile = '@octocat](https://evil.example) #12 <b>';

const accounts = [
  { id: '111111111111', name: 'management' },
  {
    id: '222222222222',
    name: hostile,
    pools: [
      { name: 'open', id: 'eu-west-1_Open', regions: ['eu-west-1'], mfa: { MfaConfiguration: 'OFF' } },
      {
        name: 'optional',
        id: 'eu-west-1_Optional',
        regions: ['eu-west-1'],
        mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
      },
    ],
  },
];
const closed = { id: '333333333333', name: 'closed-off', roles: { MfaDriftAudit: null } };

const fleet = {
  apiVersion: 'mfa-drift/v1',
  kind: 'Fleet',
  homeRegion: 'eu-west-1',
  quotas: 'off',
  organization: { id: 'o-exampleorg', managementAccount: '111111111111' },
  roles: { MfaDriftAudit: {}, MfaDriftRemediate: { allows: ['cognito-idp:*', 'account:ListRegions'] } },
};
const policy = (wanted: string): string => `apiVersion: mfa-drift/v1
kind: Policy
name: floor
severity: high
expect:
  MfaConfiguration: { oneOf: [${wanted}], set: "${wanted.includes('OPTIONAL') ? 'OPTIONAL' : 'ON'}" }
  SoftwareTokenMfaConfiguration: { Enabled: true }
remediation: { mode: manual }
`;
const policyTest = `apiVersion: mfa-drift/v1
kind: PolicyTest
cases:
  - name: a pool without MFA fails
    config: { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: true } }
    expect: [{ policy: floor, path: MfaConfiguration }]
`;
const configuration = `apiVersion: mfa-drift/v1
kind: Config
accounts: { organization: true }
role: { name: MfaDriftAudit, remediationName: MfaDriftRemediate }
regions: [eu-west-1]
requireCoverage: false
`;

let home = '';
const ours = dirname(dirname(cliFile));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mfa-drift-github-'));
  await cp(join(root, 'action.yml'), join(ours, 'action.yml'));
  await cp(join(root, 'action'), join(ours, 'action'), { recursive: true });
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

async function sandboxWith(extra: readonly object[] = []): Promise<Sandbox> {
  const file = join(home, 'fleet.json');
  await writeFile(file, JSON.stringify({ ...fleet, accounts: [...accounts, ...extra] }));
  return startSandbox({ fleet: loadFleet(file) });
}

/** What `gh` is asked, answered from files; what it would have posted, kept. jq's program is run by jq. */
const gh = `#!/bin/bash
set -eu
case "$1 $2" in
  'api repos/acme/policies') echo '{"default_branch":"main"}' | jq -r "$4" ;;
  'api repos/acme/policies/actions/artifacts'*) jq -r "$4" "$GH_FILES/artifacts.json" ;;
  'run download') mkdir -p "$9" && cp -r "$GH_FILES/run-$3/." "$9" ;;
  'pr comment') printf '%s\\n' "$@" > "$GH_FILES/asked" && cp "$7" "$GH_FILES/comment.md" ;;
  *) echo "unknown to this gh: $*" >&2; exit 1 ;;
esac
`;

interface Stage extends Runner {
  readonly artifacts: string;
  readonly github: string;
  readonly uploaded: string[];
}

/** A checkout with a configuration and a policy, actions that are played, and no credentials but those of the sandbox. */
async function stage(sandbox: Sandbox | null, wanted = '"ON", "OPTIONAL"'): Promise<Stage> {
  const temporary = await temporaryFolder();
  const [workspace, artifacts, github, bin] = ['work', 'artifacts', 'github', 'bin'].map((name) =>
    join(temporary, name),
  );
  if (!workspace || !artifacts || !github || !bin) throw new Error('four names make four folders');
  await Promise.all(
    [join(workspace, 'policies'), artifacts, github, bin].map((path) => mkdir(path, { recursive: true })),
  );
  await writeFile(join(workspace, 'mfa-drift.yaml'), configuration);
  await writeFile(join(workspace, 'policies/floor.yaml'), policy(wanted));
  await writeFile(join(workspace, 'policies/floor.test.yaml'), policyTest);
  await writeFile(join(bin, 'gh'), gh, { mode: 0o755 });
  await writeFile(join(github, 'artifacts.json'), '{"artifacts":[]}');
  const uploaded: string[] = [];
  const variables = {
    PATH: `${bin}:${process.env['PATH']}`,
    GH_FILES: github,
    GITHUB_REPOSITORY: 'acme/policies',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const event = { pull_request: { number: 7, head: { repo: { full_name: 'acme/policies' } } } };
  const contexts = {
    github: { repository: 'acme/policies', token: 'none', run_id: '1', ref: 'refs/heads/main', event },
    vars: { MFA_DRIFT_RUNNER_ROLE: 'arn:aws:iam::111111111111:role/MfaDriftRunner', AWS_REGION: 'eu-west-1' },
  };
  const actions = { ...artifactActions(workspace, artifacts), ...awsAndScanning(sandbox, workspace, uploaded) };
  return { workspace, temporary, artifacts, github, uploaded, ours, actions, environment: variables, contexts };
}

function artifactActions(workspace: string, artifacts: string): Readonly<Record<string, Action>> {
  return {
    'actions/checkout': async () => ({}),
    'actions/upload-artifact': async ({ name = '', path = '', ...rest }) => {
      const source = join(workspace, path);
      const found = await stat(source).catch(() => null);
      if (found === null && rest['if-no-files-found'] === 'ignore') return {};
      const target = join(artifacts, name);
      await cp(source, found?.isDirectory() === true ? target : join(target, basename(path)), { recursive: true });
      return {};
    },
    'actions/download-artifact': async ({ name, pattern = '', path = '' }) => {
      const wanted = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      const names = name === undefined ? (await readdir(artifacts)).filter((each) => wanted.test(each)) : [name];
      for (const each of names) await cp(join(artifacts, each), join(workspace, path), { recursive: true });
      return {};
    },
  };
}

function awsAndScanning(
  sandbox: Sandbox | null,
  workspace: string,
  uploaded: string[],
): Readonly<Record<string, Action>> {
  return {
    'aws-actions/configure-aws-credentials': async (inputs, environment) => {
      expect(inputs).toMatchObject({ 'aws-region': 'eu-west-1', 'role-duration-seconds': '10800' });
      Object.assign(environment, sandbox?.environment);
      return {};
    },
    'github/codeql-action/upload-sarif': async ({ sarif_file: file = '' }) => {
      uploaded.push(await readFile(join(workspace, file), 'utf8'));
      return {};
    },
  };
}

/** The artifact of this night becomes the one that the next night finds; `branch` is where its run was. */
async function keepAs(run: number, { artifacts, github }: Stage, branch = 'main', headRepository = 1): Promise<void> {
  await cp(join(artifacts, 'mfa-drift'), join(github, `run-${run}`), { recursive: true });
  const { artifacts: before } = JSON.parse(await readFile(join(github, 'artifacts.json'), 'utf8'));
  const entry = {
    expired: false,
    created_at: `2026-11-${run}T02:30:00Z`,
    workflow_run: { id: run, head_branch: branch, repository_id: 1, head_repository_id: headRepository },
  };
  await writeFile(join(github, 'artifacts.json'), JSON.stringify({ artifacts: [entry, ...before] }));
}

async function resultIn(folder: string) {
  return JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'));
}

const workflow = (name: string): string => join(root, `deploy/github/${name}.yml`);
const jobOf = (jobs: Readonly<Record<string, JobRun>>, name: string): JobRun => {
  const job = jobs[name];
  if (job === undefined) throw new Error(`no job ${name}`);
  return job;
};
const noJq = without('jq');

describe.skipIf(noJq !== '')(`the workflows to copy${noJq}`, () => {
  it('a first night: drift fails the job, and leaves summary, SARIF, JUnit and result', async () => {
    const sandbox = await sandboxWith();
    const night = await stage(sandbox);
    const audit = jobOf(await runWorkflow(workflow('nightly'), night), 'audit');
    expect(audit.log).toContain('\nexit 2: ');
    expect(audit.result).toBe('failure');
    expect(audit.summary).toContain('## mfa-drift: DRIFT');
    const [{ runs }] = night.uploaded.map((sarif) => JSON.parse(sarif));
    expect(runs[0].results).toHaveLength(2);
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('policies/floor.yaml');
    expect((await readdir(join(night.artifacts, 'mfa-drift'))).toSorted()).toEqual([
      'result.json',
      'result.sarif',
      'result.xml',
    ]);
    expect((await resultIn(join(night.artifacts, 'mfa-drift'))).summary.pools).toMatchObject({ total: 2, drifted: 1 });
    await sandbox.close();
  });

  it('a second night knows the first, and not what a fork or another branch has left', async () => {
    const sandbox = await sandboxWith();
    const first = await stage(sandbox);
    await runWorkflow(workflow('nightly'), first);
    const second = await stage(sandbox);
    await keepAs(20, { ...second, artifacts: first.artifacts });
    await keepAs(21, { ...second, artifacts: first.artifacts }, 'feature');
    await keepAs(22, { ...second, artifacts: first.artifacts }, 'main', 666);
    await rm(join(second.github, 'run-21'), { recursive: true });
    await rm(join(second.github, 'run-22'), { recursive: true });
    const audit = jobOf(await runWorkflow(workflow('nightly'), second), 'audit');
    expect(audit.log).toContain('\nexit 2: ');
    const { pools } = await resultIn(join(second.artifacts, 'mfa-drift'));
    const changes = pools.flatMap(({ findings }: { findings: { change: string }[] }) =>
      findings.map(({ change }) => change),
    );
    expect(changes).toEqual(['persisting', 'persisting']);
    await sandbox.close();
  });

  it('an account that can’t be read is a gap: 3, and no green night', async () => {
    const sandbox = await sandboxWith([closed]);
    const night = await stage(sandbox);
    const audit = jobOf(await runWorkflow(workflow('nightly'), night), 'audit');
    expect([audit.result, /\nexit (\d)/.exec(audit.log)?.[1]]).toEqual(['failure', '3']);
    expect(audit.summary).toContain('### Not read');
    await sandbox.close();
  });

  it('four shards are judged as one', async () => {
    const sandbox = await sandboxWith();
    const night = await stage(sandbox);
    const jobs = await runWorkflow(workflow('matrix'), night);
    expect(Object.keys(jobs)).toEqual(['shard (1)', 'shard (2)', 'shard (3)', 'shard (4)', 'whole']);
    expect(Object.values(jobs).map(({ result }) => result)).toEqual([...Array(4).fill('success'), 'failure']);
    const { run, complete, summary } = await resultIn(join(night.artifacts, 'mfa-drift'));
    expect([run.shard, run.exitCode, complete, summary.pools.total]).toEqual([null, 2, true, 2]);

    await rm(join(night.artifacts, 'mfa-drift'), { recursive: true });
    await rm(join(night.artifacts, 'shard-2'), { recursive: true });
    await rm(join(night.workspace, 'shards'), { recursive: true });
    const again = await runWorkflow(workflow('matrix'), night, ['whole']);
    expect(jobOf(again, 'whole').log).toContain('\nexit 3: ');
    await sandbox.close();
  });

  it('a pull request is judged without credentials, and its comment mentions, links and formats nobody’s names', async () => {
    const sandbox = await sandboxWith();
    const night = await stage(sandbox);
    await runWorkflow(workflow('nightly'), night);
    await sandbox.close();

    const pull = await stage(null, '"ON"');
    await keepAs(20, { ...pull, artifacts: night.artifacts });
    const jobs = await runWorkflow(workflow('pull-request'), pull);
    expect(Object.values(jobs).map(({ result }) => result)).toEqual(['success', 'success']);
    expect(jobOf(jobs, 'judge').log).toMatch(/^OK {2}1 policy/m);
    const comment = await readFile(join(pull.github, 'comment.md'), 'utf8');
    expect(await readFile(join(pull.github, 'asked'), 'utf8')).toContain('pr\ncomment\n7\n');
    expect(comment).toContain('| compliant | drifted |');
    const html = micromark(comment, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    expect(html.replaceAll(/<code>.*?<\/code>/g, '')).not.toMatch(/<a |<b>|@octocat|#12/);
    expect(html).toContain('octocat');
  });

  it('a pull request of a fork has the text in its summary, and no job that may comment', async () => {
    const sandbox = await sandboxWith();
    const night = await stage(sandbox);
    await runWorkflow(workflow('nightly'), night);
    await sandbox.close();
    const pull = await stage(null, '"ON"');
    await keepAs(20, { ...pull, artifacts: night.artifacts });
    const event = { pull_request: { number: 7, head: { repo: { full_name: 'stranger/policies' } } } };
    const github = { ...(pull.contexts['github'] as object), event };
    const jobs = await runWorkflow(workflow('pull-request'), { ...pull, contexts: { ...pull.contexts, github } });
    expect(jobOf(jobs, 'judge').summary).toContain('| compliant | drifted |');
    expect(jobOf(jobs, 'comment').result).toBe('skipped');
  });

  it('a pull request with a policy that is none fails before anything is judged', async () => {
    const pull = await stage(null, '"SOMETIMES"');
    const jobs = await runWorkflow(workflow('pull-request'), pull);
    expect(jobOf(jobs, 'judge').result).toBe('failure');
    expect(jobOf(jobs, 'judge').log).toContain('SOMETIMES');
    expect(jobOf(jobs, 'comment').result).toBe('skipped');
  });

  it('remediation applies the plan whose digest the planning job named, which whoever approves sees', async () => {
    const sandbox = await sandboxWith();
    const room = await stage(sandbox);
    const { plan, apply } = await runWorkflow(workflow('remediation'), room);
    expect(plan?.outputs).toEqual({ changes: '1', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(apply?.name).toBe(`Apply 1 changes, ${plan?.outputs['digest']}`);
    expect(plan?.summary).toContain(`--digest ${plan?.outputs['digest']}`);
    expect([apply?.result, /\nexit (\d)/.exec(apply?.log ?? '')?.[1]]).toEqual(['success', '0']);
    expect((await readdir(join(room.artifacts, 'journal'))).toSorted()).toContain('journal-masked.ndjson');
    await sandbox.close();
  });

  it('remediation refuses an artifact that was exchanged between planning and applying', async () => {
    const sandbox = await sandboxWith();
    const room = await stage(sandbox);
    const download = room.actions['actions/download-artifact'];
    const exchange: Action = async (inputs, environment) => {
      await download?.(inputs, environment);
      const file = join(room.workspace, 'plan/plan.json');
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('eu-west-1_Open', 'eu-west-1_Optional'));
      return {};
    };
    const actions = { ...room.actions, 'actions/download-artifact': exchange };
    const { apply } = await runWorkflow(workflow('remediation'), { ...room, actions });
    expect([apply?.result, apply?.log]).toEqual(['failure', expect.stringContaining('digest')]);
    expect(sandbox.pool('222222222222', 'eu-west-1', 'eu-west-1_Open')?.mfaConfig['MfaConfiguration']).toBe('OFF');
    await sandbox.close();
  });
});
