// The asking side of picture-server.ts.
import { fork, type ChildProcess } from 'node:child_process';
import { threadFile } from '@convbook/core/node';
import type { Products, Reply, Request } from './messages.ts';

export interface PictureProcess {
  /** One request at a time. */
  ask<Kind extends keyof Products>(request: Request<Kind>): Promise<Reply<Products[Kind]>>;
  isAlive(): boolean;
  /** Ends the process at once. */
  end(): void;
}

/** Longer than any picture takes; a file system may never answer. */
const longestMilliseconds = 60_000;

/** For its JavaScript; libvips has its pixels elsewhere. */
const heapMegabytes = 64;

/** Starts a process that decodes pictures. */
export function startPictureProcess(): PictureProcess {
  const server = startServer();
  return {
    ask(request) {
      const reply = nextReply<Products[typeof request.want]>(server);
      // Not connected where the system refused another process, which an event reports.
      if (server.connected) server.send(request, () => undefined);
      return reply;
    },
    isAlive: () => server.connected,
    end: () => void server.kill('SIGKILL'),
  };
}

function startServer(): ChildProcess {
  const { url, execArgv } = threadFile('@convbook/data/picture-server', import.meta.url);
  const heap = `--max-old-space-size=${heapMegabytes}`;
  return fork(url, {
    execArgv: [heap, ...execArgv],
    // Bytes stay bytes.
    serialization: 'advanced',
    // libvips warns on stderr.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** What the process answers, or how it ended instead. */
function nextReply<Product>(server: ChildProcess): Promise<Reply<Product>> {
  return new Promise((resolve) => {
    const settle = (reply: Reply<Product>) => {
      clearTimeout(timer);
      server.off('message', settle).off('exit', onExit).off('error', onError);
      resolve(reply);
    };
    const lose = (got: string) =>
      settle({
        problem: `the process that decodes it has ended, got ${got}; try again with more memory, or save it again as PNG`,
        isEnding: true,
      });
    const onExit = (code: number | null, signal: string | null) =>
      lose(signal ?? `exit code ${code}`);
    const onError = (error: Error) => lose(error.message);
    const timer = setTimeout(
      () => lose(`no answer in ${longestMilliseconds / 1000} seconds`),
      longestMilliseconds,
    );
    server.on('message', settle).on('exit', onExit).on('error', onError);
  });
}
