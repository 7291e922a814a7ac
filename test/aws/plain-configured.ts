import type { Configured } from '../../src/aws/session/shared-config.ts';

/** What clients are told where neither the environment nor a file says anything. */
export const plainConfigured: Configured = {
  region: null,
  endpoints: { cognito: null, organizations: null, account: null, sts: null, cloudtrail: null },
  signInEndpoints: { sso: null, ssoOidc: null, signin: null },
  deliveryEndpoints: { securityHub: null, s3: null, eventBridge: null },
  usesFips: false,
  usesDualstack: false,
  caBundle: null,
};
