export const dayMs = 86_400_000;

const day = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;

/** YYYY-MM-DD; whether the month has that day is not looked at. */
export const dayPattern = `^${day}$`;

/** ISO 8601 in UTC, as `Date.toISOString` writes it: whatever it takes is a time to JavaScript, which knows no leap second. */
export const momentPattern = String.raw`^${day}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$`;
