// The calls of an exchange as data: they go to another thread, are counted, or wait for their turn.
import type { Ranks } from '@convbook/layers/plan';
import type { Exchange, Ticket } from './exchange.ts';

/** A collective call of one rank, see `Exchange`. */
export type ExchangeCall =
  | { readonly kind: 'gather'; readonly bytes: Uint8Array; readonly starts: readonly number[] }
  | {
      readonly kind: 'scatter';
      readonly from: Uint8Array;
      readonly fromStarts: readonly number[];
      readonly to: Uint8Array;
      readonly toStarts: readonly number[];
    }
  | { readonly kind: 'spread'; readonly bytes: Uint8Array };

/** An exchange whose calls are made by `start`. */
export function exchangeBy(
  { rank, ranks }: Ranks,
  start: (call: ExchangeCall) => Ticket,
): Exchange {
  return {
    rank,
    ranks,
    startGather: (bytes, starts) => start({ kind: 'gather', bytes, starts }),
    startScatter: (from, fromStarts, to, toStarts) =>
      start({ kind: 'scatter', from, fromStarts, to, toStarts }),
    startSpread: (bytes) => start({ kind: 'spread', bytes }),
  };
}

/** Makes a call. */
export function startCall(exchange: Exchange, call: ExchangeCall): Ticket {
  switch (call.kind) {
    case 'gather':
      return exchange.startGather(call.bytes, call.starts);
    case 'scatter':
      return exchange.startScatter(call.from, call.fromStarts, call.to, call.toStarts);
    case 'spread':
      return exchange.startSpread(call.bytes);
    default:
      return call satisfies never;
  }
}

/** Bytes that must leave a rank by a call: its own, once for every other rank that gets them. */
export function bytesToOthers(call: ExchangeCall, { rank, ranks }: Ranks): number {
  const partOf = (starts: readonly number[]) => starts[rank + 1] - starts[rank];
  switch (call.kind) {
    case 'gather':
      return partOf(call.starts) * (ranks - 1);
    case 'scatter':
      return call.fromStarts[ranks] - call.fromStarts[0] - partOf(call.fromStarts);
    case 'spread':
      return rank === 0 ? call.bytes.byteLength * (ranks - 1) : 0;
    default:
      return call satisfies never;
  }
}
