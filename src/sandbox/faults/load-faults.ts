import { compileTypedSchema } from '../../yaml/schemas.ts';
import { readDocument } from '../read-document.ts';
import type { FaultSet } from './faults.ts';
import { faultsSchema } from './schema.ts';

const schema = compileTypedSchema<FaultSet>(faultsSchema);

/** A faults file. Throws `ComplaintsError` with every mistake and its place. */
export function loadFaults(file: string): FaultSet {
  return readDocument(file, schema);
}
