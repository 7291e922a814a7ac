/** The schemas of a journal's lines, for compiled-schemas.mjs. */
import { newAjv, writtenDown } from '../../yaml/schemas.ts';
import { journalEvents } from './events.ts';

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const objectOrNull = { type: ['object', 'null'] } as const;

const start = {
  $id: 'journal-start',
  type: 'object',
  required: ['at', 'event', 'runId', 'planDigest', 'organizationId', 'rollback', 'endpoints', 'callerArn'],
  properties: {
    at: text,
    event: { const: 'start' },
    runId: text,
    planDigest: textOrNull,
    organizationId: textOrNull,
    rollback: { type: 'boolean' },
    endpoints: { type: 'array', items: text },
    callerArn: text,
  },
} as const;

const entry = {
  $id: 'journal-entry',
  type: 'object',
  required: [
    'at',
    'event',
    'accountId',
    'region',
    'poolId',
    'before',
    'call',
    'after',
    'policies',
    'error',
    'callerArn',
    'writerArn',
    'previous',
  ],
  properties: {
    at: text,
    event: { enum: journalEvents },
    accountId: text,
    region: text,
    poolId: text,
    before: objectOrNull,
    call: objectOrNull,
    after: objectOrNull,
    policies: { type: 'array', items: text },
    error: textOrNull,
    callerArn: text,
    writerArn: textOrNull,
    previous: text,
  },
} as const;

/** @public */
export const ajv = newAjv(writtenDown);
ajv.addSchema([start, entry]);

/** @public */
export const schemas = { start: start.$id, entry: entry.$id };
