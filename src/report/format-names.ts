/** Apart from the formats themselves, so that the command line knows the names without loading what draws. */
export const formatNames = [
  'table',
  'json',
  'ndjson',
  'csv',
  'junit',
  'sarif',
  'github',
  'github-summary',
  'markdown',
  'html',
  'ocsf',
  'asff',
] as const;
export type FormatName = (typeof formatNames)[number];

/** Of the commands that show something and change nothing. */
export const documentFormats = ['table', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];
