// The growing notebook of a running run over HTTP, on this machine only. It reads what the trainer
// writes and nothing else, so it can live in a process of its own.
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { runFiles } from '@convbook/run';
import { renderNotebook } from '../notebook.ts';
import { readRun } from '../run/read-run.ts';

export interface ServedRun {
  /** For a browser, `http://127.0.0.1:PORT/`. */
  readonly address: string;
  /** Whether the wanted port was taken, and another is used. */
  readonly isElsewhere: boolean;
  /** Hands the finished notebook to the open pages, and ends. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const host = '127.0.0.1';

// How often the run is looked at.
const lookEvery = 1000;

/** How long the last pages may take to fetch the finished notebook. */
const farewell = 5000;

/**
 * Serves the notebook of a run as it grows; where the port is taken, on any that is free.
 *
 * @param restPerWork How many times as long as making a page took nothing is made after it: by default
 *   it has at most a tenth of the time, so that it takes little from training.
 */
export async function serveRun(
  directory: string,
  port: number,
  restPerWork = 9,
): Promise<ServedRun> {
  const listeners = new Set<ServerResponse>();
  let page: string | null = null;
  let seenBytes = -1;
  let restUntil = 0;
  // Open pages that do not have the finished notebook yet; null before there is one.
  let waiting: number | null = null;
  let allServed: () => void = () => undefined;

  const remake = async () => {
    const bytes = sizeOf(join(directory, runFiles.metrics));
    if (bytes === seenBytes && page !== null) return;
    const startedAt = performance.now();
    try {
      page = await renderNotebook(readRun(directory), null, null, { isGrowing: true });
      seenBytes = bytes;
      tell('changed');
    } catch (error) {
      // A log that is being cut back: the next look finds it whole.
      if (!(error instanceof RunDirectoryError)) throw error;
    }
    const now = performance.now();
    restUntil = now + restPerWork * (now - startedAt);
  };
  const tell = (event: string) => {
    for (const listener of listeners) listener.write(`event: ${event}\ndata:\n\n`);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { port: own } = server.address() as AddressInfo;
    const hosts = [`${host}:${own}`, `localhost:${own}`];
    // Another name that leads here belongs to somebody else's page.
    if (!hosts.includes(request.headers.host ?? '')) return end(response, 403);
    if (request.method !== 'GET') return end(response, 405);
    if (request.url === '/events') return listen(response, listeners);
    if (request.url !== '/') return end(response, 404);
    if (page === null) await remake();
    if (page === null) return end(response, 503);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Cache-Control', 'no-store');
    response.end(page);
    if (waiting === null) return;
    waiting--;
    if (waiting <= 0) response.on('finish', allServed);
  };

  const server = createServer((request, response) => void answer(request, response));
  const isElsewhere = !(await startListening(server, port));
  if (isElsewhere) await startListening(server, 0);
  const timer = setInterval(() => {
    if (waiting !== null || listeners.size === 0 || performance.now() < restUntil) return;
    restUntil = Infinity; // until this one is made
    void remake();
  }, lookEvery);

  const close = async () => {
    clearInterval(timer);
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    address: `http://${host}:${(server.address() as AddressInfo).port}/`,
    isElsewhere,
    close,
    async finish() {
      page = readFileSync(join(directory, runFiles.notebook), 'utf8');
      waiting = listeners.size;
      if (waiting > 0) {
        const served = new Promise<void>((resolve) => (allServed = resolve));
        tell('end');
        const timeUp = new Promise((resolve) => setTimeout(resolve, farewell).unref());
        await Promise.race([served, timeUp]);
      }
      await close();
    },
  };
}

/** Whether the port could be had. */
async function startListening(server: Server, port: number): Promise<boolean> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  try {
    await listening;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Keeps a connection open, over which the page hears of changes. */
function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('\n');
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
