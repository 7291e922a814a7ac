/** A plugin of Stryker's: leaves out what stands inside a function. */
import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const ignorer: Ignorer = {
  shouldIgnore: (path) => (isInsideFunction(path) ? 'It stands inside a function.' : undefined),
};

/** The path is Babel's, of which Stryker's types say nothing. */
function isInsideFunction(path: NodePath): boolean {
  if (!('getFunctionParent' in path) || typeof path.getFunctionParent !== 'function')
    throw new Error('Babel has no getFunctionParent any more.');
  return path.getFunctionParent() !== null;
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'inside-functions', ignorer)];
