// Whether to pause is asked of all ranks in each step, with its loss: if any one is told to, all end the job
// after that step.
import { startsOf } from '@convbook/layers/plan';
import type { Position } from '../control/position.ts';
import type { Arrays } from '../memory-kind.ts';
import { gatherInPlace, type Crossing } from './crossing.ts';
import type { Exchange } from './exchange.ts';

export function createPauseVote(
  exchange: Exchange,
  position: Position,
  { integers }: Arrays,
): Crossing {
  const { rank, ranks } = exchange;
  const wishes = integers(ranks);
  const bytesOf = startsOf(ranks, ranks).map((first) => first * wishes.BYTES_PER_ELEMENT);
  const { start } = gatherInPlace(exchange, wishes, bytesOf);
  return {
    start() {
      wishes[rank] = position.isPauseWanted() ? 1 : 0;
      return start();
    },
    finish: () => position.agreeToPause(wishes.includes(1)),
  };
}
