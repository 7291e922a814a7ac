import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import type { Reading } from '../../src/domain/model/observation.ts';
import type { SeenLook } from '../../src/ports/account-writer.ts';
import { read } from '../domain/a-pool.ts';

/** What a look finds whose further reads, but those given, answered with nothing. */
export function aLook<Read extends Reading>(
  mfaConfig: Read,
  further: Partial<SeenLook> = {},
): SeenLook & { readonly mfaConfig: Read } {
  const empty = byFurtherRead(() => read({}));
  return { kind: 'seen', observedAt: '', requestId: null, ...empty, ...further, mfaConfig };
}
