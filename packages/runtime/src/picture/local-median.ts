import { planeOf, type Plane } from '@convbook/core/pictures';
import { reduceTo } from './resize.ts';

/** The longer side on which medians are taken: paper is smooth. */
const side = 64;

/**
 * What lies under the ink: the median of a window half as long as the picture. It follows lamps and
 * the straight edge of a shadow, while ink, which fills less than half of a window, leaves no trace.
 */
export function localMedian(plane: Plane): Plane {
  const small = reduceTo(plane, side);
  return enlarge(medianFilter(small), plane.width, plane.height);
}

function medianFilter(plane: Plane): Plane {
  const { width, height } = plane;
  const radius = Math.max(1, Math.round(Math.max(width, height) / 4));
  const counts = new Uint32Array(256);
  return planeOf(width, height, (place) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    const column = (at: number, sign: number) => {
      for (let dy = -radius; dy <= radius; dy++) counts[levelAt(plane, at, y + dy)] += sign;
    };
    if (x === 0) {
      counts.fill(0);
      for (let dx = -radius; dx <= radius; dx++) column(dx, 1);
    } else {
      column(x - 1 - radius, -1);
      column(x + radius, 1);
    }
    return middleOf(counts, (2 * radius + 1) ** 2);
  });
}

/** The grey level at a place; outside it goes on as it came: a gradient stays straight at the border. */
function levelAt({ width, height, values }: Plane, x: number, y: number): number {
  const [insideX, insideY] = [mirror(x, width), mirror(y, height)];
  const inside = values[insideY * width + insideX];
  const [edgeX, edgeY] = [clamp(x, width - 1), clamp(y, height - 1)];
  if (edgeX === x && edgeY === y) return Math.round(inside);
  return Math.round(clamp(2 * values[edgeY * width + edgeX] - inside, 255));
}

function mirror(at: number, length: number): number {
  const inside = at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at;
  return clamp(inside, length - 1);
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

function middleOf(counts: Uint32Array, total: number): number {
  let sum = 0;
  for (let level = 0; level < counts.length; level++) {
    sum += counts[level];
    if (2 * sum >= total) return level;
  }
  return counts.length - 1;
}

/** Bilinear, pixel centre on pixel centre. */
function enlarge({ width, height, values }: Plane, columns: number, rows: number): Plane {
  const steps = (to: number, from: number) =>
    Array.from({ length: to }, (_, k) => {
      const at = clamp(((k + 0.5) * from) / to - 0.5, from - 1);
      const low = Math.floor(at);
      return { low, high: Math.min(from - 1, low + 1), share: at - low };
    });
  const [across, down] = [steps(columns, width), steps(rows, height)];
  return planeOf(columns, rows, (place) => {
    const { low: left, high: right, share } = across[place % columns];
    const { low, high, share: part } = down[Math.floor(place / columns)];
    const row = (y: number) =>
      values[y * width + left] * (1 - share) + values[y * width + right] * share;
    return row(low) * (1 - part) + row(high) * part;
  });
}
