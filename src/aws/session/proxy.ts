/** The proxy between here and AWS: where it is, and what its refusals are. */
import { UserError } from '../../errors.ts';
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
 */
export function exemptHosts(noProxy: string): string {
  if (noProxy === '*') return noProxy;
  const entries = noProxy.split(',').map((entry) => entry.trim().replace(/^\.+/, ''));
  return entries.filter((entry) => entry !== '' && !/[*\s/]|:443$/.test(entry)).join(',');
}

/** The proxy answered, and opened no way to AWS. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly status: number;

  constructor(status: number, cause: Error) {
    super(`the proxy of HTTPS_PROXY answers ${status} and lets the request not pass`, { cause });
    this.status = status;
  }
}

/** undici has only a sentence for it. */
export function asProxyRefusal(error: Error): Error {
  const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
  return status === undefined ? error : new ProxyRefusal(Number(status), error);
}
