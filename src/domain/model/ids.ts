/** The ids of accounts and pools, as AWS makes them; patterns are for schemas and for longer texts that hold one. */

/** Source: AWS Organizations API reference, `Account.Id`. */
export const accountIdPattern = String.raw`\d{12}`;
/**
 * The region's name, `_`, and letters and digits. The API reference (`UserPoolIdType`) takes any word before the `_`; but a
 * pool's name may hold the same characters, and with the region no name of another form can pose as an id.
 */
export const poolIdPattern = String.raw`[a-z]{2,}(?:-[a-z0-9]+)+-\d+_[0-9A-Za-z]+`;

const accountId = new RegExp(`^${accountIdPattern}$`);
const poolId = new RegExp(`^${poolIdPattern}$`);

export function isAccountId(text: string): boolean {
  return accountId.test(text);
}

export function isPoolId(text: string): boolean {
  return poolId.test(text);
}
