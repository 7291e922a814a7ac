import type { Logger } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
export const logFormats = ['json', 'pretty'] as const;
export type LogFormat = (typeof logFormats)[number];

/** Members that hold credentials or secrets wherever AWS's shapes or ours carry them. */
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

/** A logger on standard error. A message is a fixed text; what varies stands in its fields. */
export async function createLogger(level: LogLevel, format: LogFormat): Promise<Logger> {
  // Loaded here and not at the top, so that help starts as fast as Node does.
  const { pino } = await import('pino');
  const paths = secretMembers.flatMap((member) => [`["${member}"]`, `*["${member}"]`, `*.*["${member}"]`]);
  const options = { level, redact: { paths, censor: '[redacted]' }, base: null };
  if (format === 'json')
    return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(
    options,
    pretty({ destination: 2, sync: true, colorize: process.stderr.isTTY, translateTime: 'UTC:HH:MM:ss' }),
  );
}
