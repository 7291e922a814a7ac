import { lowerAlphanumeric, word } from '../seeded.ts';
import type { FleetUnit } from './fleet.ts';

type TagsByPath = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Units by their path: those that are named, and all above them. */
export class UnitPaths {
  readonly rootId: string;
  private readonly seed: number;
  private readonly tags: TagsByPath;
  private readonly found = new Map<string, FleetUnit>();

  constructor(seed: number, tags: TagsByPath) {
    this.seed = seed;
    this.tags = tags;
    this.rootId = `r-${word(seed, 'root', 4, lowerAlphanumeric)}`;
    for (const path of Object.keys(tags)) this.idOf(path);
  }

  get units(): readonly FleetUnit[] {
    return [...this.found.values()];
  }

  /** Of the unit at `/A/B`, which is made if need be; of the root at `/`. */
  idOf(path: string): string {
    if (path === '/') return this.rootId;
    const known = this.found.get(path);
    if (known !== undefined) return known.id;
    const cut = path.lastIndexOf('/');
    const parentId = this.idOf(path.slice(0, cut) || '/');
    const id = `ou-${this.rootId.slice(2)}-${word(this.seed, `unit${path}`, 8, lowerAlphanumeric)}`;
    this.found.set(path, { id, name: path.slice(cut + 1), parentId, tags: this.tags[path] ?? {} });
    return id;
  }
}
