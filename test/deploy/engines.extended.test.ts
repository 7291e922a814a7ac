/**
 * The files for job engines, run as those run them: their scripts and argument lists in a shell, with the variables that they
 * set, against the sandbox. Shards never fail for drift where a job depends on them; what merges them tells.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { plainFleet, plainWriting } from '../end-to-end/plain-fleet.ts';
import { cliFile } from '../end-to-end/run-cli.ts';
import { writeWorkspace } from '../end-to-end/workspace.ts';
import { without } from '../programs.ts';

/** They start many processes, one after another; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

type Texts = Readonly<Record<string, string>>;

/** What an engine runs: a script, in a shell, with variables of its own. */
interface Job {
  readonly script: string;
  readonly variables?: Texts;
}

interface Engine {
  readonly name: string;
  /** Of the part with that number, from 0. */
  readonly shard: (index: number) => Job;
  readonly whole: () => Job;
  /** Where the engine lays the results of shards before they are merged; they are left where they are otherwise. */
  readonly carry?: (workspace: string, index: number) => Promise<void>;
  /** How a shard ends that found drift. */
  readonly afterDrift: 0 | 2;
}

const root = resolve(import.meta.dirname, '../..');
const count = 4;
const read = (file: string): Promise<string> => readFile(join(root, 'deploy', file), 'utf8');
const yaml = async (file: string) => parse(await read(file), { logLevel: 'silent' });
const quoted = (args: readonly string[]): string =>
  args.map((arg) => `'${arg.replaceAll("'", String.raw`'\''`)}'`).join(' ');

const [gitlab, buildkite, circleci, azure, batch, ecs] = await Promise.all(
  ['gitlab-ci.yml', 'buildkite.yml', 'circleci.yml', 'azure-pipelines.yml', 'aws-batch.yaml', 'ecs.yaml'].map(yaml),
);
const cronJobs = parseAllDocuments(await read('kubernetes.yaml'))
  .map((document) => document.toJS())
  .filter(({ kind }) => kind === 'CronJob')
  .map(({ spec }) => spec.jobTemplate.spec.template.spec.containers[0]);
const runOf = (job: string): string => circleci.jobs[job].steps.find(({ run }: { run?: object }) => run).run.command;

const engines: readonly Engine[] = [
  {
    name: 'GitLab',
    shard: (index) => ({
      script: [...gitlab.audit.script, ...gitlab.audit.after_script].join('\n'),
      variables: {
        CI_NODE_INDEX: `${index + 1}`,
        CI_NODE_TOTAL: `${gitlab.audit.parallel}`,
        AWS_TOKEN: 'token',
        AWS_WEB_IDENTITY_TOKEN_FILE: 'token-file',
      },
    }),
    whole: () => ({ script: gitlab.whole.script }),
    afterDrift: 0,
  },
  {
    name: 'Buildkite',
    shard: (index) => ({
      script: buildkite.steps[0].command.replaceAll('$$', '$'),
      variables: {
        BUILDKITE_PARALLEL_JOB: `${index}`,
        BUILDKITE_PARALLEL_JOB_COUNT: `${buildkite.steps[0].parallelism}`,
      },
    }),
    whole: () => ({
      script: `buildkite-agent() { test "$*" = 'artifact download shard-*.json .'; }\n${buildkite.steps[1].command}`,
    }),
    afterDrift: 0,
  },
  {
    name: 'CircleCI',
    shard: (index) => ({
      script: runOf('audit').replace('mkdir shards', 'mkdir -p shards'),
      variables: {
        CIRCLE_NODE_INDEX: `${index}`,
        CIRCLE_NODE_TOTAL: `${circleci.jobs.audit.parallelism}`,
        CIRCLE_OIDC_TOKEN_V2: 'token',
        AWS_WEB_IDENTITY_TOKEN_FILE: 'token-file',
        MFA_DRIFT_RUNNER_ROLE: '',
      },
    }),
    whole: () => ({ script: runOf('whole') }),
    afterDrift: 0,
  },
  {
    name: 'Azure Pipelines',
    shard: (index) => ({
      script: azure.jobs[0].steps[0].bash,
      variables: {
        SYSTEM_JOBPOSITIONINPHASE: `${index + 1}`,
        SYSTEM_TOTALJOBSINPHASE: `${azure.jobs[0].strategy.parallel}`,
      },
    }),
    carry: async (workspace, index) => {
      const name = `shard-${index + 1}`;
      await cp(join(workspace, `out/${name}.json`), join(workspace, `pipeline/${name}/${name}.json`), {
        recursive: true,
      });
    },
    whole: () => ({ script: azure.jobs[1].steps[1].bash, variables: { PIPELINE_WORKSPACE: 'pipeline' } }),
    afterDrift: 0,
  },
  {
    name: 'Kubernetes',
    shard: (index) => ({
      script: `mfa-drift ${quoted(cronJobs[0].args)}`
        .replaceAll('$(JOB)', 'mfa-drift-29000000')
        .replaceAll('$(JOB_COMPLETION_INDEX)', `${index}`)
        .replace('/config/policy.yaml', 'policies')
        .replaceAll('/config/', ''),
      variables: { JOB_COMPLETION_INDEX: `${index}` },
    }),
    whole: () => ({ script: cronJobs[1].args[0] }),
    afterDrift: 2,
  },
  {
    name: 'AWS Batch',
    shard: (index) => ({
      script: batch.Resources.Job.Properties.ContainerProperties.Command[2],
      variables: {
        AWS_BATCH_JOB_ID: `5e1f:${index}`,
        AWS_BATCH_JOB_ARRAY_INDEX: `${index}`,
        AWS_BATCH_JOB_ARRAY_SIZE: `${batch.Parameters.Shards.Default}`,
      },
    }),
    whole: () => ({
      script: batch.Resources.Merge.Properties.ContainerProperties.Command[2],
      variables: { SHARDS: '5e1f' },
    }),
    afterDrift: 0,
  },
];

let home = '';
let sandbox: Sandbox;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mfa-drift-engines-'));
  sandbox = await startSandbox({ fleet: plainFleet(24, 3), quotas: 'off' });
  await writeFile(join(home, 'mfa-drift'), `#!/bin/sh\nexec ${process.execPath} ${cliFile} "$@"\n`, {
    mode: 0o755,
  });
});
afterAll(async () => {
  await sandbox.close();
  await rm(home, { recursive: true, force: true });
});

/** In the workspace, with /results in it; the token of an engine is not what signs in here. */
async function runIn(workspace: string, { script, variables = {} }: Job) {
  const env = {
    PATH: `${home}:${process.env['PATH']}`,
    TZ: 'UTC',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...variables,
    ...sandbox.environment,
  };
  const here = script
    .replaceAll('/results', join(workspace, 'results'))
    .replaceAll('/var/lib/mfa-drift', join(workspace, 'lib'));
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-c', here], { cwd: workspace, env });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((done) => child.once('close', done)),
  ]);
  return { code, log: stdout + stderr };
}

describe.each(engines)('$name', ({ shard, whole, carry, afterDrift }) => {
  it('counts its jobs as it does, tells of drift once, and calls no night green that lacks a shard', async () => {
    const workspace = await writeWorkspace(plainWriting());
    const ended = [];
    for (const index of [0, count - 1]) {
      ended.push(await runIn(workspace, shard(index)));
      await carry?.(workspace, index);
    }
    expect(ended.map(({ log }) => /^shard (\d) of (\d)/m.exec(log)?.slice(1))).toEqual([
      ['1', `${count}`],
      [`${count}`, `${count}`],
    ]);
    expect(ended.map(({ log }) => /^DRIFT/m.test(log))).toEqual([true, true]);
    expect(ended.map(({ code }) => code)).toEqual([afterDrift, afterDrift]);
    expect((await runIn(workspace, whole())).code).toBe(3);
  });
});

const units = ['systemd/mfa-drift.service', 'systemd/mfa-drift.timer'];
const [service = '', timer = ''] = await Promise.all(units.map(read));
const cron = /^```cron\n17 2 \* \* \* (.*)\n```$/m.exec(await read('README.md'))?.[1] ?? '';

describe.each<[string, Job]>([
  ['ECS', { script: `mfa-drift ${quoted(ecs.Resources.Task.Properties.ContainerDefinitions[0].Command)}` }],
  ['systemd', { script: /^ExecStart=(.*)$/m.exec(service)?.[1] ?? 'false', variables: { STATE_DIRECTORY: 'state' } }],
  ['cron', { script: cron.replace('cd /etc/mfa-drift', 'cd .') }],
])('%s', (_name, job) => {
  it('knows the second night what the first has found', async () => {
    const workspace = await writeWorkspace(plainWriting());
    for (const folder of ['results', 'state', 'lib']) await mkdir(join(workspace, folder));
    const nights = [await runIn(workspace, job), await runIn(workspace, job)];
    expect(nights.map(({ code }) => code)).toEqual([2, 2]);
    expect(nights[0]?.log).toContain(' 0 persist');
    expect(nights[1]?.log).toMatch(/ 0 findings new · [1-9]\d* persist/);
  });
});

it('the timer and the schedules are at night, and the merge in Kubernetes begins after the deadline of the shards', async () => {
  expect(timer).toContain('OnCalendar=*-*-* 02:17:00 UTC');
  const [shards, whole] = parseAllDocuments(await read('kubernetes.yaml'))
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === 'CronJob');
  const minutes = (schedule: string): number => Number(schedule.split(' ')[1]) * 60 + Number(schedule.split(' ')[0]);
  const deadline = shards.spec.jobTemplate.spec.activeDeadlineSeconds / 60;
  expect(minutes(whole.spec.schedule) - minutes(shards.spec.schedule)).toBeGreaterThan(deadline);
});

const noAnalyze = without('systemd-analyze');

it.skipIf(noAnalyze !== '')(`systemd finds nothing in its units${noAnalyze}`, () => {
  const files = units.map((unit) => join(root, 'deploy', unit));
  const said = execFileSync('bash', ['-c', `systemd-analyze verify ${quoted(files)} 2>&1 || echo failed`], {
    encoding: 'utf8',
  });
  expect(said.split('\n').filter((line) => /mfa-drift|failed/.test(line))).toEqual([]);
});
