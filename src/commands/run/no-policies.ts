import { byFurtherRead } from '../../domain/model/api/reads.ts';

/** For what reads pools whether there are policies or not. */
export const noPolicies = {
  policies: [],
  exceptions: [],
  files: [],
  members: byFurtherRead(() => []),
  sha256: '',
  warnings: [],
};
