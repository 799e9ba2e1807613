// The growing notebook of a running run over HTTP, on this machine only. It reads what the trainer
// writes and nothing else, so it can live in a process of its own.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runFiles } from '@convbook/run';
import { readBytes } from '@convbook/run/writing';
import { createGrowingPage, type GrowingPageOptions } from './growing-page.ts';
import { longestResponse, loopback, mostConnections, refusalOf, serverLimits } from './limits.ts';
import { createListeners } from './listeners.ts';

/** A run whose growing notebook is served. */
export interface ServedRun {
  /** For a browser, `http://127.0.0.1:PORT/`. */
  readonly address: string;
  /** Whether the wanted port was taken, and another is used. */
  readonly isElsewhere: boolean;
  /** Hands the finished notebook to the open pages, which have five seconds to fetch it, and ends. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

// How often the run is looked at, in milliseconds.
const lookEvery = 1000;

// How long the open pages may take to fetch the finished notebook, in milliseconds.
const farewell = 5000;

// A longer notebook is not read: it is in memory as a whole.
const longestNotebook = 256 * 1024 * 1024;

/**
 * Serves the notebook of a run as it grows; where the port is taken, on any that is free. No request
 * and no damage to the run ends the server.
 */
export async function serveRun(
  directory: string,
  port: number,
  options: GrowingPageOptions = {},
): Promise<ServedRun> {
  const { onDefect = () => undefined } = options;
  const growing = createGrowingPage(directory, options);
  const listeners = createListeners();
  let finished: Buffer | null = null;
  // Open pages that do not have the finished notebook yet.
  let waiting = 0;
  let allServed: () => void = () => undefined;

  const sendPage = async (response: ServerResponse) => {
    if (finished === null && growing.bytes === null) await growing.refresh();
    const page = finished ?? growing.bytes;
    if (page === null) return refuse(response, 503, growing.problem ?? '');
    if (finished !== null) response.on('finish', () => --waiting <= 0 && allServed());
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.end(page);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    // A client that left does not read the answer.
    response.on('error', () => undefined);
    // Nobody asks twice in a row: a connection that were kept might close just as the next request comes.
    response.setHeader('Connection', 'close');
    const status = refusalOf(request, server);
    if (status !== null) return refuse(response, status);
    const isEvents = request.url === '/events' && request.method === 'GET';
    if (isEvents && listeners.add(response)) return;
    if (isEvents) return refuse(response, 503, 'too many open pages');
    if (request.url !== '/') return refuse(response, 404);
    limitResponse(response);
    await sendPage(response);
  };

  const server = createServer(serverLimits, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.maxConnections = mostConnections;
  const isElsewhere = !(await startListening(server, port));
  if (isElsewhere) await startListening(server, 0);
  // Such as a connection that takes one file too many.
  server.on('error', onDefect);
  const look = async () => {
    if (listeners.count > 0 && (await growing.refresh())) listeners.tell('changed');
  };
  const timer = setInterval(() => void look().catch(onDefect), lookEvery);

  const close = async () => {
    clearInterval(timer);
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const sayFarewell = async () => {
    finished = Buffer.from(readBytes(directory, runFiles.notebook, true, longestNotebook));
    waiting = listeners.count;
    if (waiting === 0) return;
    const served = new Promise<void>((resolve) => (allServed = resolve));
    listeners.tell('end');
    const timeUp = new Promise((resolve) => setTimeout(resolve, farewell).unref());
    await Promise.race([served, timeUp]);
  };
  return {
    address: `http://${loopback}:${(server.address() as AddressInfo).port}/`,
    isElsewhere,
    close,
    async finish() {
      clearInterval(timer);
      try {
        await sayFarewell();
      } finally {
        await close();
      }
    },
  };
}

/** Whether the port could be had. */
async function startListening(server: Server, port: number): Promise<boolean> {
  const listening = once(server, 'listening');
  server.listen(port, loopback);
  try {
    await listening;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Gives up a client that reads too slowly. */
function limitResponse(response: ServerResponse): void {
  const timer = setTimeout(() => response.destroy(), longestResponse);
  response.on('close', () => clearTimeout(timer));
}

function refuse(response: ServerResponse, status: number, why = ''): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(why);
}
