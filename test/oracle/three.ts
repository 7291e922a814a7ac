/** Yes, no, or not known: Kleene's logic. */
export type Three = 'yes' | 'no' | 'unknown';

export function all(parts: readonly Three[]): Three {
  if (parts.includes('no')) return 'no';
  return parts.includes('unknown') ? 'unknown' : 'yes';
}

export function some(parts: readonly Three[]): Three {
  if (parts.includes('yes')) return 'yes';
  return parts.includes('unknown') ? 'unknown' : 'no';
}

export function not(part: Three): Three {
  if (part === 'unknown') return 'unknown';
  return part === 'yes' ? 'no' : 'yes';
}

export function truth(claim: boolean): Three {
  return claim ? 'yes' : 'no';
}
