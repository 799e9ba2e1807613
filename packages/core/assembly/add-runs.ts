// out[i] += Σ_entries g · row[i]: an entry of the list is (row, g), int32 and float32. A row is summed
// in tiles of 4 to 7 vectors: V8 loads all of a loop's vectors before it computes, so that 7 sums, 7
// loads, the factor and a product fill its 16 registers; with 8 of each it spills.
import { multiplyAdd } from './vector';

/** out has `rowBytes` bytes, a multiple of `tile` vectors. Each row starts `offset` bytes after its address. */
export function addRuns(
  out: usize, list: usize, end: usize, offset: usize, rowBytes: usize, tile: i32,
): void {
  const step = <usize>tile << 4;
  for (let at: usize = 0; at < rowBytes; at += step) {
    if (tile == 4) add4(out + at, list, end, offset + at);
    else if (tile == 5) add5(out + at, list, end, offset + at);
    else if (tile == 6) add6(out + at, list, end, offset + at);
    else add7(out + at, list, end, offset + at);
  }
}

function add4(out: usize, list: usize, end: usize, offset: usize): void {
  let s0 = v128.load(out), s1 = v128.load(out, 16), s2 = v128.load(out, 32), s3 = v128.load(out, 48);
  for (; list < end; list += 8) {
    const at = <usize>load<i32>(list) + offset, g = v128.load_splat<f32>(list, 4);
    s0 = multiplyAdd(s0, g, v128.load(at));
    s1 = multiplyAdd(s1, g, v128.load(at, 16));
    s2 = multiplyAdd(s2, g, v128.load(at, 32));
    s3 = multiplyAdd(s3, g, v128.load(at, 48));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

function add5(out: usize, list: usize, end: usize, offset: usize): void {
  let s0 = v128.load(out), s1 = v128.load(out, 16), s2 = v128.load(out, 32), s3 = v128.load(out, 48);
  let s4 = v128.load(out, 64);
  for (; list < end; list += 8) {
    const at = <usize>load<i32>(list) + offset, g = v128.load_splat<f32>(list, 4);
    s0 = multiplyAdd(s0, g, v128.load(at));
    s1 = multiplyAdd(s1, g, v128.load(at, 16));
    s2 = multiplyAdd(s2, g, v128.load(at, 32));
    s3 = multiplyAdd(s3, g, v128.load(at, 48));
    s4 = multiplyAdd(s4, g, v128.load(at, 64));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
}

function add6(out: usize, list: usize, end: usize, offset: usize): void {
  let s0 = v128.load(out), s1 = v128.load(out, 16), s2 = v128.load(out, 32), s3 = v128.load(out, 48);
  let s4 = v128.load(out, 64), s5 = v128.load(out, 80);
  for (; list < end; list += 8) {
    const at = <usize>load<i32>(list) + offset, g = v128.load_splat<f32>(list, 4);
    s0 = multiplyAdd(s0, g, v128.load(at));
    s1 = multiplyAdd(s1, g, v128.load(at, 16));
    s2 = multiplyAdd(s2, g, v128.load(at, 32));
    s3 = multiplyAdd(s3, g, v128.load(at, 48));
    s4 = multiplyAdd(s4, g, v128.load(at, 64));
    s5 = multiplyAdd(s5, g, v128.load(at, 80));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
}

function add7(out: usize, list: usize, end: usize, offset: usize): void {
  let s0 = v128.load(out), s1 = v128.load(out, 16), s2 = v128.load(out, 32), s3 = v128.load(out, 48);
  let s4 = v128.load(out, 64), s5 = v128.load(out, 80), s6 = v128.load(out, 96);
  for (; list < end; list += 8) {
    const at = <usize>load<i32>(list) + offset, g = v128.load_splat<f32>(list, 4);
    s0 = multiplyAdd(s0, g, v128.load(at));
    s1 = multiplyAdd(s1, g, v128.load(at, 16));
    s2 = multiplyAdd(s2, g, v128.load(at, 32));
    s3 = multiplyAdd(s3, g, v128.load(at, 48));
    s4 = multiplyAdd(s4, g, v128.load(at, 64));
    s5 = multiplyAdd(s5, g, v128.load(at, 80));
    s6 = multiplyAdd(s6, g, v128.load(at, 96));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
}
