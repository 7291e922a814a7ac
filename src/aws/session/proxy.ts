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
