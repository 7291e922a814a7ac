import { compileTypedSchema } from '../../yaml/schemas.ts';
import { readDocument } from '../read-document.ts';
import { findMistakes } from './check.ts';
import { expand } from './expand.ts';
import type { Fleet } from './fleet.ts';
import { fleetSchema, type FleetDocument } from './schema.ts';

const schema = compileTypedSchema<FleetDocument>(fleetSchema);

/** A fleet file. Throws `ComplaintsError` with every mistake and its place. */
export function loadFleet(file: string): Fleet {
  return expand(readDocument(file, schema, findMistakes));
}
