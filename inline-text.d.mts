import type { ViteUserConfig } from 'vitest/config';

export function inlineText(): NonNullable<ViteUserConfig['plugins']>[number];
