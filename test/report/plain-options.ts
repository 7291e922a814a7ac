import type { FormatOptions } from '../../src/report/format.ts';

/** As a pipe has them, in a folder that is the repository's root. */
export const plainOptions: FormatOptions = {
  columns: 80,
  color: false,
  masking: 'shared',
  fallbackFile: 'mfa-drift.yaml',
  sources: { folder: '/repository', root: '/repository' },
};
