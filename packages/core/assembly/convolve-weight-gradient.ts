// dWeights[a][j] = (Σ_runs Σ_q dY[a][q] · source[q + offset_j]) / divisor. For a shard, j runs over channels and
// taps, and the source is padded with zeros where the convolution pads, so that every tap has every run. For a
// whole batch, where weights outweigh maps, j runs over the channels, and a call serves one tap: it visits only
// the positions that have the tap, and reads no padding.
import { correlate1, correlateTile, hasPairs } from './correlate';
import { Bytes } from './units';

// Where a segment of the program has its offset into dY, and that into the source.
const Y: usize = 0, SOURCE: usize = 4;

/** `offsets`: `columns` times an int32. `sums`: 256 bytes of scratch. Overwrites dWeights. */
export function convolveWeightGradient(
  dWeights: usize, filterStride: Bytes, columnStride: Bytes, dY: usize, yPlane: Bytes, source: usize,
  offsets: usize, filters: i32, columns: i32, program: usize, divisor: f32, sums: usize,
): void {
  const isWide = hasPairs(program);
  // Tiles of four filters and two columns; the last three filters take one that overlaps the tile before.
  const most = filters > 3 && (filters & 3) == 3 ? filters : filters & ~3;
  for (let a = 0; a < most; a += 4) {
    const first = <usize>min(a, filters - 4);
    for (let j = 0; j < columns; j += 2) {
      const column = <usize>max(0, min(j, columns - 2)), next: usize = columns > 1 ? 1 : 0;
      const at = offsets + (column << 2), offset = <usize>load<i32>(at);
      correlateTile(
        dWeights + first * filterStride + column * columnStride, filterStride, next * columnStride,
        dY + first * yPlane, yPlane, 2 * yPlane, 3 * yPlane, Y,
        source + offset, <usize>load<i32>(at + (next << 2)) - offset, SOURCE, program, isWide, divisor, sums,
      );
    }
  }
  // Tiles of four columns and two filters, or twice the same filter.
  for (let a = most; a < filters; a += 2) {
    const first = <usize>max(0, min(a, filters - 2)), next: usize = filters > 1 ? 1 : 0;
    const out = dWeights + first * filterStride, row = dY + first * yPlane;
    if (columns < 4) {
      fewColumns(out, columnStride, row, source, offsets, columns, program, divisor);
      fewColumns(
        out + next * filterStride, columnStride, row + next * yPlane, source, offsets, columns, program, divisor,
      );
      continue;
    }
    for (let j = 0; j < columns; j += 4) {
      const column = <usize>min(j, columns - 4), at = offsets + (column << 2), offset = <usize>load<i32>(at);
      correlateTile(
        out + column * columnStride, columnStride, next * filterStride,
        source + offset, <usize>load<i32>(at, 4) - offset, <usize>load<i32>(at, 8) - offset,
        <usize>load<i32>(at, 12) - offset, SOURCE, row, next * yPlane, Y, program, isWide, divisor, sums,
      );
    }
  }
}

// One filter.
function fewColumns(
  out: usize, columnStride: usize, row: usize, source: usize, offsets: usize, columns: i32, program: usize,
  divisor: f32,
): void {
  for (let j: usize = 0; j < <usize>columns; j++) {
    const sum = correlate1(row, Y, source + <usize>load<i32>(offsets + (j << 2)), SOURCE, program);
    store<f32>(out + j * columnStride, sum / divisor);
  }
}
