/** moto's own server, an AWS that nobody here wrote, where it is installed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface MotoServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** On a free port of 127.0.0.1; takes some seconds to start. */
export async function startMoto(): Promise<MotoServer> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  };
  for await (const line of createInterface(child.stderr)) {
    const url = /Running on (?<url>http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.groups?.['url'];
    if (url !== undefined) {
      child.stderr.resume();
      return { url, stop };
    }
  }
  await stop();
  throw new Error('moto_server ended before it said where it runs');
}
