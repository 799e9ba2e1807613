// The main side of --live: a process of its own makes and serves the page, so that training never
// waits for it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { say, style } from './progress.ts';

export interface LiveNotebook {
  /** Hands the finished notebook to the open pages; resolves when they have it. */
  finish(): Promise<void>;
  /** Ends the server, whatever state it is in. */
  end(): void;
}

/** What the server says once it listens. */
export interface LiveAddress {
  address: string;
  isElsewhere: boolean;
}

const defaultPort = 4280;

/** Serves the growing notebook of a run; its address is said on stderr. */
export function startLiveNotebook(directory: string, port: number | true): LiveNotebook {
  const wanted = port === true ? defaultPort : port;
  const server = fork(join(import.meta.dirname, 'live-server.ts'), [directory, String(wanted)], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  server.on('message', (message) => {
    const { address, isElsewhere } = message as LiveAddress;
    if (isElsewhere) say(`--live: port ${wanted} is in use, another is taken`);
    say(`the growing notebook: ${style('bold', address)}`);
  });
  server.on('error', (error) => say(`--live: no page is served, got ${error.message}`));
  const isGone = () => server.exitCode !== null || server.signalCode !== null;
  return {
    async finish() {
      if (isGone() || !server.connected) return;
      const gone = once(server, 'exit');
      server.send('finish');
      await gone;
    },
    end() {
      if (server.connected) server.disconnect();
    },
  };
}

/** Parses a port, for an option. */
export function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}
