/** Files of an evidence pack that others know by name. */

export const manifestFile = 'manifest.json';
/** The result that everything else in the pack is made from. */
export const resultFile = 'result.json';
