import type { WantedState } from '../../../src/domain/patch/wanted-state.ts';

/** That MFA is required, by TOTP, where a pool has it off. */
export function aWantedState(more: Partial<WantedState> = {}): WantedState {
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    poolId: 'eu-west-1_AbCdEf123',
    poolName: 'customers',
    tags: {},
    before: { MfaConfiguration: 'OFF' },
    call: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
    prerequisites: [],
    hasSmsConfiguration: false,
    readiness: null,
    ...more,
  };
}
