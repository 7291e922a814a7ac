import { visible } from './escape/visible.ts';

/** What a run tells of itself while it goes on. A message is a fixed text; what varies stands in its fields. */
export interface Log {
  debug(message: string, fields: LogFields): void;
  trace(message: string, fields: LogFields): void;
}

/** Flat, and chosen one by one: whole objects of AWS could hold credentials. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
export const logFormats = ['json', 'pretty'] as const;
export type LogFormat = (typeof logFormats)[number];

/** Members that hold credentials or secrets wherever AWS's shapes or ours carry them, should a field ever be named so. */
const secretMembers = [
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'AccessKeyId',
  'SecretAccessKey',
  'SessionToken',
  'externalId',
  'ExternalId',
  'authorization',
  'Authorization',
  'x-amz-security-token',
];

/**
 * A log on standard error; `null` where the level shows nothing of it, so that nobody gathers what would be thrown away.
 * What a user must know is no matter of the log: warnings are sentences, in the report or on standard error.
 */
export async function openLog(level: LogLevel, format: LogFormat): Promise<Log | null> {
  if (level !== 'debug' && level !== 'trace') return null;
  // Loaded here and not at the top, so that help starts as fast as Node does.
  const { pino } = await import('pino');
  const paths = secretMembers.map((member) => `["${member}"]`);
  const options = { level, redact: { paths, censor: '[redacted]' }, base: null };
  const logger =
    format === 'json'
      ? pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
      : pino(options, await prettyStream());
  return {
    debug: (message, fields) => logger.debug(visibleFields(fields), message),
    trace: (message, fields) => logger.trace(visibleFields(fields), message),
  };
}

/** Names of errors are whatever answered, a proxy for one, and a terminal acts on some characters. */
export function visibleFields(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
  );
}

/** Fields that a reader knows by what they hold. */
const plain: ReadonlySet<string> = new Set(['account', 'region', 'pool', 'operation', 'quota', 'reason', 'failure']);

/** For a person, in one line: what is `null` is left out. */
export function logLine(message: string, fields: LogFields): string {
  const words = Object.entries(fields).flatMap(([name, value]) => {
    if (value === null) return [];
    return [plain.has(name) ? String(value) : `${name}=${value}`];
  });
  return [message, ...words].join('  ');
}

async function prettyStream() {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: 2,
    sync: true,
    colorize: process.stderr.isTTY,
    translateTime: 'UTC:HH:MM:ss.l',
    ignore: 'level',
    hideObject: true,
    messageFormat: ({ level: _level, time: _time, msg, ...fields }) => logLine(String(msg), fields as LogFields),
  });
}
