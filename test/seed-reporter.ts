/** Says the seed of a run, last, where people look for what failed. */
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

export class SeedReporter implements Reporter {
  private vitest: Vitest | null = null;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(_modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    const provided = this.vitest?.getRootProject().getProvidedContext();
    if (provided === undefined) return;
    const { seed, isExtended } = provided;
    const again = `MFA_DRIFT_SEED=${seed} npx vitest run${isExtended ? ' --mode extended' : ''}`;
    const file = reason === 'failed' ? ' FILE' : '';
    console.log(`\nSeed ${seed}. The same once more: ${again}${file}`);
  }
}
