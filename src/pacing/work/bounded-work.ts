import pLimit from 'p-limit';

/**
 * Work that runs so many at a time behind a line of bounded length. The first failure stops nothing by itself: it is
 * handed to `onFailure`, once for each.
 */
export interface BoundedWork {
  /** Resolves once there is room in the line again; whoever brings more waits for it. */
  add(work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

export function boundedWork(running: number, waiting: number, onFailure: (error: unknown) => void): BoundedWork {
  const limit = pLimit(running);
  const underway = new Set<Promise<void>>();
  return {
    async add(work) {
      const started = new Promise<void>((resolve) => {
        const task: Promise<void> = limit(() => {
          resolve();
          return work();
        })
          .catch(onFailure)
          .finally(() => underway.delete(task));
        underway.add(task);
      });
      if (limit.pendingCount > waiting) await started;
    },
    async idle() {
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}
