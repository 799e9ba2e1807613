// Draws the change of one image in one epoch. Every number depends on (seed, epoch, data-set index,
// element) alone, so it is the same for any order, shard, worker or resume.
import { cos, sin } from '@convbook/core';
import { keyOf, philox, Purpose } from '@convbook/core/random';
import type { Augmentation } from './augmentation.ts';
import { nodesOf, type Warp } from './warp.ts';

/** Fills `warp` for the image at `index` of the data set. */
export type DrawWarp = (epoch: number, index: number, warp: Warp) => void;

/**
 * Draws for images `[height, width]`. Elements 0 to 3 are rotation, scale, columns and rows; 4 + 2k
 * and 5 + 2k are columns and rows of node k of the elastic grid.
 */
export function createDraws(
  settings: Augmentation,
  seed: number,
  [height, width]: readonly [number, number],
): DrawWarp {
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  const nodes = settings.elastic > 0 ? nodesOf(height) * nodesOf(width) : 0;
  const drawBlock = (block: number, index: number, epoch: number) =>
    philox([block, index, epoch, Purpose.augment], key, words);
  return (epoch, index, warp) => {
    drawBlock(0, index, epoch);
    const angle = (settings.rotation * symmetric(words[0]) * Math.PI) / 180;
    const factor = 1 + settings.scale * symmetric(words[1]);
    warp.cosine = cos(angle) / factor;
    warp.sine = sin(angle) / factor;
    warp.columns = settings.shift * symmetric(words[2]);
    warp.rows = settings.shift * symmetric(words[3]);
    for (let node = 0; node < nodes; node++) {
      const word = (node % 2) * 2;
      if (word === 0) drawBlock(1 + node / 2, index, epoch);
      warp.nodeColumns[node] = settings.elastic * symmetric(words[word]);
      warp.nodeRows[node] = settings.elastic * symmetric(words[word + 1]);
    }
  };
}

/** 32 random bits as a number in [-1, 1). */
function symmetric(word: number): number {
  return word / 0x80000000 - 1;
}
