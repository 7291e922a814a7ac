import type { WantedState } from '../../../domain/patch/wanted-state.ts';
import { jsonPage } from '../../../escape/json.ts';
import { poolInComment } from './quoted.ts';

/** The call by the AWS CLI. As JSON, since its shorthand reads the braces of {####}; quoted, so that a shell reads nothing. */
export function cliPatch(wanted: WantedState): readonly string[] {
  return [
    `# ${poolInComment(wanted)}`,
    `aws cognito-idp set-user-pool-mfa-config --region ${wanted.region} --cli-input-json "$(cat <<'JSON'`,
    ...jsonPage(wanted.call).split('\n'),
    'JSON',
    ')"',
  ];
}
