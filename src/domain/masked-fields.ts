/** What copies for sharing do not show. */

export const mask = '(masked)';

/** Whether a path is, or lies below, the external id of a pool's SMS role. */
export function isMasked(path: string): boolean {
  return /(?:^|\.)ExternalId(?:\.|$)/.test(path);
}
