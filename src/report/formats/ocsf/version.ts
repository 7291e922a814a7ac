/**
 * Releases of OCSF (github.com/ocsf/ocsf-schema, tags) in which every attribute that is written here has the same
 * meaning; a consumer may know only an older one, as AWS Security Hub, whose own findings are of 1.6.0.
 */
export const ocsfVersions = ['1.5.0', '1.6.0', '1.7.0', '1.8.0'] as const;
export type OcsfVersion = (typeof ocsfVersions)[number];

/** The newest that was released. */
export const newestOcsf: OcsfVersion = '1.8.0';
