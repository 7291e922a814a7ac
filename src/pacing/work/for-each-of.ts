/** So many workers take items as they come; whoever fails ends it for all, and nobody waits for an item that is on its way. */
export async function forEachOf<T>(
  items: AsyncGenerator<T>,
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  async function worker(): Promise<void> {
    for (let item = await items.next(); item.done !== true; item = await items.next()) await work(item.value);
  }
  try {
    await Promise.all(Array.from({ length: workers }, worker));
  } finally {
    // What a failure ends may fail as well; the first is told.
    void items.return(undefined).catch(() => {});
  }
}
