/** What users of the sandbox's pools do between two runs. */
import {
  AdminSetUserMFAPreferenceCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { memberId, poolId, region, type Organization } from './organization.ts';

/** Turns the authenticators of these users on or off. */
export async function enrol(org: Organization, id: string, names: readonly string[], isOn = true): Promise<void> {
  const { accessKeyId, secretAccessKey } = org.sandbox.credentialsOf(memberId);
  const credentials = { accessKeyId, secretAccessKey };
  const client = new CognitoIdentityProviderClient({ endpoint: org.sandbox.url, region, credentials });
  try {
    for (const Username of names) {
      const SoftwareTokenMfaSettings = { Enabled: isOn, PreferredMfa: isOn };
      const user = { UserPoolId: poolId(id), Username };
      await client.send(new AdminSetUserMFAPreferenceCommand({ ...user, SoftwareTokenMfaSettings }));
    }
  } finally {
    client.destroy();
  }
}
