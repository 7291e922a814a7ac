/**
 * What action.yml runs: the program with the flags that the inputs ask for, then the outputs out of the files that it
 * wrote. Ends with the program's exit code, or with 0 where `exit-zero` says that drift and gaps are no failure.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const verdicts = {
  0: 'compliant',
  1: 'error',
  2: 'drift',
  3: 'incomplete',
  4: 'failed',
  130: 'interrupted',
  143: 'interrupted',
};
const extensions = {
  markdown: 'md',
  'github-summary': 'summary.md',
  junit: 'xml',
  ocsf: 'ocsf.json',
  asff: 'asff.json',
};
const { env } = process;

const command = text('COMMAND');
const output = text('OUTPUT');
const journal = join(env.RUNNER_TEMP ?? output, 'mfa-drift.journal.ndjson');
const files = {
  result: join(output, 'result.json'),
  plan: join(output, 'plan.json'),
  markdown: join(output, command === 'plan' || command === 'apply' ? `${command}.md` : 'result.md'),
  sarif: join(output, 'result.sarif'),
  journal: join(output, 'journal-masked.ndjson'),
};

/** Of each command: which inputs are flags of it, and what it is told to write. */
const judging = [...given('config'), ...repeated('policies')];
const auditing = [...judging, ...given('fail-on'), ...switchedOn('fail-on-new')];
const results = () => ['--report', 'table', '--report', 'github-summary', ...saved()];
const commands = {
  audit: () => [...auditing, ...given('baseline'), ...given('from'), ...results()],
  report: () => [...positional(), ...given('baseline'), ...results()],
  plan: () => [...auditing, '--out', files.plan, '--report', 'table', '--report', `markdown=${files.markdown}`],
  apply: () => [
    ...positional(),
    ...judging,
    ...given('digest'),
    '--yes',
    '--journal',
    journal,
    '--report',
    'table',
    '--report',
    `markdown=${files.markdown}`,
  ],
  doctor: () => judging,
  'policy check': () => judging,
  'policy test': () => judging,
};

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old: 20.19 or later (actions/setup-node).`);
if (!Object.hasOwn(commands, command))
  fail(`command: ${JSON.stringify(command)} is none of ${Object.keys(commands).join(', ')}.`);
if (command === 'apply' && text('DIGEST') === '') fail('digest: apply needs the digest of the plan that was approved.');
mkdirSync(output, { recursive: true });

const code = await run([...command.split(' '), ...commands[command](), ...lines('ARGS')], process.stdout);
if (existsSync(journal)) await run(['journal', journal, '--redact'], createWriteStream(files.journal));
if (command === 'plan' || command === 'apply') summarize();
say({ 'exit-code': code, verdict: verdicts[code] ?? 'error', ...countsOfResult(), ...countsOfPlan(), ...written() });
process.exitCode = text('EXIT_ZERO') === 'true' && (code === 2 || code === 3) ? 0 : code;

function run(args, target) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  child.stdout.pipe(target, { end: target !== process.stdout });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
}

function text(name) {
  return (env[`INPUT_${name}`] ?? '').trim();
}

function lines(name) {
  return text(name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function variable(input) {
  return input.toUpperCase().replaceAll('-', '_');
}

function given(input) {
  const value = text(variable(input));
  return value === '' ? [] : [`--${input}`, value];
}

function switchedOn(input) {
  return text(variable(input)) === 'true' ? [`--${input}`] : [];
}

function repeated(input) {
  return lines(variable(input)).flatMap((value) => [`--${input}`, value]);
}

/** Files as they are given; of a folder, the .json files in it, by name. */
function positional() {
  return lines('FILES').flatMap((path) =>
    existsSync(path) && statSync(path).isDirectory()
      ? readdirSync(path)
          .filter((file) => file.endsWith('.json'))
          .sort()
          .map((file) => join(path, file))
      : [path],
  );
}

function saved() {
  const formats = text('FORMATS')
    .split(/[\s,]+/)
    .filter((format) => format !== '' && format !== 'json');
  return [
    '--report',
    `json=${files.result}`,
    ...formats.flatMap((format) => ['--report', `${format}=${join(output, `result.${extensions[format] ?? format}`)}`]),
  ];
}

function summarize() {
  if (env.GITHUB_STEP_SUMMARY && existsSync(files.markdown))
    appendFileSync(env.GITHUB_STEP_SUMMARY, readFileSync(files.markdown));
}

/** Of a result that this step wrote. */
function countsOfResult() {
  if ((command !== 'audit' && command !== 'report') || !existsSync(files.result)) return {};
  const { summary, run: head, pools } = JSON.parse(readFileSync(files.result, 'utf8'));
  const isNew = ({ change, status }) => change === 'new' && status === 'drift';
  const compared =
    head.baseline === null ? {} : { new: pools.flatMap(({ findings }) => findings).filter(isNew).length };
  return { pools: summary.pools.total, drifted: summary.drift.failing, gaps: summary.gaps.open, ...compared };
}

/** Of a plan that this step made, just now. */
function countsOfPlan() {
  if (command !== 'plan' || !existsSync(files.plan)) return {};
  const { changes, digest } = JSON.parse(readFileSync(files.plan, 'utf8'));
  return { changes: changes.length, digest };
}

function written() {
  return Object.fromEntries(Object.entries(files).filter(([, file]) => existsSync(file)));
}

function say(outputs) {
  const entries = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, entries.join(''));
}

function fail(message) {
  process.stderr.write(`::error title=mfa-drift::${message}\n`);
  process.exit(1);
}
