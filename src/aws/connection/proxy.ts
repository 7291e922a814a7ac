/** The proxy between here and AWS: where it is, and what its refusals are. */
import { UserError } from '../../errors.ts';
import { errors, Pool, type Dispatcher } from './dispatchers.ts';
import { isWebAddress, withoutPassword } from './web-address.ts';

/** HTTPS_PROXY as a URL; empty for none. Many write it without `http://`, as curl and the AWS CLI allow. */
export function proxyAddress(): string {
  const given = process.env['https_proxy'] ?? process.env['HTTPS_PROXY'] ?? '';
  if (given === '') return '';
  const url = given.includes('://') ? given : `http://${given}`;
  if (isWebAddress(url)) return url;
  throw new UserError(
    `HTTPS_PROXY: ${withoutPassword(given)} is not the address of a proxy. Write http://HOST:PORT, or unset it.`,
  );
}

/**
 * NO_PROXY for undici, meaning what it means to the AWS CLI, for which it was written: names with commas between them, each
 * with all below it, or `*` alone. An entry that the CLI matches with nothing (`*.example.com`, a range of addresses, names
 * with spaces between them, the port that nobody writes) exempts nothing here either, which undici would have otherwise.
 *
 * @throws UserError for such an entry that was written for AWS's hosts
 */
export function exemptHosts(noProxy: string): string {
  if (noProxy === '*') return noProxy;
  const entries = noProxy.split(',').map((entry) => entry.trim());
  for (const entry of entries) refuseIdle(entry, entries.length > 1);
  return entries
    .map((entry) => entry.replace(/^\.+/, ''))
    .filter((entry) => entry !== '' && !isIdle(entry))
    .join(',');
}

function isIdle(entry: string): boolean {
  return /[*\s/]|:443$/.test(entry);
}

/** Suffixes of AWS's host names, in all partitions. Source: botocore 1.43, partitions.json. */
const awsHost = /amazonaws\.(?:com|eu)|\bapi\.aws\b|\bamazonwebservices\./i;

/** Other programs take it for AWS's hosts: whoever wrote it counts on it. */
function refuseIdle(entry: string, isInList: boolean): void {
  if (!isIdle(entry) || !(entry === '*' || awsHost.test(entry))) return;
  throw new UserError(
    `NO_PROXY: ${JSON.stringify(entry)} matches nothing${entry === '*' && isInList ? ' beside other names' : ''}, here and in the AWS CLI. ${wayOut(entry, isInList)}`,
  );
}

function wayOut(entry: string, isInList: boolean): string {
  if (entry === '*') return isInList ? 'Write * alone, for every host, or take it out.' : 'Write it without spaces.';
  const names = entry.split(/\s+/).map((name) => name.replace(/^[*.]+/, '').replace(/:443$/, ''));
  return /[*/]/.test(names.join())
    ? 'Write the name of a host, or the end of one: amazonaws.com.'
    : `Write ${names.join(',')}.`;
}

/** The entry by which a host is exempt, of what `exemptHosts` gave; `null`: it is not. Undici decides likewise. */
export function exemptingEntry(exempt: string, hostname: string, port: number | null): string | null {
  const names = [hostname.toLowerCase(), `${hostname.toLowerCase()}:${port ?? 443}`];
  const entries = exempt.split(',').filter((entry) => entry !== '');
  return entries.find((entry) => entry === '*' || names.some((name) => isAtOrBelow(name, entry.toLowerCase()))) ?? null;
}

function isAtOrBelow(name: string, entry: string): boolean {
  return name === entry || name.endsWith(`.${entry}`);
}

/** The proxy opened no way to AWS. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  /** `null`: it ended the connection without an answer. */
  readonly status: number | null;

  constructor(status: number | null, cause: unknown) {
    const answer = status === null ? 'ends the connection' : `answers ${status}`;
    super(`the proxy of HTTPS_PROXY ${answer} and lets the request not pass`, { cause });
    this.status = status;
  }
}

/**
 * Connections to the proxy. Where one ends before there is a way, undici takes that for a connection to be opened again, at
 * once and for ever: over a thousand a second, and the request never ends (undici 7.30, `onError` of its client).
 */
export class ProxyPool extends Pool {
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(options: Dispatcher.ConnectOptions, callback: ConnectCallback): void;
  override connect(options: Dispatcher.ConnectOptions, callback?: ConnectCallback): unknown {
    if (callback !== undefined) return super.connect(options, callback);
    return super.connect(options).catch((error: unknown) => {
      throw error instanceof errors.SocketError ? new ProxyRefusal(null, error) : error;
    });
  }
}

type ConnectCallback = (error: Error | null, data: Dispatcher.ConnectData) => void;

/** undici has only a sentence for it. */
export function asProxyRefusal(error: Error): Error {
  const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
  return status === undefined ? error : new ProxyRefusal(Number(status), error);
}
