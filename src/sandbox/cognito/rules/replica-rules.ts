/** A pool in a secondary region: the primary decides everything but the SMS configuration. */
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../../../domain/model/json.ts';
import { isReplica, withoutSms } from '../pool-settings.ts';
import { effects, stateAfter } from '../effects.ts';
import { invalidParameter, type Effect, type RuleRefusal } from './rule.ts';
import { answers } from '../open-questions.ts';

const source = 'AWS developer guide, Multi-Region replication for user pools; which error is not measured';
const text = 'The MFA configuration of a replica is set in the primary Region of the user pool.';

export const replicaRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.replica-of-primary',
    says: 'In a secondary region, a Set that changes anything but the SMS block is refused, or changes only that.',
    source,
    refuse: (call) => {
      if (!isReplica(call.pool) || answers(call.switches, 'replica-set-changed-mode', 'ignored')) return null;
      const after = primarysPart(stateAfter(call, effects).config);
      if (isDeepStrictEqual(after, primarysPart(call.pool.mfaConfig))) return null;
      return answers(call.switches, 'replica-set-changed-mode', 'InvalidParameterException')
        ? invalidParameter(text)
        : { name: 'OperationNotEnabledException', message: text, status: 400 };
    },
  },
];

export const replicaEffects: readonly Effect[] = [
  {
    id: 'set.replica-keeps-primarys-part',
    says: 'What a Set in a secondary region leaves behind has the primary’s mode, TOTP, e-mail and passkeys.',
    source,
    apply: (state, { pool }) => {
      if (!isReplica(pool)) return state;
      const sms = state.config['SmsMfaConfiguration'];
      const primarys = withoutSms(pool.mfaConfig);
      return { ...state, config: sms === undefined ? primarys : { ...primarys, SmsMfaConfiguration: sms } };
    },
  },
];

/** What the primary decides, with the service's defaults filled in, so that equal readings compare equal. */
function primarysPart(config: JsonObject): JsonObject {
  const { SoftwareTokenMfaConfiguration: totp, WebAuthnConfiguration: passkey, ...rest } = withoutSms(config);
  return {
    ...rest,
    totp: isJsonObject(totp) && totp['Enabled'] === true,
    passkey: { FactorConfiguration: 'SINGLE_FACTOR', ...(isJsonObject(passkey) ? passkey : {}) },
  };
}
