import type { ViteUserConfig } from 'vitest/config';

export const compiledEnding: string;
export function compiledModule(file: string): Promise<string>;
export function compiledSchemas(): NonNullable<ViteUserConfig['plugins']>[number];
