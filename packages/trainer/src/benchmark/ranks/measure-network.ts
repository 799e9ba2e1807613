// Times collective calls of several sizes, as a step makes them: through the exchange, one after the other.
import { startsOf } from '@convbook/layers/plan';
import type { Exchange, Ticket } from '../../engine/exchange/exchange.ts';
import { sharedBytes } from '../../ranks/tell.ts';
import { median } from '../run-slices.ts';
import type { TimedCrossing } from './network.ts';

/** Bytes that all ranks have together, from a shard's loss to the gradients of a large model. */
const sizes = [8, 12, 16, 18, 20, 22, 24].map((exponent) => 1 << exponent);

/** Calls of growing sizes. */
export interface NetworkTimes {
  readonly gathers: readonly TimedCrossing[];
  readonly scatters: readonly TimedCrossing[];
}

/** Ends when the ticket is complete. */
export type WaitFor = (ticket: Ticket) => void | Promise<void>;

/**
 * The median of `repeat` gathers and of as many scatters of each size, after one that is not counted. All ranks
 * call it; each has its own times.
 */
export async function measureNetwork(
  exchange: Exchange,
  waitFor: WaitFor,
  repeat: number,
): Promise<NetworkTimes> {
  const gathers: TimedCrossing[] = [];
  const scatters: TimedCrossing[] = [];
  for (const size of sizes) {
    const calls = createCalls(exchange, size);
    gathers.push(await time(calls.gather, waitFor, repeat));
    scatters.push(await time(calls.scatter, waitFor, repeat));
  }
  return { gathers, scatters };
}

/** A call that can be made again and again, and what each rank receives by it. */
interface RepeatedCall {
  readonly bytes: number;
  start(): Ticket;
}

function createCalls(exchange: Exchange, size: number) {
  const { rank, ranks } = exchange;
  const starts = startsOf(size, ranks);
  const own = starts[rank + 1] - starts[rank];
  const all = sharedBytes(size);
  // Every rank gives each other as much as it gets of it: a part of its own size.
  const received = sharedBytes(own * ranks);
  const places = Array.from({ length: ranks + 1 }, (_, r) => own * r);
  const gather: RepeatedCall = {
    bytes: size - own,
    start: () => exchange.startGather(all, starts),
  };
  const scatter: RepeatedCall = {
    bytes: own * (ranks - 1),
    start: () => exchange.startScatter(all, starts, received, places),
  };
  return { gather, scatter };
}

async function time(
  { bytes, start }: RepeatedCall,
  waitFor: WaitFor,
  repeat: number,
): Promise<TimedCrossing> {
  await waitFor(start());
  const times: number[] = [];
  for (let turn = 0; turn < repeat; turn++) {
    const startedAt = performance.now();
    await waitFor(start());
    times.push((performance.now() - startedAt) / 1000);
  }
  return { bytes, seconds: median(times) };
}
