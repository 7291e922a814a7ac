import type { JsonObject } from '../../domain/model/json.ts';
import type { ServiceFailure } from '../service-failure.ts';

/** What goes over the wire, but for the headers that every answer has. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** Headers of this answer alone. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a service reads requests and writes answers. */
export interface Protocol {
  /** The request's members; throws `ServiceFailure` when the body cannot be read. */
  read(body: Buffer): JsonObject;
  answer(operation: string, output: JsonObject, requestId: string): Answer;
  fail(failure: ServiceFailure, requestId: string): Answer;
}
