/** `--shard`: which part of the accounts this run reads, as the user says or as a job engine's variables do. */
import type { Shard } from '../../domain/result/shard.ts';
import { UserError } from '../../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Engine {
  readonly name: string;
  readonly indexVariable: string;
  /** What the engine calls its first job. */
  readonly firstIndex: 0 | 1;
}

interface CountingEngine extends Engine {
  readonly countVariable: string;
}

/**
 * AWS Batch user guide, "Job environment variables"; Azure Pipelines, "Use predefined variables", `System.…` as the agent
 * exports it; Buildkite, "Environment variables"; CircleCI, "Project values and variables"; GitLab, "Predefined CI/CD
 * variables".
 */
const countingEngines: readonly CountingEngine[] = [
  {
    name: 'an AWS Batch array job',
    indexVariable: 'AWS_BATCH_JOB_ARRAY_INDEX',
    countVariable: 'AWS_BATCH_JOB_ARRAY_SIZE',
    firstIndex: 0,
  },
  {
    name: 'an Azure Pipelines job',
    indexVariable: 'SYSTEM_JOBPOSITIONINPHASE',
    countVariable: 'SYSTEM_TOTALJOBSINPHASE',
    firstIndex: 1,
  },
  {
    name: 'a Buildkite parallel job',
    indexVariable: 'BUILDKITE_PARALLEL_JOB',
    countVariable: 'BUILDKITE_PARALLEL_JOB_COUNT',
    firstIndex: 0,
  },
  { name: 'a CircleCI job', indexVariable: 'CIRCLE_NODE_INDEX', countVariable: 'CIRCLE_NODE_TOTAL', firstIndex: 0 },
  { name: 'a GitLab parallel job', indexVariable: 'CI_NODE_INDEX', countVariable: 'CI_NODE_TOTAL', firstIndex: 1 },
];

/** Kubernetes documentation, "Jobs", completion mode: a pod is told its index and not how many there are. */
const kubernetes: Engine = {
  name: 'a Kubernetes indexed job',
  indexVariable: 'JOB_COMPLETION_INDEX',
  firstIndex: 0,
};

/**
 * @param spec `I/N` with I from 1, `auto`, or `auto/N`; without it the run reads every account (`null`)
 * @throws UserError for anything else, and where the variables are not there, contradict each other or don't fit.
 */
export function shardOf(spec: string | undefined, environment: Environment): Shard | null {
  if (spec === undefined) return null;
  if (spec === 'auto') return countedShard(environment);
  const [, index = '', count = ''] = /^(auto|\d+)\/(\d+)$/.exec(spec) ?? [];
  if (count === '') throw new UserError(`--shard ${spec}: it must be I/N such as 1/4, auto, or auto/N.`);
  const jobs = requireCount(Number(count), `--shard ${spec}`);
  if (index === 'auto') return kubernetesShard(jobs, environment);
  return requireIndex({ index: Number(index), count: jobs }, `--shard ${spec}`);
}

function countedShard(environment: Environment): Shard {
  const engines = countingEngines.filter(({ indexVariable }) => isSet(environment, indexVariable));
  const [engine] = engines;
  if (engine === undefined) throw new UserError(noEngine(environment));
  if (engines.length > 1) {
    const names = engines.map(({ name, indexVariable }) => `${name} (${indexVariable})`).join(' and ');
    throw new UserError(`--shard auto: this is ${names} at once. Say which part is meant: --shard I/N.`);
  }
  const count = requireCount(numberOf(environment, engine.countVariable), engine.countVariable);
  return requireIndex({ index: indexOf(engine, environment), count }, `--shard auto (${engine.name})`);
}

function kubernetesShard(count: number, environment: Environment): Shard {
  if (!isSet(environment, kubernetes.indexVariable)) {
    throw new UserError(
      `--shard auto/${count}: ${kubernetes.indexVariable} is not set, so this is no pod of ${kubernetes.name} ` +
        '(completionMode: Indexed). In other job engines it is --shard auto.',
    );
  }
  return requireIndex(
    { index: indexOf(kubernetes, environment), count },
    `--shard auto/${count} (${kubernetes.name}; N must be its completions)`,
  );
}

function noEngine(environment: Environment): string {
  const wanted = countingEngines.map(({ name, indexVariable }) => `${name} (${indexVariable})`).join(', ');
  const way = isSet(environment, kubernetes.indexVariable)
    ? `${kubernetes.name} does not tell how many pods there are: --shard auto/N, with N its completions.`
    : 'Say which part is meant: --shard I/N.';
  return `--shard auto: this is none of ${wanted}. ${way}`;
}

function indexOf({ indexVariable, firstIndex }: Engine, environment: Environment): number {
  return numberOf(environment, indexVariable) + 1 - firstIndex;
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? '') !== '';
}

function numberOf(environment: Environment, name: string): number {
  const value = environment[name] ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  throw new UserError(`--shard auto: ${name} must be a whole number, not "${value}".`);
}

function requireCount(count: number, subject: string): number {
  if (count >= 1 && Number.isSafeInteger(count)) return count;
  throw new UserError(`${subject}: there must be at least one shard.`);
}

function requireIndex(shard: Shard, subject: string): Shard {
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new UserError(`${subject}: there is no shard ${shard.index} of ${shard.count}; the first is 1.`);
}
