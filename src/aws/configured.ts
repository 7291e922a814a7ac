/**
 * What the environment and the shared configuration file say to every AWS tool. Asked once a run and handed to each
 * client explicitly, since a client would look it up again for itself (AWS SDKs and Tools reference guide).
 */
import {
  loadConfig,
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
} from '@smithy/core/config';

/** Service ids as the environment variables `AWS_ENDPOINT_URL_…` and the `services` sections spell them. */
const services = {
  cognito: 'cognito_identity_provider',
  organizations: 'organizations',
  account: 'account',
  sts: 'sts',
} as const;
export type Service = keyof typeof services;

export interface Configured {
  /** `AWS_REGION`, else the profile's region; `null` where neither is set. */
  readonly region: string | null;
  /** By service; `null`: AWS's own. */
  readonly endpoints: Readonly<Record<Service, string | null>>;
  readonly usesFips: boolean;
  readonly usesDualstack: boolean;
}

/** `endpointUrl` is the flag, and outranks everything. */
export async function readConfigured(profile: string | null, endpointUrl: string | null): Promise<Configured> {
  const source = profile === null ? {} : { profile };
  const endpoint = async (service: Service) => endpointUrl ?? (await configuredEndpoint(services[service], source));
  const [region, usesFips, usesDualstack, cognito, organizations, account, sts] = await Promise.all([
    loadConfig(
      { ...NODE_REGION_CONFIG_OPTIONS, default: () => '' },
      { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...source },
    )(),
    loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, source)(),
    loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, source)(),
    endpoint('cognito'),
    endpoint('organizations'),
    endpoint('account'),
    endpoint('sts'),
  ]);
  return {
    region: region === '' ? null : region,
    endpoints: { cognito, organizations, account, sts },
    usesFips,
    usesDualstack,
  };
}

/** Service before global, environment before file: the order of the guide's "Service-specific endpoints". */
async function configuredEndpoint(service: string, source: { readonly profile?: string }): Promise<string | null> {
  const url = await loadConfig(
    {
      environmentVariableSelector: (env) =>
        isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])
          ? ''
          : env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env['AWS_ENDPOINT_URL'],
      configFileSelector: (profile, file) => {
        if (isTrue(profile['ignore_configured_endpoint_urls'])) return '';
        const section = file?.[`services.${profile['services'] ?? ''}`];
        return section?.[`${service}.endpoint_url`] ?? profile['endpoint_url'];
      },
      default: '',
    },
    source,
  )();
  return url === '' ? null : url;
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
