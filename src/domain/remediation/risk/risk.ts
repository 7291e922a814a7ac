/** The risk of a whole change: the highest of its entries. */
import { riskTable, type Case, type FieldName } from './risk-table.ts';
import { conditions, type ChangeContext } from './risk-conditions.ts';
import { transitionsOf, type Transition } from './transitions.ts';
import { risks, type Risk } from '../../model/risk.ts';

export interface AssessedTransition {
  readonly field: FieldName;
  readonly change: string;
  /** `null`: the table has no entry. */
  readonly risk: Risk | null;
  /** Why, as whole sentences without their full stop; empty where there is no entry. */
  readonly reasons: readonly string[];
}

/** Every field that changes, each with its risk, in the order of the table. */
export function assessTransitions(context: ChangeContext): readonly AssessedTransition[] {
  return transitionsOf(context).map((transition) => {
    const cases = applicable(casesOf(transition), context);
    const risk = highestRisk(cases.map((each) => each.risk));
    return { field: transition.field, change: transition.change, risk, reasons: cases.map(({ reason }) => reason) };
  });
}

/** `null` for no risks at all. */
export function highestRisk(taken: readonly Risk[]): Risk | null {
  return risks.findLast((risk) => taken.includes(risk)) ?? null;
}

function applicable(cases: readonly Case[], context: ChangeContext): readonly Case[] {
  const holding = cases.filter(({ when }) => when !== 'otherwise' && conditions[when].holds(context));
  return holding.length > 0 ? holding : cases.filter(({ when }) => when === 'otherwise');
}

function casesOf({ field, change }: Transition): readonly Case[] {
  const byChange: Readonly<Record<string, readonly Case[]>> = riskTable[field];
  return byChange[change] ?? [];
}
