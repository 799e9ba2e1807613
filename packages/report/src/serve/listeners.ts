// Open pages, each with a connection over which it hears of changes.
import type { ServerResponse } from 'node:http';

export interface Listeners {
  readonly count: number;
  /** Keeps a connection open; false where there are too many. */
  add(response: ServerResponse): boolean;
  tell(event: 'changed' | 'end'): void;
}

/** Leaves connections for the pages themselves. */
const mostListeners = 16;

export function createListeners(): Listeners {
  const listeners = new Set<ServerResponse>();
  return {
    get count() {
      return listeners.size;
    },
    add(response) {
      if (listeners.size >= mostListeners) return false;
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write('\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return true;
    },
    tell(event) {
      for (const listener of listeners) {
        // One that does not read is told nothing more: what waits for it must not grow.
        if (!listener.writableNeedDrain) listener.write(`event: ${event}\ndata:\n\n`);
      }
    },
  };
}
