import type { ViteUserConfig } from 'vitest/config';

export const inlinedEnding: string;
export function inlinedModule(file: string): Promise<string>;
export function inlineText(): NonNullable<ViteUserConfig['plugins']>[number];
