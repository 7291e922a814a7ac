/** What a change was told of the readiness of its pool, as plans and results keep it: counts and shares alone. */
import type { Enrolment } from '../model/enrolment.ts';
import type { Failure } from '../model/observation.ts';
import { mostLockedOut, type Design, type Measurement, type Outcomes, type Share } from './measurement.ts';
import type { GuideReading } from './decision-list.ts';

/** A failure of AWS, or a listing that took longer than it may. */
export type NotMeasured = Omit<Failure, 'code'> & { readonly code: Failure['code'] | 'too-long' };

export type Readiness =
  | { readonly measured: true; readonly measurement: Measurement }
  | { readonly measured: false; readonly failure: NotMeasured };

/** The same, and when; ISO 8601, UTC. */
export type DatedReadiness = Readiness & { readonly measuredAt: string };

export interface ReadinessRecord {
  readonly measuredAt: string;
  /** The share of users that the change waits for. */
  readonly waitsFor: number;
  readonly enrolment: Enrolment;
  readonly design: Design;
  /** Local, enabled, confirmed users; estimated by `prefix-clusters`. */
  readonly population: number;
  readonly asked: number;
  /** Of those asked, as the guide is written. */
  readonly outcomes: Outcomes;
  readonly shares: Readonly<Record<GuideReading, Share>>;
  /** Users who could be locked out, at the most. */
  readonly lockedOutAtMost: number;
}

/** @param users `EstimatedNumberOfUsers`; `null`: not said */
export function readinessRecord(
  measurement: Measurement,
  measuredAt: string,
  waitsFor: number,
  users: number | null,
): ReadinessRecord {
  const { enrolment, design, population, asked, outcomes, shares } = measurement;
  const lockedOutAtMost = mostLockedOut(measurement, users);
  return {
    measuredAt,
    waitsFor,
    enrolment,
    design,
    population,
    asked,
    outcomes: outcomes['as-written'],
    shares,
    lockedOutAtMost,
  };
}

/** Whether that surely is what the change waits for, as the guide is written. */
export function isReady({ shares, waitsFor }: Pick<ReadinessRecord, 'shares' | 'waitsFor'>): boolean {
  return shares['as-written'].low >= waitsFor;
}
