/**
 * A runner of vitest's that asks of each mutant whether a test notices it. To load modules takes far longer than most
 * tests, so that each test is played again right where it stands, once for each mutant that it reaches; only what lives
 * through that, or is reached while modules are loaded, is tried with everything loaded anew.
 */
import { appendFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startTests } from '@vitest/runner';
import { configureGlobal, readConfigureGlobal } from 'fast-check';
import { inject, type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite, TestRunner, vi } from 'vitest';

/** By number of times that a test, or the loading of a file, comes by. */
type Reached = Record<string, number>;

/** What Stryker's code looks at (the name is its own). */
interface Switches {
  activeMutant: string | undefined;
  currentTestId: string | undefined;
  /** The code keeps this very object once it has asked for it: it is emptied, never replaced. */
  readonly mutantCoverage: { readonly static: Reached; readonly perTest: Record<string, Reached> };
  /** Whoever asks more often than `hitLimit` whether the mutant is on goes round for ever: the code throws then. */
  hitCount?: number;
  hitLimit?: number;
}

type Answer = 'killed' | 'lives';

interface Reacher {
  readonly file: string;
  /** Null where the file reaches it while it is loaded. */
  readonly test: RunnerTestCase | null;
  readonly ms: number;
  readonly hits: number;
}

const switches: Switches = {
  activeMutant: undefined,
  currentTestId: undefined,
  mutantCoverage: { static: {}, perTest: {} },
};
Object.defineProperty(globalThis, '__stryker__', { value: switches, configurable: true });

const reachers = new Map<string, Reacher[]>();
/** Files whose modules remember what a mutant worked out, so that their tests fail without one too. */
const spoiled = new Set<RunnerTestFile>();
let filesDone = 0;

// oxlint-disable-next-line import/no-default-export -- vitest takes the default export
export default class MutatingRunner extends TestRunner {
  override async importFile(filepath: string, source: 'collect' | 'setup'): Promise<unknown> {
    if (source === 'setup') return super.importFile(filepath, source);
    vi.resetModules();
    // One failure is enough: nobody reads how the smallest looks.
    configureGlobal({ ...readConfigureGlobal(), endOnFailure: true });
    const reached = switches.mutantCoverage.static;
    for (const id of Object.keys(reached)) delete reached[id];
    const start = performance.now();
    const module: unknown = await super.importFile(filepath, source);
    const ms = performance.now() - start;
    for (const id of Object.keys(reached)) add(id, { file: filepath, test: null, ms, hits: 0 });
    return module;
  }

  async runTask(test: RunnerTestCase): Promise<void> {
    const reached: Reached = {};
    switches.mutantCoverage.perTest['it'] = reached;
    switches.currentTestId = 'it';
    const start = performance.now();
    await TestRunner.getTestFn(test)();
    const ms = performance.now() - start;
    switches.currentTestId = undefined;
    const { filepath: file } = test.file;
    if (await this.#fails(test))
      throw new Error('It passes once, and then no more, so that no mutant can be tried with it.');
    for (const [id, hits] of Object.entries(reached)) add(id, { file, test, ms, hits });
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    if (!('filepath' in suite)) return;
    filesDone += 1;
    if (filesDone === inject('mutants').files) await this.#tryAll();
  }

  async #tryAll(): Promise<void> {
    const { done } = inject('mutants');
    const left: string[] = [];
    for (const [id, all] of reachers) {
      if (done.includes(id)) continue;
      begin(id);
      if (await this.#failsAgain(id, all)) tell(id, 'killed');
      else left.push(id);
    }
    for (const id of left) {
      begin(id);
      tell(id, (await this.#failsAnew(id, reachers.get(id) ?? [])) ? 'killed' : 'lives');
    }
  }

  /** Plays the tests again that reach it, the quick ones first: one that fails with it and passes without has noticed. */
  async #failsAgain(id: string, all: readonly Reacher[]): Promise<boolean> {
    for (const { test, hits } of all.toSorted((one, other) => one.ms - other.ms)) {
      if (test === null || spoiled.has(test.file)) continue;
      // The snapshots of a file are put away when it is done.
      await this.onBeforeRunSuite(test.file);
      Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: hits * 100 });
      if (!(await this.#fails(test))) continue;
      if (!(await this.#fails(test))) return true;
      spoiled.add(test.file);
    }
    return false;
  }

  async #fails(test: RunnerTestCase): Promise<boolean> {
    this.onBeforeTryTask(test);
    try {
      await TestRunner.getTestFn(test)();
      this.onAfterTryTask(test);
      return false;
    } catch {
      return true;
    } finally {
      switches.activeMutant = undefined;
    }
  }

  /**
   * Loads the files anew that reach it, the nearest first: what is worked out once, when a module is loaded or at the first
   * call, is worked out again.
   */
  async #failsAnew(id: string, all: readonly Reacher[]): Promise<boolean> {
    vi.resetModules();
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: 1e7 });
    try {
      for (const [file, inFile] of byNearness(all, inject('mutants').places[id] ?? ''))
        if (await this.#fileFails(file, inFile)) return true;
      return false;
    } finally {
      switches.activeMutant = undefined;
    }
  }

  async #fileFails(file: string, inFile: readonly Reacher[]): Promise<boolean> {
    const tests = new Set(inFile.map(({ test }) => test?.id));
    const quiet = quietRunner(this, ({ id }) => tests.has(undefined) || tests.has(id));
    const [result] = await startTests([file], quiet.runner);
    return quiet.hasFailed() || result?.result?.state === 'fail';
  }
}

/** Runs the tests of a file, as far as they are asked for, until one fails; nobody is told. */
function quietRunner(
  runner: TestRunner,
  isAsked: (test: RunnerTestCase) => boolean,
): { readonly runner: TestRunner; readonly hasFailed: () => boolean } {
  let hasFailed = false;
  const quiet = {
    importFile: (file: string, source: 'collect' | 'setup') =>
      TestRunner.prototype.importFile.call(runner, file, source),
    runTask: async (test: RunnerTestCase) => {
      if (hasFailed || !isAsked(test)) return;
      try {
        await TestRunner.getTestFn(test)();
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    },
    onCollected: ignore,
    onTaskUpdate: ignore,
    onAfterRunSuite: (suite: RunnerTestSuite) => TestRunner.prototype.onAfterRunSuite.call(runner, suite),
    onAfterRunFiles: ignore,
  };
  return { runner: Object.assign(Object.create(runner), quiet), hasFailed: () => hasFailed };
}

/** First the files that stand where the mutant does, the quick ones of them before the slow ones. */
function byNearness(all: readonly Reacher[], place: string): ReadonlyMap<string, readonly Reacher[]> {
  const files = [...new Set(all.map(({ file }) => file))].map((file) => {
    const inFile = all.filter((each) => each.file === file);
    return { file, inFile, common: commonFolders(file, place), ms: Math.max(...inFile.map(({ ms }) => ms)) };
  });
  files.sort((one, other) => other.common - one.common || one.ms - other.ms);
  return new Map(files.map(({ file, inFile }) => [file, inFile]));
}

function commonFolders(test: string, source: string): number {
  const folders = new Set(dirname(test).split('/'));
  return dirname(source)
    .split('/')
    .filter((folder) => folders.has(folder)).length;
}

function add(id: string, reacher: Reacher): void {
  const known = reachers.get(id);
  if (known === undefined) reachers.set(id, [reacher]);
  else known.push(reacher);
}

/** So that it is known which one never ends, and what to end then. */
function begin(id: string): void {
  write({ begun: id, pid: process.pid });
}

function tell(id: string, answer: Answer): void {
  write({ [answer]: id });
}

function write(line: Readonly<Record<string, string | number>>): void {
  appendFileSync(inject('mutants').log, `${JSON.stringify(line)}\n`);
}

function ignore(): void {}
