/** The settings where no flag, no variable and no file says otherwise. */
import type { Settings } from '../../domain/settings.ts';

/** The first of them that is there; both at once is an error. */
export const defaultFiles = ['mfa-drift.yaml', 'mfa-drift.yml'] as const;

/** The quotas are AWS's own, a second for each account and region. Source: AWS developer guide, "Quotas in Amazon Cognito". */
export const defaultSettings: Settings = {
  file: null,
  accounts: { kind: 'caller' },
  include: [],
  exclude: [],
  role: {
    name: 'MfaDriftAudit',
    remediationName: null,
    externalId: null,
    durationSeconds: 3600,
    sessionPolicy: true,
    overrides: {},
  },
  regions: { kind: 'enabled', exclude: [] },
  policies: ['policies'],
  failOn: 'low',
  requireCoverage: true,
  limits: {
    concurrency: 64,
    quotaShare: 0.5,
    quotas: { UserPoolRead: 15, UserPoolResourceRead: 20, UserPoolResourceUpdate: 15 },
  },
  remediation: {
    mode: 'manual',
    allow: ['tightening'],
    allowedByFlag: [],
    off: false,
    maxChanges: 25,
    maxChangesPercent: 10,
    maxUsers: 1000,
    maxFailures: 3,
    includeManaged: false,
    allowEndpoint: [],
    managedTags: ['aws:cloudformation:stack-name'],
  },
  exceptions: { maxDays: 180 },
  reports: ['table'],
};
