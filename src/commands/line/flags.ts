import { Option, type Command } from 'commander';
import {
  collect,
  collectAccounts,
  collectRegions,
  suggest,
  toAccountId,
  toMilliseconds,
  toSeconds,
  wholeNumber,
} from './flag-values.ts';
import { logFormats, logLevels, type LogFormat, type LogLevel } from '../../log.ts';
import { maxAccounts, maxPools } from '../../sandbox/fleet/limits.ts';
import { documentFormats } from '../../report/format.ts';
import { newestOcsf, ocsfVersions, type OcsfVersion } from '../../report/formats/ocsf/version.ts';
import { addSettingFlags, type Settled } from './setting-flags.ts';

/** Of every command that calls AWS. */
export interface LogFlags {
  readonly logLevel: LogLevel;
  readonly logFormat?: LogFormat;
  readonly debug: boolean;
}

/** Of those that read many accounts. */
export interface OutputFlags extends LogFlags {
  readonly color: 'on' | 'off' | 'auto';
  readonly quiet: boolean;
  readonly progress: boolean;
}

/** Which configuration and policies are read. */
export interface PolicyFlags extends Settled {
  readonly config?: string;
}

/** How AWS is reached; the names are the AWS CLI's. */
export interface ConnectionFlags {
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly caBundle?: string;
  readonly cliReadTimeout: number;
  readonly cliConnectTimeout: number;
  readonly verifySsl: boolean;
}

/** How the SDK's connections are made by these flags, for so many requests at once. */
export function connectionOf(flags: ConnectionFlags, concurrency: number) {
  return {
    profile: flags.profile ?? null,
    endpointUrl: flags.endpointUrl ?? null,
    http: {
      connectTimeoutMs: flags.cliConnectTimeout * 1000,
      readTimeoutMs: flags.cliReadTimeout * 1000,
      caBundle: flags.caBundle ?? null,
      verifiesCertificates: flags.verifySsl,
      concurrency,
    },
  };
}

/** Of the commands that show something and change nothing. */
export interface DocumentFlags {
  readonly report?: readonly string[];
}

export interface ReportRenderFlags {
  readonly color: OutputFlags['color'];
  /** Milliseconds. */
  readonly maxAge: number;
}

export interface ReportFlags {
  readonly query?: string;
  /** `true`: also in json and ndjson, for sharing; `false`: nowhere; without: in what is made to be read or shared. */
  readonly redact?: boolean;
  readonly baseline?: string;
  readonly evidence?: string;
  /** Security Hub refuses findings of any other account than the importing one's. */
  readonly asffAccount?: string;
  readonly ocsfVersion?: OcsfVersion;
}

export interface AuditFlags extends OutputFlags, PolicyFlags, ConnectionFlags, ReportFlags {
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly failOnNew: boolean;
  readonly exitZero: boolean;
  readonly shard?: string;
  readonly runDir?: string;
  readonly resume: boolean;
  readonly history?: string;
  /** Milliseconds. */
  readonly maxAge: number;
  readonly deliveries?: string;
}

export function addOutputFlags(command: Command): Command {
  return addLogFlags(
    command
      .addOption(colorOption())
      .option('--quiet', 'only the report, errors and the exit line', false)
      .option('--no-progress', 'no progress on standard error'),
  );
}

export function addLogFlags(command: Command): Command {
  return command
    .addOption(logLevelOption())
    .addOption(new Option('--log-format <format>', 'json, or pretty (the default on a terminal)').choices(logFormats))
    .option('--debug', 'log each request, each change of pace and each skip (--log-level debug)', false);
}

export function colorOption(): Option {
  return new Option('--color <when>', 'colour the report').choices(['on', 'off', 'auto']).default('auto');
}

function logLevelOption(): Option {
  return new Option('--log-level <level>', 'how much to log on standard error: debug, trace; else nothing')
    .choices(logLevels)
    .default('warn');
}

/** `--report` with a few formats of a command's own; repeatable. */
export function fewFormatsOption(formats: readonly string[]): Option {
  const option = new Option(
    '--report <format[=file]>',
    `${formats.join(', ')}; without a file on standard output (repeatable; default: table)`,
  );
  return suggest(option, formats).argParser(collect);
}

export function addDocumentFlags(command: Command): Command {
  return command.addOption(fewFormatsOption(documentFormats));
}

export function addPlaceFlags(command: Command): Command {
  return command
    .option('--account <id>', "the pool's account", collectAccounts)
    .option('--region <name>', "the pool's region", collectRegions);
}

export function maxAgeOption(description: string, defaultHours = 24): Option {
  return new Option('--max-age <duration>', description)
    .argParser(toMilliseconds)
    .default(defaultHours * 3_600_000, `${defaultHours}h`);
}

export function addPolicyFlags(command: Command): Command {
  const described = command.option(
    '--config <file>',
    'configuration (default: mfa-drift.yaml or .yml, where it exists)',
  );
  return addSettingFlags(described, 'policies');
}

export function addConnectionFlags(command: Command): Command {
  return command
    .option('--profile <name>', 'profile of the AWS configuration')
    .option('--endpoint-url <url>', 'send every request there instead of to AWS')
    .option('--ca-bundle <file>', 'certificates to trust, PEM')
    .option('--cli-read-timeout <seconds>', 'end a request that is not answered by then', toSeconds, 30)
    .option('--cli-connect-timeout <seconds>', 'give up connecting after that long', toSeconds, 10)
    .option('--no-verify-ssl', "don't check certificates");
}

/** `--report` settles a setting; where no configuration is read it is a flag like any other. */
export function addReportFlags(command: Command): Command {
  return addRenderingFlags(addSettingFlags(command, 'report'));
}

/** What is done with reports, beside the flag that names them. */
export function addRenderingFlags(command: Command): Command {
  refuseBoth(command, 'redact', 'no-redact');
  return command
    .option('--query <jmespath>', 'filter JSON on standard output')
    .option('--redact', 'mask external ids and foreign account ids in saved results too, to share them')
    .option('--no-redact', 'do not mask them in reports made to be read or shared')
    .option('--baseline <result>', 'a saved result: say what is new since, what persists and what is resolved')
    .option('--evidence <folder>', 'write an evidence pack: result, policies, coverage, findings, page, manifest')
    .option('--asff-account <id>', "the account that imports ASFF findings (default: the caller's)", toAccountId)
    .addOption(
      new Option('--ocsf-version <version>', `the release of OCSF to write (default: ${newestOcsf})`).choices(
        ocsfVersions,
      ),
    );
}

/** Two flags of one name and its opposite: commander would let the last one win. */
function refuseBoth(command: Command, ...flags: readonly [string, string]): void {
  const given = new Set<string>();
  for (const flag of flags) {
    command.on(`option:${flag}`, () => {
      given.add(flag);
      if (given.size > 1)
        command.error(`error: --${flags.join(' and --')} can't go together: one masks what the other shows.`);
    });
  }
}

/** @param verb what is done with the accounts and regions that are named, as a command */
export function addNarrowingFlags(command: Command, verb: string): Command {
  return command
    .option('--account <id>', `${verb} only this account (repeatable, or several with commas)`, collectAccounts)
    .option('--region <name>', `${verb} only this region (repeatable, or several with commas)`, collectRegions);
}

export function addAuditFlags(command: Command): Command {
  return addSettingFlags(addNarrowingFlags(command, 'audit'), 'audit')
    .option('--fail-on-new', 'only findings that are new against --baseline make exit code 2', false)
    .option('--exit-zero', 'exit 0 instead of 2 or 3', false)
    .option('--shard <part>', 'audit one part of the accounts: I/N, auto/N (Kubernetes), or auto (other job engines)')
    .option('--run-dir <folder>', 'keep the run there (default: .mfa-drift/run, deleted at the end)')
    .option('--resume', 'go on with an interrupted run', false)
    .addOption(maxAgeOption('how old what it has read may be to go on with it', 12));
}

/** Which organization the sandbox holds, and how it behaves. */
export interface SandboxFlags {
  readonly fleet?: string;
  readonly seed?: number;
  readonly accounts?: number;
  readonly pools?: number;
  readonly faults?: string;
  /** `ID=ANSWER`. */
  readonly unverified?: readonly string[];
  readonly port?: number;
}

export function addSandboxFlags(command: Command): Command {
  return command
    .option('--fleet <file>', 'the organization, YAML (default: the shipped demo fleet)')
    .option('--seed <n>', 'make an organization up from this seed instead', wholeNumber(0))
    .option('--accounts <n>', 'how many accounts to make up (with --seed)', wholeNumber(1, maxAccounts))
    .option('--pools <n>', 'how many user pools to make up (with --seed)', wholeNumber(0, maxPools))
    .option('--faults <file>', 'faults to inject, YAML')
    .option('--unverified <id=answer>', 'settle a question that nobody has measured (repeatable)', collect)
    .option('--port <n>', 'listen there (default: any free port)', wholeNumber(0, 65_535));
}
