import type { Exchange, Ticket } from './exchange.ts';

/** Something that crosses between ranks at the end of a phase. */
export interface Crossing {
  /** Once all items of this rank have run. */
  start(): Ticket;
  /** Once the ticket is complete: puts what came where others read it. */
  finish(): void;
}

/** An array that has something of each item in turn: it crosses where it lies. */
export function gatherInPlace(
  exchange: Exchange,
  { buffer, byteOffset, byteLength }: ArrayBufferView,
  starts: readonly number[],
): Crossing {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return { start: () => exchange.startGather(bytes, starts), finish() {} };
}
