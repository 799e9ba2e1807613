// The requests of all desks of a rank, in the order of their numbers.
import type { MessagePort } from 'node:worker_threads';
import { receiveMessageOnPort } from 'node:worker_threads';
import { takeRequest, type ExchangeRequest } from '@convbook/trainer/ranks';

/** The main thread has opened a desk; `isPatient` where its calls wait for others to begin a job. */
export interface NewDesk {
  readonly port: MessagePort;
  readonly isPatient: boolean;
}

export interface Arrived {
  readonly request: ExchangeRequest;
  readonly isPatient: boolean;
}

export interface Inbox {
  /** The next request; undefined where all were taken. */
  take(): Arrived | undefined;
  isEmpty(): boolean;
  /** How many were taken. */
  taken(): number;
}

/** `port` brings new desks: the message with a desk comes before any request of it. */
export function createInbox(port: MessagePort, requests: Int32Array): Inbox {
  const desks: NewDesk[] = [];
  const waiting = new Map<number, Arrived>();
  let taken = 0;
  return {
    take() {
      if (Atomics.load(requests, 0) === taken) return undefined;
      if (!waiting.has(taken + 1)) {
        takeDesks(port, desks);
        takeAll(desks, waiting);
      }
      const next = waiting.get(taken + 1);
      if (next) waiting.delete(++taken);
      return next;
    },
    isEmpty: () => Atomics.load(requests, 0) === taken,
    taken: () => taken,
  };
}

function takeDesks(port: MessagePort, desks: NewDesk[]): void {
  for (;;) {
    const received = receiveMessageOnPort(port) as { message: NewDesk } | undefined;
    if (!received) return;
    desks.push(received.message);
  }
}

function takeAll(desks: readonly NewDesk[], waiting: Map<number, Arrived>): void {
  for (const { port, isPatient } of desks) {
    for (;;) {
      const request = takeRequest(port);
      if (!request) break;
      waiting.set(request.number, { request, isPatient });
    }
  }
}
