/** Says last, where people look: what was skipped and for want of what, and the seed of the run. */
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';
import { missingPrograms } from './programs.ts';

export class LastWords implements Reporter {
  private vitest: Vitest | null = null;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: TestRunEndReason): void {
    const provided = this.vitest?.getRootProject().getProvidedContext();
    if (provided === undefined) return;
    const { seed, isExtended } = provided;
    const again = `MFA_DRIFT_SEED=${seed} npx vitest run${isExtended ? ' --mode extended' : ''}`;
    const file = reason === 'failed' ? ' FILE' : '';
    const skipped = modules.flatMap(({ children }) => [...children.allTests('skipped')]).length;
    const missing = missingPrograms();
    if (skipped > 0) console.log(`\n${skipped} tests were skipped.`);
    if (missing.length > 0) console.log(`Not here to compare with: ${missing.join(', ')}.`);
    console.log(`\nSeed ${seed}. The same once more: ${again}${file}`);
  }
}
