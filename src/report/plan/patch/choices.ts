/** Apart from what writes them, so that the command line knows the names without loading it. */
import { patchTools } from '../../../domain/patch/members.ts';

/** A tool, or the one that manages each pool; then pools that none is known to manage have no patch. */
export const patchChoices = [...patchTools, 'auto'] as const;
export type PatchChoice = (typeof patchChoices)[number];
