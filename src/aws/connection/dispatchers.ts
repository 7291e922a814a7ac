/**
 * What requests need of undici. Its index loads all that there is (fetch, WebSocket, caches, mocks), a tenth of the time
 * of a small audit. The paths are those of the version that package.json pins.
 */
import connect from 'undici/lib/api/api-connect.js';
import errors from 'undici/lib/core/errors.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// As the index does for every method; a proxy's tunnel needs this one.
Dispatcher.prototype.connect = connect;

export { Agent, EnvHttpProxyAgent, Pool, errors };
export type { Dispatcher };
