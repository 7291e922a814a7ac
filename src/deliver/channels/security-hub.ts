/**
 * The findings of a night in AWS Security Hub: what stands is made or updated under the id that it has in every run, what is
 * resolved is archived, and what is archived elsewhere in the meantime stays the customer's business. Security Hub itself is
 * the memory: what is active there and not of this night any more is archived, also where an earlier night was not delivered.
 */
import { coverageOf } from '../../domain/baseline/coverage.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { placeKey } from '../../domain/model/observation.ts';
import type { Result } from '../../domain/result/result.ts';
import { counted } from '../../number-format.ts';
import { succeeded, type Attempt, type CallFailure } from '../../pacing/call-result.ts';
import type { FindingsHub, RefusedEntry } from '../../ports/delivery.ts';
import { asffFindings, findingsPerBatch } from '../../report/formats/asff/asff.ts';
import { sentence } from '../../report/text/sentence.ts';
import { type Channel, DeliveryError, type DeliveredNight } from '../channel.ts';
import { valueOf } from '../failures.ts';
import { archivedFinding, standsIn, type ActiveFinding } from './archived-finding.ts';

export function securityHubChannel(name: string, hub: FindingsHub): Channel {
  return {
    name,
    async deliver({ tonight }: DeliveredNight) {
      const active = await activeIn(hub);
      if (active.ok || active.failure.code !== 'AccessDenied')
        return importNight(hub, tonight, valueOf(active, hubRemedy(hub)));
      // What stands reaches the hub also from who may not read there.
      const said = await importNight(hub, tonight, new Map());
      throw new DeliveryError(
        `${said}, but what is there no more was not archived. ${sentence(active.failure.message)} ${active.failure.remedy}`,
      );
    },
  };
}

/** Says what was done. Takes out of `active` what stands; the rest is archived where this night could see that it is gone. */
async function importNight(hub: FindingsHub, tonight: Result, active: Map<string, ActiveFinding>): Promise<string> {
  const later = laterThan(tonight, active);
  if (later !== null) return `has a later night, of ${later}, so nothing was imported`;
  const sent = newBatches(hub);
  const unreadable = new Set<string>();
  for await (const pool of tonight.pools()) if (pool.status === 'unreadable') unreadable.add(placeKey(pool));
  const importer = { accountId: hub.accountId, region: hub.region };
  for await (const finding of asffFindings(tonight, { securityHub: importer })) {
    const update = withoutCustomers(finding);
    active.delete(update.Id);
    await sent.add(update);
  }
  const archived = await gone(tonight, active, unreadable);
  for (const finding of archived) await sent.add(archivedFinding(finding, tonight.head));
  return summary(await sent.end(), archived.length, hub);
}

/**
 * When a later night was imported; `null`: none was. What is not newer than what is there is ignored by the service (user
 * guide, "BatchImportFindings for finding providers"), and may not be ignored by what stands in its place.
 */
function laterThan({ head }: Result, active: ReadonlyMap<string, ActiveFinding>): string | null {
  const times = [...active.values()].flatMap(({ UpdatedAt: at }) => (typeof at === 'string' ? [at] : []));
  return times.find((at) => Date.parse(at) > Date.parse(head.run.finishedAt)) ?? null;
}

/** By id: what is active there before anything is sent. */
async function activeIn(hub: FindingsHub): Promise<Attempt<Map<string, ActiveFinding>>> {
  const found = new Map<string, ActiveFinding>();
  let token: string | null = null;
  do {
    const page: Awaited<ReturnType<FindingsHub['activeFindings']>> = await hub.activeFindings(token);
    if (!page.ok) return page;
    const { items, next } = page.value;
    // Whatever answers may not know of filters.
    for (const item of items) if (isOwn(item, hub)) found.set(item.Id, item);
    token = next === token ? null : next;
  } while (token !== null);
  return succeeded(found);
}

function isOwn(item: JsonObject, { accountId }: FindingsHub): item is ActiveFinding {
  const { Id: id, RecordState: state, AwsAccountId: account } = item;
  return typeof id === 'string' && id.startsWith('mfa-drift/') && state === 'ACTIVE' && account === accountId;
}

/** Where this night looked and could read, and what was found there earlier is not there any more. */
async function gone(
  tonight: Result,
  active: ReadonlyMap<string, ActiveFinding>,
  unreadable: ReadonlySet<string>,
): Promise<readonly ActiveFinding[]> {
  const coverage = await coverageOf(tonight);
  const accounts = new Set<string>();
  for await (const { accountId, status } of tonight.units()) if (status === 'read') accounts.add(accountId);
  const { scope, shard } = tonight.head.run;
  const isWhole = shard === null && Object.keys(scope.filters).length === 0;
  return [...active.values()].filter((finding) => !standsIn(finding, { coverage, accounts, unreadable, isWhole }));
}

interface Batches {
  add(finding: { readonly Id: string }): Promise<void>;
  end(): Promise<{ readonly sent: number; readonly refused: readonly RefusedEntry[] }>;
}

function newBatches(hub: FindingsHub): Batches {
  let batch: object[] = [];
  let sent = 0;
  const refused: RefusedEntry[] = [];
  async function send(): Promise<void> {
    if (batch.length === 0) return;
    refused.push(...valueOf(await hub.importFindings(batch), hubRemedy(hub)));
    sent += batch.length;
    batch = [];
  }
  return {
    async add(finding) {
      batch.push(finding);
      if (batch.length === findingsPerBatch) await send();
    },
    async end() {
      await send();
      return { sent, refused };
    },
  };
}

function summary(
  { sent, refused }: { readonly sent: number; readonly refused: readonly RefusedEntry[] },
  archived: number,
  { accountId, region }: FindingsHub,
): string {
  const where = `account ${accountId}, ${region}`;
  if (refused.length > 0) {
    const named = refused.slice(0, 5).map(({ id, code, message }) => `${id} (${code}: ${message})`);
    const rest = refused.length > named.length ? `, and ${refused.length - named.length} more` : '';
    throw new DeliveryError(
      `${refused.length} of ${counted(sent, 'finding')} were refused by Security Hub in ${where}: ${named.join(', ')}${rest}. Deliver the night again, and all of them are sent again.`,
    );
  }
  const ended =
    archived === 0 ? '' : `, ${archived} of them archived since ${archived === 1 ? 'it is' : 'they are'} there no more`;
  return `imported ${counted(sent, 'finding')} into ${where}${ended}`;
}

/** AWS leaves these to customers once a finding is there, and takes a provider's severity and types from `FindingProviderFields` (API reference, BatchImportFindings). */
function withoutCustomers(finding: object): { readonly Id: string } {
  const { Severity: _severity, Types: _types, Note: _note, Id: id, ...rest } = asJson(finding);
  return { ...rest, Id: typeof id === 'string' ? id : '' };
}

function asJson(finding: object): JsonObject {
  const value = JSON.parse(JSON.stringify(finding)) as JsonValue;
  return isJsonObject(value) ? value : {};
}

export function hubRemedy({ accountId, region }: Pick<FindingsHub, 'accountId' | 'region'>) {
  return ({ name }: CallFailure): string | null =>
    name === 'InvalidAccessException'
      ? `Enable Security Hub in ${region} of account ${accountId}, or name where it is: securityhub:ACCOUNT/REGION.`
      : null;
}
