import { randomBytes } from 'node:crypto';
import type { FleetRole, Permissions } from '../fleet/fleet.ts';
import { base32, word } from '../seeded.ts';
import type { SessionPolicy } from './session-policy.ts';
import { signingKey } from './signature.ts';

/** Who a request comes from, as the credentials say. */
export interface CallerIdentity {
  readonly accountId: string;
  /** `arn:aws:iam::…:user/…` or `arn:aws:sts::…:assumed-role/…/…`. */
  readonly arn: string;
  /** GetCallerIdentity's `UserId`. */
  readonly userId: string;
  readonly permissions: Permissions;
  /** What AssumeRole narrowed the session to; `null`: nothing. */
  readonly sessionPolicy: SessionPolicy | null;
  /** A role's session: assuming a role from it is role chaining. */
  readonly isSession: boolean;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `null` for the long-lived keys of a user. */
  readonly sessionToken: string | null;
}

export interface KnownCredentials extends Credentials {
  readonly identity: CallerIdentity;
  /** Milliseconds since 1970; infinite for users. */
  readonly expiresAtMs: number;
}

export const fullAccess: Permissions = { allows: ['*'], lacks: [] };

/** The keys of users (made on demand, the same for the same seed) and of sessions (random). */
export class CredentialStore {
  private readonly known = new Map<string, KnownCredentials>();
  private readonly expired = new Set<string>();
  private readonly signingKeys = new Map<string, Buffer>();
  private readonly seed: number;
  private readonly partition: string;

  constructor(seed: number, partition: string) {
    this.seed = seed;
    this.partition = partition;
  }

  find(accessKeyId: string): KnownCredentials | undefined {
    return this.known.get(accessKeyId);
  }

  isExpired(credentials: KnownCredentials, nowMs: number): boolean {
    return nowMs >= credentials.expiresAtMs || this.expired.has(credentials.accessKeyId);
  }

  /** Ends a session before its time. */
  expire(accessKeyId: string): void {
    this.expired.add(accessKeyId);
  }

  addUser(accountId: string, userName: string, permissions: Permissions): KnownCredentials {
    const key = `${accountId}/${userName}`;
    const made: KnownCredentials = {
      accessKeyId: `AKIA${word(this.seed, `key/${key}`, 16, base32)}`,
      secretAccessKey: word(this.seed, `secret/${key}`, 40, `${base32}abcdefghijklmnopqrstuvwxyz/+`),
      sessionToken: null,
      identity: {
        accountId,
        arn: `arn:${this.partition}:iam::${accountId}:user/${userName}`,
        userId: `AIDA${word(this.seed, `user/${key}`, 17, base32)}`,
        permissions,
        sessionPolicy: null,
        isSession: false,
      },
      expiresAtMs: Infinity,
    };
    this.known.set(made.accessKeyId, made);
    return made;
  }

  addSession(
    accountId: string,
    role: Pick<FleetRole, 'name' | 'permissions'>,
    sessionName: string,
    expiresAtMs: number,
    sessionPolicy: SessionPolicy | null = null,
  ) {
    const plainName = role.name.split('/').at(-1) ?? role.name;
    const made: KnownCredentials & { readonly sessionToken: string } = {
      accessKeyId: `ASIA${randomWord(16)}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(360).toString('base64'),
      identity: {
        accountId,
        arn: `arn:${this.partition}:sts::${accountId}:assumed-role/${plainName}/${sessionName}`,
        userId: `AROA${word(this.seed, `role/${accountId}/${role.name}`, 17, base32)}:${sessionName}`,
        permissions: role.permissions,
        sessionPolicy,
        isSession: true,
      },
      expiresAtMs,
    };
    this.known.set(made.accessKeyId, made);
    return made;
  }

  /** Derived once for each key, day, region and service: four of the five HMACs of every signature. */
  signingKey(credentials: Credentials, date: string, region: string, service: string): Buffer {
    const name = `${credentials.accessKeyId}/${date}/${region}/${service}`;
    const cached = this.signingKeys.get(name);
    if (cached !== undefined) return cached;
    if (this.signingKeys.size >= 100_000) this.signingKeys.clear();
    const made = signingKey(credentials.secretAccessKey, date, region, service);
    this.signingKeys.set(name, made);
    return made;
  }
}

function randomWord(length: number): string {
  return Array.from(randomBytes(length), (byte) => base32.charAt(byte % base32.length)).join('');
}
