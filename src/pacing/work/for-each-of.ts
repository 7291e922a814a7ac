/** So many workers take items as they come; whoever fails ends it for all. */
export async function forEachOf<T>(
  items: AsyncGenerator<T>,
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  async function worker(): Promise<void> {
    for (let item = await items.next(); item.done !== true; item = await items.next()) await work(item.value);
  }
  await Promise.all(Array.from({ length: workers }, worker));
}
