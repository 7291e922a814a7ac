/** Every reader of a file or an answer, by the name that `npm run fuzz` takes; of each only what it needs is loaded. */
import type { Reader } from './loop.ts';

const people = () => import('./readers/written-by-people.ts');
const sandbox = () => import('./readers/of-the-sandbox.ts');
const us = () => import('./readers/written-by-us.ts');

export const readers: Readonly<Record<string, () => Promise<Reader>>> = {
  configuration: async () => (await people()).configuration,
  policies: async () => (await people()).policies,
  exceptions: async () => (await people()).exceptions,
  'policy-tests': async () => (await people()).policyTests,
  templates: async () => (await people()).templates,
  fleets: async () => (await sandbox()).fleets,
  faults: async () => (await sandbox()).faults,
  results: async () => (await us()).results,
  plans: async () => (await us()).plans,
  journals: async () => (await us()).journals,
  'run-directories': async () => (await us()).runDirectories,
  history: async () => (await us()).history,
  evidence: async () => (await us()).evidence,
  ledgers: async () => (await us()).ledgers,
  answers: async () => (await import('./readers/answers.ts')).answers,
};
