// Whether to pause is asked of all ranks after each step: if any one is told to, all end the job after
// the same step.
import type { Position } from '../control/position.ts';
import { gatherInPlace, type Crossing } from './crossing.ts';
import { startsOf, type Exchange } from './exchange.ts';

export interface PauseVote extends Crossing {
  /** Once it is finished: whether some rank wants to pause. */
  isAgreed(): boolean;
}

export function createPauseVote(exchange: Exchange, position: Position): PauseVote {
  const { rank, ranks } = exchange;
  const wishes = new Int32Array(ranks);
  const bytesOf = startsOf(ranks, ranks).map((first) => first * wishes.BYTES_PER_ELEMENT);
  const { start, finish } = gatherInPlace(exchange, wishes, bytesOf);
  return {
    start() {
      wishes[rank] = position.isPauseWanted() ? 1 : 0;
      return start();
    },
    finish,
    isAgreed: () => wishes.includes(1),
  };
}
