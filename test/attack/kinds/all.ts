import { bodyKinds } from './bodies.ts';
import { credentialKinds } from './credentials.ts';
import { errorKinds } from './errors.ts';
import { headerKinds } from './headers.ts';
import type { Kind } from './kind.ts';
import { memberKinds } from './members.ts';
import { statusKinds } from './statuses.ts';
import { wireKinds } from './wire.ts';

export const kinds: readonly Kind[] = [
  ...wireKinds,
  ...statusKinds,
  ...bodyKinds,
  ...headerKinds,
  ...errorKinds,
  ...memberKinds,
  ...credentialKinds,
];
