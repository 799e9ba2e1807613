import { runCalls } from '@convbook/layers/plan';
import type { LinkedBatch } from '../linked-batch.ts';
import { endingWith, type Phase } from './phase.ts';

/** Makes what is made of the weights before any shard, an item a call; no phase where that is nothing. */
export function createPreparePhases({ prepare }: LinkedBatch): Phase[] {
  if (prepare.length === 0) return [];
  const calls = prepare.map((call) => [call]);
  return [
    {
      name: 'prepare',
      items: calls.length,
      early: null,
      run: (item) => runCalls(calls[item]),
      ...endingWith([], () => undefined),
    },
  ];
}
