// Links of ranks that are engines of one process: the main thread is the exchanging thread of all.
import { MessageChannel } from 'node:worker_threads';
import { startCall } from '../engine/exchange/exchange-call.ts';
import { isComplete, type Exchange, type Ticket } from '../engine/exchange/exchange.ts';
import {
  completeTicket,
  type ExchangeDesk,
  type ExchangeRequest,
} from '../engine/exchange/exchange-desk.ts';
import type { RankLink } from '../ranks/rank-link.ts';
import { createRanksInProcess } from './ranks-in-process.ts';

/** A link for each rank, with the exchanges where they are given. */
export function createLinksInProcess(
  ranks: number,
  exchanges: readonly Exchange[] = createRanksInProcess(ranks),
): RankLink[] {
  return exchanges.map((exchange, rank) => createLink(exchange, rank, ranks));
}

function createLink(exchange: Exchange, rank: number, ranks: number): RankLink {
  const requests = new Int32Array(new SharedArrayBuffer(4));
  const waiting = new Map<number, ExchangeRequest>();
  let next = 1;
  const take = (request: ExchangeRequest) => {
    // Messages of different desks may arrive in another order than they were sent in.
    waiting.set(request.number, request);
    for (let call = waiting.get(next); call; call = waiting.get(++next)) {
      waiting.delete(next);
      completeWith(call.ticket, startCall(exchange, call));
    }
  };
  const ports: ExchangeDesk['port'][] = [];
  return {
    rank,
    ranks,
    hosts: Array.from({ length: ranks }, () => 'here'),
    library: 'this process',
    exchange,
    openDesk() {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', take);
      ports.push(port1);
      return { rank, ranks, requests, port: port2 };
    },
    sentBytes: () => 0,
    atStep: () => undefined,
    abort: (message) => Promise.reject(new Error(message)),
    close() {
      for (const port of ports) port.close();
      return Promise.resolve();
    },
  };
}

/** Completes a ticket once the one of the exchange in this process is complete. */
function completeWith(asked: Ticket, started: Ticket): void {
  if (isComplete(started)) completeTicket(asked);
  else setImmediate(completeWith, asked, started);
}
