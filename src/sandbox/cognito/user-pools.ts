/** Cognito's own rules, as the server calls them: pure functions over stored pools. */
export { describeUserPool, listedPool } from './descriptions.ts';
export { replicatedFrom } from './replication.ts';
export { getUserPoolMfaConfig, malformedSetRequest, setUserPoolMfaConfig } from './set-mfa-config.ts';
export { switchesWithDefaults, switchTable } from './open-questions.ts';
