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
