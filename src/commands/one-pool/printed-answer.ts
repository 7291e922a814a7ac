/** What `aws cognito-idp get-user-pool-mfa-config` printed, as JSON or YAML, from a file or standard input. */
import { isJsonObject, type JsonObject } from '../../domain/model/json.ts';
import { smsRole } from '../../domain/model/mfa/sms.ts';
import { objectAt } from '../../domain/model/api/api-values.ts';
import { configFlaw } from '../../domain/model/subject.ts';
import { UserError } from '../../errors.ts';
import { parseYaml } from '../../yaml/document.ts';
import { readText } from '../../yaml/read-text.ts';
import { SourceComplaintsError } from '../../yaml/source-complaints.ts';

/** @throws UserError for what can't be read or is no such answer */
export async function printedAnswer(file: string): Promise<JsonObject> {
  const text = file === '-' ? await standardInput() : textOf(file);
  const { documents, complaints } = parseYaml(file === '-' ? 'standard input' : file, text);
  if (complaints.length > 0) throw new SourceComplaintsError(complaints, new Map([[file, text]]));
  const answer = documents[0]?.value ?? null;
  const flaw = isJsonObject(answer) ? configFlaw(answer) : 'it is no object';
  if (isJsonObject(answer) && flaw === null) return answer;
  throw new UserError(
    `${file} is no answer of GetUserPoolMfaConfig: ${flaw ?? ''}. It must be what aws cognito-idp get-user-pool-mfa-config prints, without --query.`,
  );
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new UserError('Standard input (-) is a terminal: pipe what the AWS CLI prints into it.');
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text;
}

function textOf(file: string): string {
  const read = readText(file);
  if ('text' in read) return read.text;
  throw new SourceComplaintsError([read.complaint], new Map());
}

/**
 * What such an answer may lack without a sign of it: an AWS CLI leaves out what its own model of the API does not know.
 * `EumsSms` came with botocore 1.43.51 (CHANGELOG, 2026-07-17).
 */
export function mayLack(answer: JsonObject): string {
  const sms = objectAt(answer, 'SmsMfaConfiguration', 'SmsConfiguration');
  const isLost = sms !== null && smsRole(sms) === null;
  const lost = isLost ? ', and here an SMS configuration names no sender, which EumsSms would' : '';
  return `An AWS CLI leaves out, without a word, what it does not know: EumsSms before botocore 1.43.51 (aws --version)${lost}. Asked without --answer, mfa-drift reads the pool itself and leaves out nothing.`;
}
