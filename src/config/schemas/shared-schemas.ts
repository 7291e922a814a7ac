/** Words that several schemas share. */
import { accountIdPattern } from '../../domain/model/ids.ts';
import { enrolments } from '../../domain/model/enrolment.ts';
import { isForPersons, risks } from '../../domain/model/risk.ts';
import { gapCodes } from '../../domain/model/observation.ts';
import { severities } from '../../domain/model/severity.ts';
import { remediationModes } from '../../domain/settings/kinds.ts';
import { settingTable } from '../../domain/settings/table.ts';

export const draft = 'https://json-schema.org/draft/2020-12/schema';
export const apiVersion = 'mfa-drift/v1';

export const apiVersionSchema = {
  description: 'The version of this file format.',
  const: apiVersion,
} as const;

export const severitySchema = {
  description: 'How bad drift is: critical, high, medium (the default), low or info.',
  enum: severities,
} as const;

export const gapCodeSchema = { enum: gapCodes } as const;

/** A policy says these in the configuration's own words. */
const { 'remediation.mode': mode, 'remediation.allow': allow, 'remediation.readiness': readiness } = settingTable;

export const modeSchema = { description: mode.description, enum: remediationModes } as const;

export const allowSchema = {
  description: allow.description,
  type: 'array',
  items: {
    enum: risks.filter((risk) => !isForPersons(risk)),
    refused: Object.fromEntries(
      risks.filter(isForPersons).map((risk) => [risk, `only the command line can allow it: --allow ${risk}`]),
    ),
  },
  uniqueItems: true,
  examples: allow.examples,
} as const;

export const readinessSchema = {
  description: readiness.description,
  type: 'number',
  minimum: readiness.least,
  maximum: readiness.most,
  examples: readiness.examples,
} as const;

export const enrolmentSchema = {
  description:
    'Who enrols users that must set up a factor before they sign in: managed-login, own (the application does), or none. Without it they count as locked out.',
  enum: enrolments,
} as const;

export const meanwhileSchema = {
  description: 'What a fix writes in place of ON while too few users are ready for it.',
  const: 'OPTIONAL',
} as const;

/** A date in words, for the editor's underline too. */
export const dateSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  patternErrorMessage: 'must be a date, YYYY-MM-DD',
} as const;

export const regionSchema = {
  type: 'string',
  pattern: '^[a-z]{2,}(-[a-z]+)+-\\d+$',
  patternErrorMessage: 'must be a region, such as eu-west-1',
} as const;

export const accountIdSchema = {
  type: 'string',
  pattern: `^${accountIdPattern}$`,
  patternErrorMessage: 'must be an account id, twelve digits in quotes',
} as const;
