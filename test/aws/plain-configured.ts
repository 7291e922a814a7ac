import type { Configured } from '../../src/aws/session/shared-config.ts';

/** What clients are told where neither the environment nor a file says anything. */
export const plainConfigured: Configured = {
  region: null,
  endpoints: { cognito: null, organizations: null, account: null, sts: null, cloudtrail: null },
  signInEndpoints: { sso: null, ssoOidc: null, signin: null },
  usesFips: false,
  usesDualstack: false,
  caBundle: null,
};
