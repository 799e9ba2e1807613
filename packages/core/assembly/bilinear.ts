// Convolutions with fewer products: y = A [(G w) ⊙ (B x)], summed over channels, with A and B of 0, 1 and −1
// (combine.ts) and G of small fractions. G w is `planes` numbers for a filter and a channel; the products by
// one of them are a matrix product over `positions[plane]` positions: U[plane][filter][channel],
// V[plane][channel][position][lane] = B x, M[plane][filter][position][lane]. A plane of V and M follows the one before.
import { dense, denseInputGradient } from './dense';
import { denseWeightGradient } from './dense-weight-gradient';
import { Bytes } from './units';

/** M = U V. */
export function bilinearProducts(
  M: usize, V: usize, U: usize, uPlane: Bytes, positions: usize, planes: i32, filters: i32, channels: i32,
  laneBytes: Bytes,
): void {
  for (const end = positions + (<usize>planes << 2); positions < end; positions += 4) {
    const row = <usize>load<i32>(positions) * laneBytes;
    dense(M, V, U, 0, filters, channels, row, 0);
    M += <usize>filters * row;
    V += <usize>channels * row;
    U += uPlane;
  }
}

/** dV = Uᵀ dM. */
export function bilinearInputProducts(
  dV: usize, dM: usize, U: usize, uPlane: Bytes, positions: usize, planes: i32, filters: i32,
  channels: i32, laneBytes: Bytes,
): void {
  for (const end = positions + (<usize>planes << 2); positions < end; positions += 4) {
    const row = <usize>load<i32>(positions) * laneBytes;
    denseInputGradient(dV, dM, U, filters, channels, row);
    dM += <usize>filters * row;
    dV += <usize>channels * row;
    U += uPlane;
  }
}

/** dU = dM Vᵀ. `scratch` as `denseWeightGradient` needs it. */
export function bilinearWeightProducts(
  dU: usize, uPlane: Bytes, dM: usize, V: usize, positions: usize, planes: i32, filters: i32, channels: i32,
  laneBytes: Bytes, scratch: usize,
): void {
  for (const end = positions + (<usize>planes << 2); positions < end; positions += 4) {
    const row = <usize>load<i32>(positions) * laneBytes;
    denseWeightGradient(dU, dM, V, row, filters, channels, 0, channels, 1, scratch);
    dM += <usize>filters * row;
    V += <usize>channels * row;
    dU += uPlane;
  }
}
