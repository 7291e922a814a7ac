/**
 * Runs a workflow as a runner of GitHub does, as far as the examples need it: jobs in their order, a matrix, `if`, `run` in
 * bash with GITHUB_* files, our composite actions with their inputs and outputs. Every other action is what the test says.
 * No real runner ran them.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { filledIn, holds, type Contexts, type JobStatus } from './expressions.ts';

type Texts = Readonly<Record<string, string>>;

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly 'continue-on-error'?: boolean;
}

interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly number[]>> };
  readonly outputs?: Texts;
  readonly steps: readonly Step[];
}

export interface JobRun {
  readonly name: string;
  readonly result: JobStatus | 'skipped';
  readonly outputs: Texts;
  readonly log: string;
  readonly summary: string;
}

/** An action that is not ours: gets its inputs and the job's variables, which it may add to; resolves to its outputs. */
export type Action = (inputs: Texts, environment: Record<string, string>) => Promise<Texts>;

export interface Runner {
  /** The checkout, and where steps run. */
  readonly workspace: string;
  readonly temporary: string;
  /** Where action.yml of OWNER/REPOSITORY is. */
  readonly ours: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly environment: Texts;
  readonly contexts: Contexts;
}

interface Place {
  readonly runner: Runner;
  readonly contexts: Contexts;
  readonly environment: Record<string, string>;
  readonly said: { log: string; summary: string };
}

/** The jobs of a workflow, or only some; those of a matrix are named `job (value)`. */
export async function runWorkflow(
  file: string,
  runner: Runner,
  only: readonly string[] | null = null,
): Promise<Readonly<Record<string, JobRun>>> {
  const { jobs }: { readonly jobs: Readonly<Record<string, Job>> } = parse(await readFile(file, 'utf8'));
  const done: Record<string, JobRun> = {};
  for (const [id, job] of Object.entries(jobs).filter(([each]) => only?.includes(each) ?? true)) {
    const [[variable, values] = ['', [null]]] = Object.entries(job.strategy?.matrix ?? {});
    for (const value of values) {
      const contexts = { ...runner.contexts, needs: done, matrix: { [variable]: value } };
      done[value === null ? id : `${id} (${value})`] = await runJob(id, job, { ...runner, contexts });
    }
  }
  return done;
}

async function runJob(id: string, job: Job, runner: Runner): Promise<JobRun> {
  const name = filledIn(job.name ?? id, runner.contexts);
  const said = { log: '', summary: '' };
  if (!holds(job.if, 'success', runner.contexts)) return { name, result: 'skipped', outputs: {}, ...said };
  const place: Place = { runner, contexts: runner.contexts, environment: { ...runner.environment }, said };
  const { status, steps } = await runSteps(job.steps, place);
  return { name, result: status, outputs: outputsOf(job.outputs ?? {}, { ...runner.contexts, steps }), ...said };
}

function outputsOf(outputs: Texts, contexts: Contexts): Texts {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, filledIn(value, contexts)]));
}

async function runSteps(steps: readonly Step[], place: Place) {
  const done: Record<string, { readonly outputs: Texts; readonly outcome: JobStatus | 'skipped' }> = {};
  let status: JobStatus = 'success';
  for (const [index, step] of steps.entries()) {
    const contexts = { ...place.contexts, steps: done };
    const runs = holds(step.if, status, contexts);
    const { outputs, outcome } = runs
      ? await runStep(step, { ...place, contexts })
      : { outputs: {}, outcome: 'skipped' as const };
    done[step.id ?? `step ${index}`] = { outputs, outcome };
    if (outcome === 'failure' && step['continue-on-error'] !== true) status = 'failure';
  }
  return { status, steps: done };
}

async function runStep(step: Step, place: Place): Promise<{ outputs: Texts; outcome: JobStatus }> {
  const { contexts, environment, runner } = place;
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filledIn(String(value), contexts)]);
  if (step.run !== undefined)
    return runScript(filledIn(step.run, contexts), {
      ...place,
      environment: { ...environment, ...Object.fromEntries(own) },
    });
  const [name = ''] = (step.uses ?? '').split('@');
  const inputs = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([key, value]) => [key, filledIn(String(value), contexts)]),
  );
  if (name.startsWith('OWNER/REPOSITORY'))
    return runComposite(join(runner.ours, name.slice('OWNER/REPOSITORY'.length)), inputs, place);
  const action = runner.actions[name];
  if (action === undefined) throw new Error(`No test says what ${name} does.`);
  return { outputs: await action(inputs, environment), outcome: 'success' };
}

async function runComposite(folder: string, given: Texts, place: Place) {
  const action = parse(await readFile(join(folder, 'action.yml'), 'utf8'));
  const declared: [string, { readonly default?: string }][] = Object.entries(action.inputs);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
  if (unknown.length > 0) throw new Error(`${folder} has no input ${unknown.join(', ')}.`);
  const inputs = Object.fromEntries(
    declared.map(([name, { default: otherwise = '' }]) => [name, given[name] ?? filledIn(otherwise, place.contexts)]),
  );
  const contexts = { ...place.contexts, inputs };
  const environment = { ...place.environment, GITHUB_ACTION_PATH: folder };
  const { status, steps } = await runSteps(action.runs.steps, { ...place, contexts, environment });
  const values = Object.entries<{ readonly value: string }>(action.outputs).map(([name, { value }]) => [name, value]);
  return { outputs: outputsOf(Object.fromEntries(values), { ...contexts, steps }), outcome: status };
}

async function runScript(script: string, { runner, environment, said }: Place) {
  const folder = await mkdtemp(join(runner.temporary, 'step-'));
  const [file, output, summary] = ['script.sh', 'output', 'summary'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([
    writeFile(file, script),
    writeFile(output, ''),
    writeFile(summary, ''),
    mkdir(runner.workspace, { recursive: true }),
  ]);
  const files = {
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: runner.temporary,
    GITHUB_WORKSPACE: runner.workspace,
  };
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
    cwd: runner.workspace,
    env: { ...environment, ...files },
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  said.log += stdout + stderr;
  said.summary += await readFile(summary, 'utf8');
  return {
    outputs: outputsIn(await readFile(output, 'utf8')),
    outcome: code === 0 ? ('success' as const) : ('failure' as const),
  };
}

/** `name=value` a line, as all of ours are. */
function outputsIn(written: string): Texts {
  const lines = written.split('\n').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
