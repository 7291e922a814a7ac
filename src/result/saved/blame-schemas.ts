/** The schema of who changed a pool last. */
import {
  agentNames,
  blameOutcomes,
  changeEventNames,
  codeAgents,
  principalKinds,
  type Blame,
  type BlamedEvent,
  type CodeEvent,
  type Nights,
  type Principal,
} from '../../domain/model/blame.ts';
import { gapCodes, type Failure } from '../../domain/model/observation.ts';
import { choice, described, flag, moment, nullable, record, text } from './schema-pieces.ts';

const principal = record<Principal>({
  kind: choice(principalKinds),
  name: nullable(text),
  session: described('What whoever assumed the role calls it, often an e-mail address.', nullable(text)),
  arn: nullable(text),
});

export const blame = record<Blame>({
  outcome: described(
    'named: the event is the last that can have changed the pool; else why none can be named.',
    choice(blameOutcomes),
  ),
  event: nullable(
    record<BlamedEvent>({
      id: text,
      name: choice(changeEventNames),
      at: moment,
      who: principal,
      agent: described('From what; null: nothing in the event tells.', nullable(choice(agentNames))),
      namesOnlyPool: described('It named the pool and nothing else, which sets MFA to OFF.', flag),
    }),
  ),
  failure: nullable(record<Failure>({ code: choice(gapCodes), message: text, remedy: text })),
  nights: described(
    'The runs between which the pool changed, by when they began; null: no earlier run tells.',
    nullable(record<Nights>({ after: nullable(moment), by: moment })),
  ),
});

export const codeEvent = described(
  'The last event known of a tool that manages the pool as code; it is kept from baseline to baseline.',
  record<CodeEvent>({ agent: choice(codeAgents), at: moment, eventId: text }),
);
