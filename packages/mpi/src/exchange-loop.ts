// The exchanging thread: starts calls in the order of their requests, looks which are complete, and sleeps
// in between. It alone calls MPI, and never inside a call that waits.
import { bytesToOthers, completeTicket, type Ticket } from '@convbook/trainer/ranks';
import { startCalls } from './calls.ts';
import type { Control } from './control.ts';
import type { Arrived, Inbox } from './inbox.ts';
import type { Mpi, Pending } from './mpi.ts';

export interface ExchangeParts {
  readonly mpi: Mpi;
  readonly control: Control;
  readonly inbox: Inbox;
  /** The word on which the thread sleeps: how many requests were made. */
  readonly requests: Int32Array;
  /** Looks for ranks that are lost, whenever the thread is awake. */
  readonly guard: (flights: readonly Flight[]) => void;
  /** Lets another thread have the core. */
  readonly yieldCore: () => void;
}

/** A request whose calls are under way. */
export interface Flight {
  /** Of the request, the same on all ranks. */
  readonly number: number;
  readonly isPatient: boolean;
  readonly pending: readonly Pending[];
  readonly ticket?: Ticket;
}

/** Lasts until the rank leaves, which it does together with the others, after the last call. */
export function runExchange({
  mpi,
  control,
  inbox,
  requests,
  guard,
  yieldCore,
}: ExchangeParts): void {
  const nap = createNaps(requests, yieldCore);
  let flights: readonly Flight[] = [];
  for (let isParting = false; !isParting || flights.length > 0;) {
    const begun = begin(mpi, control, inbox.take());
    if (begun) flights = flights.concat(begun);
    else if (!isParting && control.isLeaving() && inbox.isEmpty()) {
      isParting = true;
      flights = flights.concat(part(mpi, inbox.taken() + 1));
    }
    const left = flights.filter((flight) => !isComplete(mpi, flight));
    if (begun !== undefined || left.length < flights.length) nap.reset();
    flights = left;
    guard(flights);
    nap.rest(inbox.taken(), flights.length === 0);
  }
}

function begin(mpi: Mpi, control: Control, arrived: Arrived | undefined): Flight | undefined {
  if (!arrived) return undefined;
  const { request, isPatient } = arrived;
  control.addSent(bytesToOthers(request, mpi));
  const pending = startCalls(mpi, request);
  return { number: request.number, isPatient, pending, ticket: request.ticket };
}

/** The others may still be busy: the first saves the last files. */
function part(mpi: Mpi, number: number): Flight {
  return { number, isPatient: true, pending: [mpi.meet()] };
}

function isComplete(mpi: Mpi, { pending, ticket }: Flight): boolean {
  // All are looked at, which moves their bytes. MPI forgets a complete one, and says so again.
  const left = pending.filter((call) => !mpi.isComplete(call));
  if (left.length > 0) return false;
  if (ticket) completeTicket(ticket);
  return true;
}

// Milliseconds. So long the core is given to whoever wants it and the calls are looked at again; ranks that share
// the cores of a host would take them from workers otherwise, and a sleep costs 0.06 more.
const yielding = 5;
// A wait is longer by no more than an eighth, and a rank that waits takes 2 to 4 % of a core.
const [longestNap, longestIdleNap] = [1, 10];

function createNaps(requests: Int32Array, yieldCore: () => void) {
  let quietSince = performance.now();
  return {
    reset() {
      quietSince = performance.now();
    },
    /** A new request ends it at once. */
    rest(taken: number, isIdle: boolean) {
      const quiet = performance.now() - quietSince;
      if (!isIdle && quiet < yielding) return yieldCore();
      Atomics.wait(requests, 0, taken, Math.min(quiet / 8, isIdle ? longestIdleNap : longestNap));
    },
  };
}
