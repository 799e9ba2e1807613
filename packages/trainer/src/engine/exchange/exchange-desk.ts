// The threads of a rank reach the one that exchanges with other ranks through desks, one each. A request is
// a message, counted in a word on which the exchanging thread sleeps; the answer is the ticket.
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { exchangeBy, type ExchangeCall } from './exchange-call.ts';
import type { Exchange, Ticket } from './exchange.ts';

/** Goes to a thread by structured clone; its port is transferred. */
export interface ExchangeDesk {
  readonly rank: number;
  readonly ranks: number;
  /** One shared word for all desks of a rank: how many requests were made. */
  readonly requests: Int32Array;
  readonly port: MessagePort;
}

/** A call of one of the threads of a rank, for the exchanging thread. Its arrays lie in shared memory. */
export type ExchangeRequest = ExchangeCall & {
  /** From 1, over all desks of a rank. */
  readonly number: number;
  readonly ticket: Ticket;
};

/** The exchange of a thread that has this desk. */
export function createDeskExchange(desk: ExchangeDesk): Exchange {
  const { requests, port } = desk;
  // One thread at a time makes calls, so the number is not taken by another meanwhile.
  return exchangeBy(desk, (call) => {
    checkShared(call);
    const number = Atomics.load(requests, 0) + 1;
    const ticket: Ticket = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    port.postMessage({ ...call, number, ticket } satisfies ExchangeRequest);
    // After the message: who sees the number finds it.
    Atomics.store(requests, 0, number);
    Atomics.notify(requests, 0);
    return ticket;
  });
}

/** The exchanging thread: the request that a desk has for it; undefined where it has none. */
export function takeRequest(port: MessagePort): ExchangeRequest | undefined {
  return (receiveMessageOnPort(port) as { message: ExchangeRequest } | undefined)?.message;
}

/** The exchanging thread: what was asked for is there. */
export function completeTicket(ticket: Ticket): void {
  // Atomic, after the bytes: who sees the word sees them.
  Atomics.store(ticket, 0, 1);
  Atomics.notify(ticket, 0);
}

function checkShared(call: ExchangeCall): void {
  const arrays = call.kind === 'scatter' ? [call.from, call.to] : [call.bytes];
  if (arrays.every(({ buffer }) => buffer instanceof SharedArrayBuffer)) return;
  throw new Error(
    `exchange: expected bytes in shared memory for ${call.kind}, got bytes that a message would copy; ` +
      'give views of a SharedArrayBuffer',
  );
}
