// Links of ranks of one process that end as real ones do, but for the process, which a test needs.
import { exchangeBy, startCall } from '../engine/exchange/exchange-call.ts';
import type { Ticket } from '../engine/exchange/exchange.ts';
import { completeTicket } from '../engine/exchange/exchange-desk.ts';
import type { RankLink } from '../ranks/rank-link.ts';
import { createLinksInProcess } from './links-in-process.ts';

/** The end of all ranks by one of them. */
export interface Abortion {
  readonly message: string;
  readonly exitCode: number;
}

export interface EndingLinks {
  /** On hosts `a`, `b`, … */
  readonly links: readonly RankLink[];
  /** The first that ended all; null: none. */
  aborted(): Abortion | null;
}

/** Once a rank ends all, those without workers that wait go on, and the next call of each throws. */
export function createEndingLinks(ranks: number): EndingLinks {
  const tickets: Ticket[] = [];
  let aborted: Abortion | null = null;
  const start = (call: () => Ticket) => {
    if (aborted !== null) throw new Error(`ended: ${aborted.message}`);
    const ticket = call();
    tickets.push(ticket);
    return ticket;
  };
  const links = createLinksInProcess(ranks).map((link) => ({
    ...link,
    hosts: link.hosts.map((_, rank) => 'abcdefgh'[rank]),
    exchange: exchangeBy(link, (call) => start(() => startCall(link.exchange, call))),
    abort(message: string, exitCode: number) {
      aborted ??= { message, exitCode };
      tickets.forEach(completeTicket);
      return Promise.reject(new Error(`ended: ${aborted.message}`));
    },
  }));
  return { links, aborted: () => aborted };
}
