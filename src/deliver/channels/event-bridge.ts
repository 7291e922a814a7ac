/** One event for each finding that opened or was resolved. */
import type { News } from '../../domain/news/news.ts';
import { jsonLine } from '../../escape/json.ts';
import { counted } from '../../number-format.ts';
import type { CallFailure } from '../../pacing/call-result.ts';
import type { BusEvent, EventBus, RefusedEntry } from '../../ports/delivery.ts';
import { newsRecord } from '../../report/news/news-record.ts';
import type { ResultHead } from '../../domain/result/result.ts';
import { type Channel, DeliveryError } from '../channel.ts';
import { valueOf } from '../failures.ts';
import type { Ledger } from '../ledger.ts';

/** A request takes ten entries and 256 KB in all (EventBridge user guide, "Calculating PutEvents event entry size"). */
const mostEvents = 10;
const mostBytes = 240_000;

export function eventBridgeChannel(name: string, bus: EventBus, ledger: Ledger): Channel {
  return {
    name,
    async deliver(night) {
      const { head } = night.tonight;
      let sent = 0;
      let before = 0;
      const refused: RefusedEntry[] = [];
      for await (const batch of batches(eventsOf(night.news(), head))) {
        const told = await sendOnce(bus, ledger, batch);
        sent += told.sent;
        before += told.before;
        refused.push(...told.refused);
      }
      if (refused.length > 0) throw refusal(refused, sent + before + refused.length, bus);
      const known = before === 0 ? '' : `; ${counted(before, 'was', 'were')} there already`;
      return `sent ${counted(sent, 'event')} to the bus ${bus.bus}${known}`;
    },
  };
}

async function sendOnce(bus: EventBus, ledger: Ledger, batch: readonly BusEvent[]) {
  const refused: RefusedEntry[] = [];
  const keyOf = ({ id }: BusEvent): string => `${bus.bus} ${id}`;
  const { before } = await ledger.onceEach(batch.map(keyOf), async (pending) => {
    const events = batch.filter((event) => pending.includes(keyOf(event)));
    refused.push(...valueOf(await bus.put(events), busRemedy(bus)));
    const failed = new Set(refused.map(({ id }) => id));
    return events.filter(({ id }) => !failed.has(id)).map(keyOf);
  });
  return { before, refused, sent: batch.length - before - refused.length };
}

function refusal(refused: readonly RefusedEntry[], all: number, { bus }: EventBus): DeliveryError {
  const named = refused
    .slice(0, 5)
    .map(({ id, code, message }) => `${id} (${code}${message === '' ? '' : `: ${message}`})`);
  const rest = refused.length > named.length ? `, and ${refused.length - named.length} more` : '';
  return new DeliveryError(
    `${refused.length} of ${counted(all, 'event')} were refused by the bus ${bus}: ${named.join(', ')}${rest}. Deliver the night again, and only those are sent.`,
  );
}

function busRemedy({ bus }: EventBus) {
  return ({ name }: CallFailure): string | null =>
    name === 'ResourceNotFoundException' ? `There is no event bus ${bus} there: make it, or correct its name.` : null;
}

const types: Readonly<Partial<Record<News['kind'], string>>> = {
  new: 'MFA Drift Finding Opened',
  resolved: 'MFA Drift Finding Resolved',
};

async function* eventsOf(news: AsyncIterable<News>, head: ResultHead): AsyncGenerator<BusEvent, void, void> {
  for await (const item of news) {
    const type = types[item.kind];
    if (type === undefined || (item.kind !== 'new' && item.kind !== 'resolved')) continue;
    const { poolArn: resource } = item.kind === 'new' ? item.pool : item.finding;
    const record = newsRecord(item, head);
    yield { id: record.id, type, time: head.run.startedAt, resource, detail: fitting(item, head) };
  }
}

/** A value that is too long for an event stands in the result. */
function fitting(item: Extract<News, { readonly kind: 'new' | 'resolved' }>, head: ResultHead): string {
  const whole = jsonLine(newsRecord(item, head));
  if (Buffer.byteLength(whole) <= mostBytes / 2) return whole;
  const without = { expected: null, actual: null };
  const short: News =
    item.kind === 'new'
      ? { ...item, finding: { ...item.finding, ...without } }
      : { ...item, finding: { ...item.finding, ...without } };
  return jsonLine({ ...newsRecord(short, head), isCut: true });
}

async function* batches(events: AsyncIterable<BusEvent>): AsyncGenerator<readonly BusEvent[], void, void> {
  let batch: BusEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = Buffer.byteLength(event.detail) + Buffer.byteLength(event.resource) + event.type.length + 32;
    if (batch.length === mostEvents || (batch.length > 0 && bytes + size > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
