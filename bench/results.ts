/** Figures as they were measured last, in bench/results.json, and as a page in docs/performance.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, totalmem } from 'node:os';
import { pinning } from './cores.ts';
import type { Kept, Results } from './figure.ts';
import { page } from './tables.ts';

const results = new URL('../../../bench/results.json', import.meta.url);
const document = new URL('../../../docs/performance.md', import.meta.url);

/** @param order the figures' names, as the page has them */
export async function keep(figure: Kept, order: readonly string[]): Promise<void> {
  const earlier = await readFile(results, 'utf8').catch(() => '{"figures":[]}');
  const { figures }: Pick<Results, 'figures'> = JSON.parse(earlier);
  const all = [...figures.filter(({ name }) => name !== figure.name), figure];
  const now = { machine: machine(), figures: all.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)) };
  await writeFile(results, `${JSON.stringify(now, null, 2)}\n`);
  await writeFile(document, page(now));
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? arch();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of ${model}, ${gigabytes} GB, Node ${process.versions.node}, plain HTTP on loopback, ${pinning}`;
}
