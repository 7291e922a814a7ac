/** How harmful a change can be to those who sign in: from the least harmful to the worst, and who may allow it. */
export const riskRules = {
  tightening: { allowedBy: 'policy' },
  disruptive: { allowedBy: 'policy' },
  weakening: { allowedBy: 'person' },
} as const satisfies Readonly<Record<string, { readonly allowedBy: 'policy' | 'person' }>>;

export type Risk = keyof typeof riskRules;
export const risks = Object.keys(riskRules) as readonly Risk[];

/** Whether it is allowed by the command line alone, for one run, by somebody who is there. */
export function isForPersons(risk: Risk): boolean {
  return riskRules[risk].allowedBy === 'person';
}
