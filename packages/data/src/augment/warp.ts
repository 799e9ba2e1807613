// An image seen through a displaced grid, bilinear: one pass for rotation, scale, shift and elastic
// displacement (Simard, Steinkraus, Platt, "Best practices for convolutional neural networks applied
// to visual document analysis", 2003). Float64 with + − × ÷ alone: the same bytes everywhere.

/** Where each output pixel is read. */
export interface Warp {
  /** Cosine and sine of the rotation, divided by the enlargement. */
  cosine: number;
  sine: number;
  /** Pixels the image moves right and down. */
  columns: number;
  rows: number;
  /** Pixels that the source moves right and down at each node of a coarse grid, row by row. */
  readonly nodeColumns: Float64Array;
  readonly nodeRows: Float64Array;
}

/** Pixels from node to node, about; strokes of a digit are bent, not torn. */
const spacing = 7;

/** Nodes of the elastic grid along an axis of `size` pixels, the first and last at its ends. */
export function nodesOf(size: number): number {
  return Math.max(1, Math.floor((size - 1) / spacing + 0.5)) + 1;
}

/** The warp that changes nothing, for images `[height, width]`. */
export function identityWarp([height, width]: readonly [number, number]): Warp {
  const nodes = nodesOf(height) * nodesOf(width);
  return {
    cosine: 1,
    sine: 0,
    columns: 0,
    rows: 0,
    nodeColumns: new Float64Array(nodes),
    nodeRows: new Float64Array(nodes),
  };
}

/** Writes the image of `from` that begins at `start`, warped, to the beginning of `to`. */
export type WarpImage = (from: Uint8Array, start: number, warp: Warp, to: Uint8Array) => void;

/** A warper of images `[channels, height, width]`; outside an image is zero. */
export function createWarp(
  [channels, height, width]: readonly [number, number, number],
  isElastic: boolean,
): WarpImage {
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  // A border of zeros, one pixel before and two after, so that no pixel is a special case.
  const padded = width + 3;
  const source = new Float64Array((height + 3) * padded);
  const across = nodesOf(width);
  const [byRow, byColumn] = [gridSteps(height), gridSteps(width)];
  const nodeColumns = new Float64Array(across);
  const nodeRows = new Float64Array(across);

  return (from, start, warp, to) => {
    const { cosine, sine } = warp;
    for (let channel = 0; channel < channels; channel++) {
      const plane = channel * height * width;
      for (let row = 0, at = start + plane; row < height; row++) {
        const line = (row + 1) * padded + 1;
        for (let column = 0; column < width; column++) source[line + column] = from[at++];
      }
      for (let row = 0, at = plane; row < height; row++) {
        const y = row - middleRow - warp.rows;
        // The place of column 0 in the padded image.
        const x0 = -middleColumn - warp.columns;
        const sourceRow = middleRow + 1 + cosine * y - sine * x0;
        const sourceColumn = middleColumn + 1 + cosine * x0 + sine * y;
        if (isElastic) {
          const above = byRow.nodes[row] * across;
          const part = byRow.parts[row];
          blend(warp.nodeColumns, above, part, nodeColumns);
          blend(warp.nodeRows, above, part, nodeRows);
        }
        for (let column = 0; column < width; column++) {
          let r = sourceRow - sine * column;
          let c = sourceColumn + cosine * column;
          if (isElastic) {
            const node = byColumn.nodes[column];
            const part = byColumn.parts[column];
            r += nodeRows[node] + part * (nodeRows[node + 1] - nodeRows[node]);
            c += nodeColumns[node] + part * (nodeColumns[node + 1] - nodeColumns[node]);
          }
          r = r < 0 ? 0 : r > height + 1 ? height + 1 : r;
          c = c < 0 ? 0 : c > width + 1 ? width + 1 : c;
          const [top, left] = [r | 0, c | 0];
          const corner = top * padded + left;
          const right = c - left;
          const upper = source[corner] + right * (source[corner + 1] - source[corner]);
          const below = corner + padded;
          const lower = source[below] + right * (source[below + 1] - source[below]);
          to[at++] = (upper + (r - top) * (lower - upper) + 0.5) | 0;
        }
      }
    }
  };
}

/** A row of the grid between two rows of nodes. */
function blend(nodes: Float64Array, above: number, part: number, to: Float64Array): void {
  for (let node = 0, at = above; node < to.length; node++, at++) {
    to[node] = nodes[at] + part * (nodes[at + to.length] - nodes[at]);
  }
}

/** For each pixel of an axis the node before it, and how far it is to the next, smoothed at both. */
function gridSteps(size: number): { nodes: Int32Array; parts: Float64Array } {
  const cells = nodesOf(size) - 1;
  const nodes = new Int32Array(size);
  const parts = new Float64Array(size);
  for (let pixel = 1; pixel < size; pixel++) {
    const place = (pixel * cells) / (size - 1);
    nodes[pixel] = Math.min(Math.floor(place), cells - 1);
    const part = place - nodes[pixel];
    parts[pixel] = part * part * (3 - 2 * part);
  }
  return { nodes, parts };
}
