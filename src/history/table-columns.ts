/** The columns of the tables of the history, with what each says: for files, documentation and queries. */

const run = { run_id: ['STRING', 'the run, as in runs'] } as const;
const place = {
  account_id: ['STRING', 'twelve digits, with leading zeros'],
  region: ['STRING', 'such as eu-west-1'],
  pool_id: ['STRING', 'the id of the user pool; a replica has its primary’s'],
} as const;

export const runs = {
  ...run,
  started_at: ['TIMESTAMP', 'when the run began; its date, in UTC, is the partition'],
  finished_at: ['TIMESTAMP', 'when it ended'],
  tool_version: ['STRING', 'of mfa-drift'],
  organization_id: ['STRING', 'null: no organization was asked'],
  caller_arn: ['STRING', 'the identity that the run began with'],
  policy_set_sha256: ['STRING', 'of all policies and exceptions: the same text, the same digest'],
  exit_code: ['INT32', 'as docs/codes.md says'],
  complete: ['BOOLEAN', 'every gap is accepted, and the run was not interrupted'],
  interrupted: ['BOOLEAN', 'a signal ended it'],
  all_accounts: [
    'BOOLEAN',
    'every account of the organization was asked for and listed: one of which no row of units speaks is not in it',
  ],
  accounts_listed: ['INT32', 'in scope'],
  accounts_audited: ['INT32', 'read, as far as gaps allow'],
  accounts_skipped: ['INT32', 'rightly not read'],
  accounts_failed: ['INT32', 'not read at all'],
  pools_total: ['INT32', 'listed'],
  pools_compliant: ['INT32', 'that hold all that is asked of them'],
  pools_drifted: ['INT32', 'with at least one finding of status drift'],
  pools_excepted: ['INT32', 'whose findings are all excused'],
  pools_uncovered: ['INT32', 'that no policy asks anything of'],
  pools_unreadable: ['INT32', 'without a verdict, since something could not be read'],
  gaps_open: ['INT32', 'places in scope that were not read'],
  gaps_accepted: ['INT32', 'of them, excused by an exception'],
  api_calls: ['INT32', 'requests to AWS'],
} as const;

export const pools = {
  ...run,
  ...place,
  account_name: ['STRING', 'as Organizations has it'],
  pool_name: ['STRING', 'as Cognito has it'],
  status: ['STRING', 'unreadable, drifted, uncovered, excepted or compliant: the first that applies'],
  mfa_configuration: ['STRING', 'OFF, OPTIONAL or ON; null: not read'],
  factors: [
    'STRING',
    'second factors that are surely usable, of totp, passkey, sms and email, with commas; null: not read',
  ],
  factors_unknown: ['STRING', 'of them, those of which that is not known, since no policy asked for what decides it'],
  phishing_resistant: ['BOOLEAN', 'a passkey is a usable second factor; null: not known'],
  policies: ['STRING', 'names of the policies that select it, with commas'],
  managed_by: ['STRING', 'what manages it, by its tags'],
  replica_of: ['STRING', 'the region of its primary'],
  owner: [
    'STRING',
    'the tag owner of the pool, else of its account, in any case; null: neither has it, or no policy asked for tags',
  ],
  ready_share: [
    'DOUBLE',
    'of its users, those who could still sign in after the change that waits for them, 0 to 1; null: none waits',
  ],
  ready_low: ['DOUBLE', 'the lower end of its 95 % interval'],
  ready_high: ['DOUBLE', 'the upper end'],
  ready_waits_for: ['DOUBLE', 'the share that the change waits for'],
  ready_users: ['INT32', 'local, enabled, confirmed users of whom that is said'],
  locked_out_at_most: ['INT32', 'users who could be locked out by the change'],
  observed_at: ['TIMESTAMP', 'when it was read'],
} as const;

export const findings = {
  ...run,
  ...place,
  finding_id: ['STRING', 'the same in every run for the same account, region, pool, policy and path'],
  policy: ['STRING', 'null: no policy selects the pool'],
  severity: ['STRING', 'critical, high, medium, low or info'],
  path: ['STRING', 'the field'],
  expected: ['STRING', 'JSON'],
  actual: ['STRING', 'JSON'],
  status: ['STRING', 'drift, excepted or fixed; resolved: drift of the night before that is none any more'],
  resolved_reason: ['STRING', 'fixed, pool-gone, account-left, policy-changed or excepted'],
  change: ['STRING', 'new or persisting against the baseline; null: there was none'],
  since: ['TIMESTAMP', 'when the first run began that found it'],
  risk: ['STRING', 'of the change that would mend it'],
  refused: ['STRING', 'why that change would not be made'],
} as const;

export const units = {
  ...run,
  account_id: place.account_id,
  account_name: ['STRING', 'as Organizations has it'],
  account_path: ['STRING', 'organizational units from the root, with slashes; null: not known'],
  region: ['STRING', 'null: the row is about the account, or the organization'],
  pool_id: ['STRING', 'null: the row is about more than one pool'],
  status: ['STRING', 'read, skipped or gap'],
  reason: ['STRING', 'the skip’s reason or the gap’s code, as docs/codes.md says'],
  accepted: ['BOOLEAN', 'of a gap: an exception that still holds accepts it'],
  pools: ['INT32', 'listed in the region'],
  read_at: ['TIMESTAMP', 'when it was read'],
} as const;

export const exceptions = {
  ...run,
  account_id: place.account_id,
  region: place.region,
  pool_id: ['STRING', 'null: it accepts a gap of more than one pool'],
  finding_id: ['STRING', 'of the finding that it excuses; null: it accepts a gap'],
  gap: ['STRING', 'the code of the gap that it accepts'],
  owner: ['STRING', 'who answers for it'],
  reason: ['STRING', 'as it says'],
  ticket: ['STRING', 'as it says'],
  expires: ['STRING', 'its last day, YYYY-MM-DD'],
  expired: ['BOOLEAN', 'it excuses nothing any more'],
  hold: ['BOOLEAN', 'it was written by a rollback'],
  file: ['STRING', 'where it stands'],
  line: ['INT32', 'from 1'],
} as const;

export const changes = {
  ...run,
  ...place,
  outcome: ['STRING', 'what became of the change'],
  risk: ['STRING', 'of the change'],
  code: ['STRING', 'of a refusal or failure'],
  message: ['STRING', 'why, in sentences'],
  before: ['STRING', 'JSON: the MFA configuration'],
  after: ['STRING', 'JSON'],
  journal: ['STRING', 'the file that can undo it'],
} as const;

export const policies = {
  ...run,
  policy: ['STRING', 'its name'],
  severity: ['STRING', 'critical, high, medium, low or info'],
  controls: ['STRING', 'ids of the controls that it says it serves, with semicolons'],
  description: ['STRING', 'as it says'],
} as const;
