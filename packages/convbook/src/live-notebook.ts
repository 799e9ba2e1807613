// The main side of --live: a separate process makes and serves the page. Training sends it nothing and
// never waits for it; only the end of the command waits, for a limited time.
import { fork, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { threadFile } from '@convbook/core/node';
import { InvalidArgumentError } from 'commander';
import { say, style } from './progress.ts';

export interface LiveNotebook {
  /** Hands the finished notebook to the open pages, then ends the server; at most ten seconds. */
  finish(): Promise<void>;
  /** Ends the server at once, whatever state it is in. */
  end(): void;
}

/** A message of the server: its address, once, or a problem. */
export type LiveMessage = { address: string; isElsewhere: boolean } | { problem: string };

const defaultPort = 4280;

// The server gives open pages five seconds; the rest is for a page that it is making. After that it hangs.
const longestFinish = 10_000;

/** Serves the growing notebook of a run and prints its address on stderr. */
export function startLiveNotebook(directory: string, port: number | true): LiveNotebook {
  const wanted = port === true ? defaultPort : port;
  const server = startServer(directory, wanted);
  if (server === null) return { finish: () => Promise.resolve(), end: () => undefined };
  let isListening = false;
  let isEnding = false;
  server.on('message', (message: LiveMessage) => {
    if ('problem' in message) return say(`--live: ${message.problem}`);
    isListening = true;
    if (message.isElsewhere) say(`--live: port ${wanted} is in use, another is taken`);
    say(`the growing notebook: ${style('bold', message.address)}`);
  });
  server.on('error', sayUnserved);
  const exited = new Promise<void>((resolve) => {
    server.on('exit', (code, signal) => {
      resolve();
      // It ends with 0 after it has said why no page is served.
      if (isEnding || code === 0) return;
      const how = signal ?? `exit code ${code}`;
      say(`--live: the page has ended, got ${how}; training goes on without it`);
    });
  });
  const end = () => {
    isEnding = true;
    process.off('exit', end);
    server.kill('SIGKILL');
  };
  process.on('exit', end);
  return {
    async finish() {
      isEnding = true;
      if (isListening && server.connected) {
        // Without a callback an error would be emitted as an event.
        server.send('finish', () => undefined);
        await withinTime(exited, longestFinish);
      }
      end();
    },
    end,
  };
}

/** Null where the system refuses another process. */
function startServer(directory: string, port: number): ChildProcess | null {
  try {
    const { url, execArgv } = threadFile('convbook/live-server', import.meta.url);
    const server = fork(url, [directory, String(port)], {
      // A session of its own: Ctrl+C and other signals of the terminal reach only the training.
      detached: true,
      execArgv: [...execArgv],
      // It reports by messages, so no closed stream can end it.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    lowerPriority(server);
    // The end of the training does not wait for this process.
    server.unref();
    server.channel?.unref();
    return server;
  } catch (error) {
    sayUnserved(error as Error);
    return null;
  }
}

/** Training goes first. */
function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, 10);
  } catch {
    // It has already ended, and an event reports that.
  }
}

function sayUnserved(error: Error): void {
  say(`--live: no page is served, got ${error.message}`);
}

async function withinTime(event: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([event, timeUp]);
  clearTimeout(timer);
}

/** Parses a port, for an option. */
export function toPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}
