/** The summary by control: which controls the policies say they serve, and how the pools under them stand. */
import { compareTexts } from '../../domain/model/order.ts';
import type { PoolRecord, ResultHead } from '../../domain/result/result.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { policiesOf } from './policies.ts';

export interface ControlSummary {
  readonly id: string;
  /** Names of the policies that name it. */
  readonly policies: readonly string[];
  /** Pools that at least one of these policies surely matches. */
  pools: number;
  drifting: number;
  excepted: number;
  /** Not wholly read, and nothing known to drift. */
  notRead: number;
  /** What the control does not say, where a reader could take it for more. */
  readonly caveat: string | null;
}

export interface ControlsCollector {
  pool(pool: PoolRecord): void;
  /** By id. */
  found(): readonly ControlSummary[];
}

/** A control counts here because a policy names it: this is evidence for a setting, not a statement of compliance. */
export function newControls(head: ResultHead): ControlsCollector {
  const controls = new Map<string, ControlSummary>();
  const controlsOfPolicy = new Map<string, readonly string[]>();
  for (const [policy, facts] of policiesOf(head)) {
    controlsOfPolicy.set(policy, facts.controls);
    for (const id of facts.controls) {
      const known = controls.get(id)?.policies ?? [];
      controls.set(id, newSummary(id, [...known, policy]));
    }
  }
  return {
    pool(pool) {
      const concerned = new Set(pool.policies.flatMap((policy) => controlsOfPolicy.get(policy) ?? []));
      for (const id of concerned) {
        const control = controls.get(id);
        if (control !== undefined) count(control, pool);
      }
    },
    found: () => [...controls.values()].sort((one, other) => compareTexts(one.id, other.id)),
  };
}

function newSummary(id: string, policies: readonly string[]): ControlSummary {
  return { id, policies, pools: 0, drifting: 0, excepted: 0, notRead: 0, caveat: caveatOf(id) };
}

function count(control: ControlSummary, pool: PoolRecord): void {
  const findings = pool.findings.filter(({ policy }) => policy !== null && control.policies.includes(policy));
  control.pools += 1;
  if (findings.some(({ status }) => status === 'drift')) control.drifting += 1;
  else if (pool.status === 'unreadable') control.notRead += 1;
  else if (findings.some(({ status }) => status === 'excepted')) control.excepted += 1;
}

/** The worst that is known of the pools under it. */
export function statusOfControl({ drifting, notRead, excepted, pools }: ControlSummary): string {
  if (drifting > 0) return 'drift';
  if (notRead > 0) return 'not-read';
  if (excepted > 0) return 'excepted';
  return pools === 0 ? 'no-pool' : 'holds';
}

/** `3 of 12 pools drift, 1 excepted, 2 not wholly read` */
export function controlInWords({ pools, drifting, excepted, notRead }: ControlSummary): string {
  return [
    `${wholeNumber(drifting)} of ${counted(pools, 'pool')} ${drifting === 1 ? 'drifts' : 'drift'}`,
    ...(excepted === 0 ? [] : [`${wholeNumber(excepted)} excepted`]),
    ...(notRead === 0 ? [] : [`${wholeNumber(notRead)} not wholly read`]),
  ].join(', ');
}

/**
 * Sources: NIST SP 800-53 r5 (IA-2, IA-8), SP 800-63B-4 (3.1.3), PCI DSS v4.0.1 (requirement 8, applicability note), CIS
 * Controls v8.1 (6.3), OWASP ASVS 5.0 (6.6), AWS Security Hub user guide (Cognito.5).
 */
const caveats: readonly { readonly ids: RegExp; readonly caveat: string }[] = [
  {
    ids: /\bIA-2\b/i,
    caveat: 'IA-2 speaks of organizational users (staff, contractors); pools of customers fall under IA-8.',
  },
  {
    ids: /800-63/i,
    caveat:
      'E-mail is no out-of-band factor, SMS is a restricted one, and AAL2 needs a phishing-resistant option on offer.',
  },
  { ids: /PCI/i, caveat: 'Requirement 8 does not apply to consumer accounts.' },
  { ids: /CIS.*\b6\.3\b/i, caveat: '6.3 speaks of enterprise and third-party applications that are exposed.' },
  { ids: /ASVS/i, caveat: 'ASVS limits SMS and does not permit codes by e-mail.' },
  {
    ids: /Cognito\.5\b/i,
    caveat: 'Security Hub evaluates only pools whose sign-in policy is PASSWORD alone.',
  },
];

function caveatOf(id: string): string | null {
  return caveats.find(({ ids }) => ids.test(id))?.caveat ?? null;
}
