// Convolutions with stride 1 by Winograd's F(4×4, 3×3) and F(2×2, 5×5): Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A
// for tiles of 6 × 6 inputs, 36 products instead of 144 and 100 (Lavin and Gray, Fast Algorithms
// for Convolutional Neural Networks, arXiv:1509.09308). Both take the points 0, ±1, ±2 and infinity,
// and so the same Bᵀ. The products, summed over channels, are 36 matrix products. Values lie by their
// place in the tile: U[36][a][b], V[36][b][tile][lane], M[36][a][tile][lane]. The planes may be
// further apart than they are long, so that a tile's values in all planes do not fall into a few sets of
// a cache.
import { dense } from './dense';
import { Bytes } from './units';

export const PLANES: i32 = 36;

/** M = U V for each place of the tile; `rowBytes` of V and M: the tiles' lanes. */
export function winogradProducts(
  M: usize, mPlane: Bytes, V: usize, vPlane: Bytes, U: usize, uPlane: Bytes, outChannels: i32,
  sourceChannels: i32, rowBytes: Bytes,
): void {
  for (let plane = 0; plane < PLANES; plane++) {
    dense(M, V, U, 0, outChannels, sourceChannels, rowBytes, 0);
    M += mPlane;
    V += vPlane;
    U += uPlane;
  }
}
