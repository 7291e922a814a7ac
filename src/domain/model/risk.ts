/** How harmful a change can be to those who sign in: from the least harmful to the worst. */
export const risks = ['tightening', 'disruptive', 'weakening'] as const;
export type Risk = (typeof risks)[number];
