import type { Said, Statement } from '../score.ts';

/** Refusals in AWS's own words, as boto3 raises them: the account, and the region where there is one, stand in the ARN. */
export function deniedInLog(log: string): Said {
  return new Map(log.split('\n').flatMap(refusal));
}

function refusal(line: string): readonly [string, Statement][] {
  const pattern =
    /An error occurred \((\w+)\) when calling the (\w+) operation: .* resource: arn:aws:[\w-]+:([\w-]*):(\d+):/;
  const [, error, operation, region, accountId = ''] = pattern.exec(line) ?? [];
  if (error === undefined) return [];
  const place = region === '' ? accountId : `${accountId}/${region}`;
  return [[place, { verdict: 'unknown', words: `in the log: ${error}, ${operation}` }]];
}
