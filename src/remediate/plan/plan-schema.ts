/** The JSON Schema of a plan file; it is published as policies/schemas/plan.schema.json. */
import { momentPattern } from '../../domain/model/day.ts';
import { accountIdPattern } from '../../domain/model/ids.ts';
import type { Plan } from '../../domain/remediation/model/plan.ts';
import { refusalCodes } from '../../domain/remediation/model/refusals.ts';
import { risks } from '../../domain/model/risk.ts';
import { readiness } from '../../result/saved/record-schemas.ts';
import { nullable, reference } from '../../result/saved/schema-pieces.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const object = { type: 'object' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const moment = { type: 'string', pattern: momentPattern } as const;
const accountId = { type: 'string', pattern: `^${accountIdPattern}$` } as const;
const digest = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } as const;

/** An object with exactly these members. */
function record<Properties extends Readonly<Record<string, object>>>(properties: Properties) {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties } as const;
}

const place = { accountId, region: text, poolId: { type: 'string', minLength: 1 } } as const;

const because = record({
  policy: text,
  path: { description: 'The member of the configuration that changes.', type: 'string', minLength: 1 },
  from: { description: 'What the service reads now; null: nothing.' },
  to: { description: 'What is written; null: nothing is to be there.' },
  file: text,
  line: count,
});

const readinessOrNull = nullable(reference('readiness', readiness));

const change = record({
  ...place,
  poolName: text,
  users: { description: 'EstimatedNumberOfUsers of DescribeUserPool.', ...count },
  usersAtRisk: {
    description:
      'Users whom it could keep out, at the most: as readiness says, or all where that was not asked for or does not say all.',
    ...count,
  },
  risk: { enum: risks },
  reasons: { description: 'Why it has this risk.', ...texts },
  lockout: { description: 'For a change to ON: how users may be locked out, and what is not known of that.', ...texts },
  readiness: {
    description: 'How many of its users could still sign in; null: the change waits for nobody.',
    ...readinessOrNull,
  },
  reversible: { enum: ['full', 'partial', 'no'] },
  lost: { description: 'What undoing it does not give back.', ...texts },
  before: { description: "GetUserPoolMfaConfig's answer before.", ...object },
  call: { description: 'The input of SetUserPoolMfaConfig.', ...object },
  after: { description: 'What GetUserPoolMfaConfig is expected to answer afterwards.', ...object },
  because: { description: 'The lines of policies that ask for it.', type: 'array', items: because },
  remains: { description: 'Where an undone change leaves the pool otherwise than it was, all the same.', ...texts },
});

const planMembers = {
  schemaVersion: { const: '1' },
  kind: { const: 'Plan' },
  createdAt: moment,
  tool: record({ name: { const: 'mfa-drift' }, version: text }),
  organizationId: { type: ['string', 'null'] },
  runId: { description: 'Of the audit behind it, or of what is undone.', ...text },
  origin: {
    description: 'Who asks: policies, or nobody, since what a journal has is undone.',
    enum: ['policies', 'rollback'],
  },
  journal: {
    description: 'The journal whose changes a rollback undoes: its file, and the digest of its last line.',
    oneOf: [{ type: 'null' }, record({ file: text, digest })],
  },
  callerArn: {
    description: 'Who made it: the user, or the role with its session, as GetCallerIdentity says it; null: not known.',
    type: ['string', 'null'],
  },
  endpoints: { description: "Hosts of the endpoints that are not AWS's own, where it was read.", ...texts },
  complete: { description: 'Everything that it goes by could be read.', type: 'boolean' },
  poolsRead: count,
  digest: { description: 'Of the canonical JSON (RFC 8785) of the plan without this member.', ...digest },
  policies: { type: 'array', items: record({ file: text, sha256: text, names: texts, text }) },
  changes: { description: 'In the order in which they are made.', type: 'array', items: change },
  refused: {
    type: 'array',
    items: record({
      ...place,
      code: { enum: refusalCodes },
      message: text,
      readiness: { description: 'Where its users were asked whether they could still sign in.', ...readinessOrNull },
    }),
  },
} as const satisfies Record<keyof Plan, object>;

function isOf(origin: Plan['origin']) {
  return { type: 'object', properties: { origin: { const: origin } } } as const;
}

/** A change needs a policy's line that asks for it, or a journal that it is undone by. */
const restsOn = {
  allOf: [
    { if: isOf('policies'), else: { type: 'object', properties: { journal: object } } },
    { if: isOf('rollback'), else: { type: 'object', properties: { journal: { type: 'null' }, changes: askedFor() } } },
  ],
} as const;

function askedFor() {
  const asked = { type: 'object', properties: { because: { type: 'array', minItems: 1 } } } as const;
  return { type: 'array', items: asked } as const;
}

export const planSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mfa-drift:schema:v1:plan',
  title: 'mfa-drift plan',
  description:
    'Everything that mfa-drift apply will do: written by mfa-drift plan, or mfa-drift rollback --out, approved by its digest.',
  ...record(planMembers),
  ...restsOn,
  $defs: { readiness },
};
