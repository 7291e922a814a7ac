/**
 * What the environment and the shared configuration file say to every AWS tool. Asked once a run and handed to each
 * client explicitly, since a client would look it up again for itself (AWS SDKs and Tools reference guide).
 */
import {
  loadConfig,
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
  type LoadedConfigSelectors,
} from '@smithy/core/config';
import { UserError } from '../../errors.ts';
import { isWebAddress, withoutPassword } from '../connection/web-address.ts';

/** Service ids as the environment variables `AWS_ENDPOINT_URL_…` and the `services` sections spell them. */
const services = {
  cognito: 'cognito_identity_provider',
  organizations: 'organizations',
  account: 'account',
  sts: 'sts',
  cloudtrail: 'cloudtrail',
} as const;
export type Service = keyof typeof services;

/** Services that only signing in asks. */
const signInServices = { sso: 'sso', ssoOidc: 'sso_oidc', signin: 'signin' } as const;

/** Services that only deliveries ask. */
const deliveryServices = { securityHub: 'securityhub', s3: 's3', eventBridge: 'eventbridge' } as const;
export type DeliveryService = keyof typeof deliveryServices;

/** By service; `null`: AWS's own. */
type Endpoints<Name extends string> = Readonly<Record<Name, string | null>>;

export interface Configured {
  /** `AWS_REGION`, else the profile's region; `null` where neither is set. */
  readonly region: string | null;
  readonly endpoints: Endpoints<Service>;
  readonly signInEndpoints: Endpoints<keyof typeof signInServices>;
  readonly deliveryEndpoints: Endpoints<DeliveryService>;
  readonly usesFips: boolean;
  readonly usesDualstack: boolean;
  /** `AWS_CA_BUNDLE`, else `ca_bundle` of the profile. */
  readonly caBundle: string | null;
}

/**
 * @param endpointUrl the flag, which outranks everything
 * @throws UserError for an endpoint that is no address of the web, a region that is no name, and `services` that are not there
 */
export async function readConfigured(profile: string | null, endpointUrl: string | null): Promise<Configured> {
  const source = profile === null ? {} : { profile };
  const [region, usesFips, usesDualstack, ignoresEndpoints, caBundle] = await Promise.all([
    loadConfig(
      { ...NODE_REGION_CONFIG_OPTIONS, default: () => '' },
      { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...source },
    )(),
    truth('use_fips_endpoint', source),
    truth('use_dualstack_endpoint', source),
    truth('ignore_configured_endpoint_urls', source),
    text(variableOrSetting('AWS_CA_BUNDLE', 'ca_bundle'), source),
  ]);
  requireRegion(region);
  if (endpointUrl === null && !ignoresEndpoints) await requireServices(source);
  const endpointsOf = async <Name extends string>(ids: Readonly<Record<Name, string>>): Promise<Endpoints<Name>> => {
    const found = Object.entries<string>(ids).map(async ([name, id]) => [
      name,
      webAddress(id, endpointUrl ?? (ignoresEndpoints ? null : await configuredEndpoint(id, source))),
    ]);
    return Object.fromEntries(await Promise.all(found));
  };
  return {
    region: region === '' ? null : region,
    endpoints: await endpointsOf(services),
    signInEndpoints: await endpointsOf(signInServices),
    deliveryEndpoints: await endpointsOf(deliveryServices),
    usesFips,
    usesDualstack,
    caBundle,
  };
}

function requireRegion(region: string): void {
  if (/^[\w-]*$/.test(region)) return;
  throw new UserError(
    `${JSON.stringify(region)} is no region (AWS_REGION, or region of the profile). Write it as eu-west-1, without blanks and line ends.`,
  );
}

/** As the AWS CLI does: without it, requests that are meant for somewhere else would go to AWS. */
async function requireServices(source: Source): Promise<void> {
  const missing = await text(
    {
      environmentVariableSelector: () => undefined,
      configFileSelector: ({ services: name }, file) =>
        name !== undefined && file?.[`services.${name}`] === undefined ? name : undefined,
    },
    source,
  );
  if (missing === null) return;
  throw new UserError(
    `services = ${missing} of the profile: there is no [services ${missing}] in the configuration file. Name one that is there.`,
  );
}

function webAddress(service: string, endpoint: string | null): string | null {
  if (endpoint === null || isWebAddress(endpoint)) return endpoint;
  const variable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  throw new UserError(
    `The endpoint ${JSON.stringify(withoutPassword(endpoint))} is no address that can be asked. Write https://HOST or http://HOST:PORT (--endpoint-url, AWS_ENDPOINT_URL, ${variable}, or endpoint_url in the configuration file).`,
  );
}

interface Source {
  readonly profile?: string;
}

/** Service before global, environment before file: the order of the guide's "Service-specific endpoints". */
function configuredEndpoint(service: string, source: Source): Promise<string | null> {
  return text(
    {
      environmentVariableSelector: (env) =>
        env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env['AWS_ENDPOINT_URL'] || undefined,
      configFileSelector: (profile, file) => {
        const section = file?.[`services.${profile['services'] ?? ''}`];
        return section?.[`${service}.endpoint_url`] ?? profile['endpoint_url'];
      },
    },
    source,
  );
}

/** In any case, as the AWS CLI reads it; the SDK's own selectors throw at `True`. */
async function truth(setting: string, source: Source): Promise<boolean> {
  const word = await text(variableOrSetting(`AWS_${setting.toUpperCase()}`, setting), source);
  return word?.toLowerCase() === 'true';
}

type Selectors = Pick<LoadedConfigSelectors<string>, 'environmentVariableSelector' | 'configFileSelector'>;

function variableOrSetting(variable: string, setting: string): Selectors {
  return {
    environmentVariableSelector: (env) => env[variable] || undefined,
    configFileSelector: (profile) => profile[setting],
  };
}

/** `null` where neither the environment nor the file says anything. */
async function text(selectors: Selectors, source: Source): Promise<string | null> {
  const found = await loadConfig({ ...selectors, default: '' }, source)();
  return found === '' ? null : found;
}
