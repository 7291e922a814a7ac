/** Apart from the formats themselves, so that the command line knows the names without loading what draws. */
export const remediationFormats = ['table', 'markdown', 'json'] as const;
export type RemediationFormat = (typeof remediationFormats)[number];
