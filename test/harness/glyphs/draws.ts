import { keyOf, philox } from '@convbook/core/random';

/** Numbers from 0 to below 1, one after another. */
export type Draws = () => number;

/** The same numbers for the same seed, glyph and variant. */
export function createDraws(seed: number, glyph: number, variant: number): Draws {
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  let at = 0;
  return () => {
    philox([at++, glyph, variant, 0], key, words);
    return words[0] / 0x100000000;
  };
}
