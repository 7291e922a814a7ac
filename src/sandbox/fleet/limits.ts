/** What a machine holds in its memory, and ten times the largest organization that AWS admits. */
export const maxAccounts = 100_000;
export const maxPools = 1_000_000;
