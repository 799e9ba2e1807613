// out[i] += Σ_entries g · row[i]: an entry of the list is (row, g), int32 and float32. A row is summed in
// tiles of units; a unit is a vector, in wide kernels two, which V8 joins. V8 loads all of a loop's units
// before it computes, so that 7 sums, 7 loads, the factor and a product fill its 16 registers; with 8 of
// each it spills.
import { multiplyAdd } from './vector';

const UNIT: usize = WIDE ? 32 : 16;

/**
 * out has `rowBytes` bytes, an even number of vectors. Narrow kernels sum as many tiles of `tile` vectors, 4 to
 * 7, as fit; wide ones all of the row. Each row starts `offset` bytes after its address.
 */
export function addRuns(
  out: usize, list: usize, end: usize, offset: usize, rowBytes: usize, tile: i32,
): void {
  if (WIDE) {
    // As few tiles as there can be, as equal as they can be.
    for (let units = <i32>(rowBytes / UNIT), tiles = (units + 6) / 7; tiles > 0; tiles--) {
      const size = (units + tiles - 1) / tiles;
      addTile(size, out, list, end, offset);
      units -= size;
      out += <usize>size * UNIT;
      offset += <usize>size * UNIT;
    }
  } else {
    const step = <usize>tile << 4;
    for (let at = step; at <= rowBytes; at += step) {
      addTile(tile, out, list, end, offset);
      out += step;
      offset += step;
    }
  }
}

// @ts-ignore: decorator
@inline
function addTile(units: i32, out: usize, list: usize, end: usize, offset: usize): void {
  if (units == 4) add4(out, list, end, offset);
  else if (units == 5) add5(out, list, end, offset);
  else if (units == 6) add6(out, list, end, offset);
  else if (units == 7) add7(out, list, end, offset);
  else if (WIDE) {
    // Rows that have a single tile in narrow kernels.
    if (units == 3) add3(out, list, end, offset);
    else add2(out, list, end, offset);
  }
}

function add2(out: usize, list: usize, end: usize, offset: usize): void {
  addUnits(2, out, list, end, offset);
}

function add3(out: usize, list: usize, end: usize, offset: usize): void {
  addUnits(3, out, list, end, offset);
}

function add4(out: usize, list: usize, end: usize, offset: usize): void {
  addUnits(4, out, list, end, offset);
}

function add5(out: usize, list: usize, end: usize, offset: usize): void {
  addUnits(5, out, list, end, offset);
}

function add6(out: usize, list: usize, end: usize, offset: usize): void {
  addUnits(6, out, list, end, offset);
}

function add7(out: usize, list: usize, end: usize, offset: usize): void {
  addUnits(7, out, list, end, offset);
}

// The sums of a tile are s, and in wide kernels t for the second vector of each unit. `units` is a constant where
// this is inlined, so that only the tile's own sums are left.
// @ts-ignore: decorator
@inline
function addUnits(units: i32, out: usize, list: usize, end: usize, offset: usize): void {
  let s0 = v128.load(out), s1 = v128.load(out, UNIT);
  let s2 = units > 2 ? v128.load(out, 2 * UNIT) : s0;
  let s3 = units > 3 ? v128.load(out, 3 * UNIT) : s0;
  let s4 = units > 4 ? v128.load(out, 4 * UNIT) : s0;
  let s5 = units > 5 ? v128.load(out, 5 * UNIT) : s0;
  let s6 = units > 6 ? v128.load(out, 6 * UNIT) : s0;
  let t0 = WIDE ? v128.load(out, 16) : s0, t1 = WIDE ? v128.load(out, UNIT + 16) : s0;
  let t2 = WIDE && units > 2 ? v128.load(out, 2 * UNIT + 16) : s0;
  let t3 = WIDE && units > 3 ? v128.load(out, 3 * UNIT + 16) : s0;
  let t4 = WIDE && units > 4 ? v128.load(out, 4 * UNIT + 16) : s0;
  let t5 = WIDE && units > 5 ? v128.load(out, 5 * UNIT + 16) : s0;
  let t6 = WIDE && units > 6 ? v128.load(out, 6 * UNIT + 16) : s0;
  for (; list < end; list += 8) {
    const at = <usize>load<i32>(list) + offset, g = v128.load_splat<f32>(list, 4);
    s0 = multiplyAdd(s0, g, v128.load(at));
    if (WIDE) t0 = multiplyAdd(t0, g, v128.load(at, 16));
    s1 = multiplyAdd(s1, g, v128.load(at, UNIT));
    if (WIDE) t1 = multiplyAdd(t1, g, v128.load(at, UNIT + 16));
    if (units > 2) s2 = multiplyAdd(s2, g, v128.load(at, 2 * UNIT));
    if (WIDE && units > 2) t2 = multiplyAdd(t2, g, v128.load(at, 2 * UNIT + 16));
    if (units > 3) s3 = multiplyAdd(s3, g, v128.load(at, 3 * UNIT));
    if (WIDE && units > 3) t3 = multiplyAdd(t3, g, v128.load(at, 3 * UNIT + 16));
    if (units > 4) s4 = multiplyAdd(s4, g, v128.load(at, 4 * UNIT));
    if (WIDE && units > 4) t4 = multiplyAdd(t4, g, v128.load(at, 4 * UNIT + 16));
    if (units > 5) s5 = multiplyAdd(s5, g, v128.load(at, 5 * UNIT));
    if (WIDE && units > 5) t5 = multiplyAdd(t5, g, v128.load(at, 5 * UNIT + 16));
    if (units > 6) s6 = multiplyAdd(s6, g, v128.load(at, 6 * UNIT));
    if (WIDE && units > 6) t6 = multiplyAdd(t6, g, v128.load(at, 6 * UNIT + 16));
  }
  v128.store(out, s0);
  if (WIDE) v128.store(out, t0, 16);
  v128.store(out, s1, UNIT);
  if (WIDE) v128.store(out, t1, UNIT + 16);
  if (units > 2) v128.store(out, s2, 2 * UNIT);
  if (WIDE && units > 2) v128.store(out, t2, 2 * UNIT + 16);
  if (units > 3) v128.store(out, s3, 3 * UNIT);
  if (WIDE && units > 3) v128.store(out, t3, 3 * UNIT + 16);
  if (units > 4) v128.store(out, s4, 4 * UNIT);
  if (WIDE && units > 4) v128.store(out, t4, 4 * UNIT + 16);
  if (units > 5) v128.store(out, s5, 5 * UNIT);
  if (WIDE && units > 5) v128.store(out, t5, 5 * UNIT + 16);
  if (units > 6) v128.store(out, s6, 6 * UNIT);
  if (WIDE && units > 6) v128.store(out, t6, 6 * UNIT + 16);
}
