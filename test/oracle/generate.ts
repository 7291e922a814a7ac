/** An organization and what its auditor wrote. */
import type * as fc from 'fast-check';
import type { Fleet } from '../../src/sandbox/fleet/fleet.ts';
import { generatedFleet } from './generate-fleet.ts';
import { generatedWriting } from './generate-writing.ts';
import type { Writing } from './language.ts';

export interface Scene {
  readonly fleet: Fleet;
  readonly writing: Writing;
}

/** `today`: `2026-11-22`; exceptions end before or after it. */
export function generatedScene(today: string): fc.Arbitrary<Scene> {
  return generatedFleet.chain((fleet) => generatedWriting(fleet, today).map((writing) => ({ fleet, writing })));
}
