/** Who enrols users that have no factor: `managed-login` and `own` (the application) do, `none` locks them out. */
export const enrolments = ['managed-login', 'own', 'none'] as const;

/** `null`: nobody has said, and they count as locked out too. */
export type Enrolment = (typeof enrolments)[number] | null;
