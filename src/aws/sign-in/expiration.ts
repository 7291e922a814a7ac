import { signInFailure } from './failure.ts';

/** ISO 8601, as AWS asks for it. Throws FailureError for anything else: credentials whose end is not known never end. */
export function readExpiration(value: unknown, where: string): Date {
  const date = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : null;
  if (date !== null && !Number.isNaN(date.getTime())) return date;
  throw signInFailure(
    where,
    `the expiration ${JSON.stringify(value)} is no date that can be read`,
    'Write it in ISO 8601: 2026-11-28T18:00:00Z.',
  );
}
