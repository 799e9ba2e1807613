// The state of rank 0 on all: parameters, running statistics, what the optimizer keeps.
import type { StoredTensor } from '@convbook/core';
import { readOptimizerState, readParameters } from '../engine/parameters.ts';
import type { SharedState } from '../engine/shared-state.ts';
import type { RankLink } from './rank-link.ts';
import { bytesOf, spreadBytes } from './tell.ts';

export async function spreadState(link: RankLink, state: SharedState): Promise<void> {
  for (const tensors of [readParameters(state), readOptimizerState(state)]) {
    for (const run of neighbours([...tensors.values()])) await spreadBytes(link, run);
  }
  await spreadBytes(link, bytesOf(state.statistics.optimizer));
}

/** The bytes of tensors, those without a gap between them in one piece. */
function neighbours(tensors: readonly StoredTensor[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (const { data } of tensors) {
    const last = pieces.at(-1);
    const { buffer, byteOffset, byteLength } = data;
    if (last !== undefined && last.byteOffset + last.byteLength === byteOffset) {
      pieces[pieces.length - 1] = new Uint8Array(
        buffer,
        last.byteOffset,
        last.byteLength + byteLength,
      );
    } else pieces.push(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return pieces;
}
