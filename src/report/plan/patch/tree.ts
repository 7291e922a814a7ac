/** Settings whose names have dots, as the blocks that they stand in. */
import type { Setting } from '../../../domain/patch/source-settings.ts';

export interface Block {
  readonly name: string;
  readonly settings: readonly Setting[];
}

/** In the order of the settings; what stands in a block comes with its block, by the name inside of it. */
export function inBlocks(settings: readonly Setting[]): readonly (Setting | Block)[] {
  const done = new Set<string>();
  return settings.flatMap((setting): readonly (Setting | Block)[] => {
    const [name = '', ...rest] = setting.name.split('.');
    if (rest.length === 0) return [setting];
    if (done.has(name)) return [];
    done.add(name);
    const own = settings.filter((other) => other.name.startsWith(`${name}.`));
    return [{ name, settings: own.map((other) => ({ ...other, name: other.name.slice(name.length + 1) })) }];
  });
}

export function isBlock(part: Setting | Block): part is Block {
  return 'settings' in part;
}

/** A block in which nothing is to be left. */
export function isRemoved({ settings }: Block): boolean {
  return settings.every(({ value }) => value === null);
}

export function isChanged({ settings }: Block): boolean {
  return settings.some(({ changes }) => changes);
}
