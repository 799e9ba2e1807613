// denseInputGradient for a dY that is mostly zero, as after ReLU: it sums only the outputs of a sample whose
// gradient is not zero, in the same order, so the sum is the same to the last bit.
import { addRuns } from './add-runs';
import { denseInputGradient } from './dense';
import { storeTransposed } from './samples';
import { Bytes } from './units';

/** Columns that are summed at once: six units of `addRuns`. */
const TILE: i32 = WIDE ? 48 : 24;
const TILE_BYTES: usize = TILE << 2;

/**
 * `scratch`: 768 bytes, `laneBytes`, and eight for each value of dY. Where nearly all values count or there are
 * few inputs, `denseInputGradient` is faster and gives the same.
 */
export function sparseInputGradient(
  dX: usize, dY: usize, weights: usize, outputs: i32, inputs: i32, laneBytes: Bytes,
  scratch: usize,
): void {
  const samples = i32(laneBytes >> 2), capacity = <usize>outputs << 3, ends = scratch + 4 * TILE_BYTES;
  const lists = ends + laneBytes;
  let count = 0;
  for (let n: usize = 0; n < <usize>samples; n++) {
    const list = lists + n * capacity;
    const end = listOutputs(list, dY + (n << 2), outputs, laneBytes, inputs << 2);
    store<i32>(ends + (n << 2), i32(end));
    count += i32(end - list) >> 3;
  }
  if (inputs < TILE || count * 8 > samples * outputs * 7) {
    denseInputGradient(dX, dY, weights, outputs, inputs, laneBytes);
    return;
  }
  for (let i = 0; i < inputs; i += TILE) {
    const column = <usize>min(i, inputs - TILE), first = weights + (column << 2);
    for (let n: usize = 0; n < <usize>samples; n += 4) {
      memory.fill(scratch, 0, 4 * TILE_BYTES);
      for (let k: usize = 0; k < 4; k++) {
        const list = lists + (n + k) * capacity, end = <usize>load<i32>(ends + ((n + k) << 2));
        addRuns(scratch + k * TILE_BYTES, list, end, first, TILE_BYTES, 6);
      }
      let to = dX + column * laneBytes + (n << 2);
      for (let at = scratch; at < scratch + TILE_BYTES; at += 16) {
        storeTransposed(
          to, laneBytes, v128.load(at), v128.load(at, TILE_BYTES), v128.load(at, 2 * TILE_BYTES),
          v128.load(at, 3 * TILE_BYTES),
        );
        to += laneBytes << 2;
      }
    }
  }
}

// Lists a sample's outputs whose gradient is not zero, as `addRuns` takes them: the address of the row of
// weights, and the gradient. Returns the list's end.
function listOutputs(list: usize, dY: usize, outputs: i32, laneBytes: usize, row: i32): usize {
  for (let o = 0, at = 0; o < outputs; o++, at += row) {
    const bits = load<i32>(dY);
    store<i32>(list, at);
    store<i32>(list, bits, 4);
    // A negative zero is zero, too.
    list += bits << 1 ? 8 : 0;
    dY += laneBytes;
  }
  return list;
}
