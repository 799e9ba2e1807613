// denseInputGradient where much of dY is zero, as behind ReLU: of each sample only the outputs are summed whose
// gradient is not. A sum runs over the outputs in the same order, so it is the same to the last bit.
import { denseInputGradient } from './dense';
import { storeTransposed } from './samples';
import { multiplyAdd } from './vector';

/** Columns that are summed at once: six vectors. */
const TILE: i32 = 24;

/**
 * `scratch`: 384 bytes, `lanes`, and eight for each value of dY. At least 24 inputs. Where nearly all
 * values count, `denseInputGradient` is faster and gives the same.
 */
export function sparseInputGradient(
  dX: usize, dY: usize, w: usize, outputs: i32, inputs: i32, lanes: usize, scratch: usize,
): void {
  const samples = i32(lanes >> 2), capacity = <usize>outputs << 3, ends = scratch + 384;
  const lists = ends + lanes;
  let count = 0;
  for (let n: usize = 0; n < <usize>samples; n++) {
    const list = lists + n * capacity;
    const end = listOutputs(list, dY + (n << 2), outputs, lanes, inputs << 2);
    store<i32>(ends + (n << 2), i32(end));
    count += i32(end - list) >> 3;
  }
  if (count * 8 > samples * outputs * 7) {
    denseInputGradient(dX, dY, w, outputs, inputs, lanes);
    return;
  }
  for (let i = 0; i < inputs; i += TILE) {
    const column = <usize>min(i, inputs - TILE), weights = w + (column << 2);
    for (let n: usize = 0; n < <usize>samples; n += 4) {
      for (let k: usize = 0; k < 4; k++) {
        const list = lists + (n + k) * capacity, end = <usize>load<i32>(ends + ((n + k) << 2));
        sumRows(scratch + k * 96, weights, list, end);
      }
      let to = dX + column * lanes + (n << 2);
      for (let at = scratch; at < scratch + 96; at += 16) {
        storeTransposed(
          to, lanes, v128.load(at), v128.load(at, 96), v128.load(at, 192), v128.load(at, 288),
        );
        to += lanes << 2;
      }
    }
  }
}

// Of a sample: each gradient that is not zero, and where its row of weights begins. Returns the list's end.
function listOutputs(list: usize, dY: usize, outputs: i32, lanes: usize, row: i32): usize {
  for (let o = 0, at = 0; o < outputs; o++, at += row) {
    const bits = load<i32>(dY);
    store<i32>(list, bits);
    store<i32>(list, at, 4);
    // The sign of a zero is no value.
    list += bits << 1 ? 8 : 0;
    dY += lanes;
  }
  return list;
}

function sumRows(out: usize, weights: usize, list: usize, end: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0;
  for (; list < end; list += 8) {
    const at = weights + <usize>load<i32>(list, 4), k = v128.load_splat<f32>(list);
    s0 = multiplyAdd(s0, k, v128.load(at));
    s1 = multiplyAdd(s1, k, v128.load(at, 16));
    s2 = multiplyAdd(s2, k, v128.load(at, 32));
    s3 = multiplyAdd(s3, k, v128.load(at, 48));
    s4 = multiplyAdd(s4, k, v128.load(at, 64));
    s5 = multiplyAdd(s5, k, v128.load(at, 80));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
}
