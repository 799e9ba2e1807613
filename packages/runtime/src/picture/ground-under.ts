import { planeOf, type Plane } from '@convbook/core/pictures';
import { reduceTo } from './resize.ts';

/** The longer side on which medians are taken: paper is smooth. */
const most = 64;

/**
 * What lies under the ink: the median of a window half as long as the picture. It follows lamps and
 * the straight edge of a shadow, while ink, which fills less than half of a window, leaves no trace.
 * Where it is not known to the pixel, at such an edge, a pixel between bright and dark ground is ground.
 */
export function groundUnder(plane: Plane): Plane {
  const { width, height, values } = plane;
  const small = reduceTo(plane, most);
  // A line along the border would otherwise go on outside of it.
  const clean = medianFilter(small, 2, false);
  const radius = Math.max(1, Math.round(Math.max(small.width, small.height) / 4));
  const median = medianFilter(clean, radius, true);
  const [low, high] = [extremeNear(median, Math.min), extremeNear(median, Math.max)];
  return planeOf(width, height, (place) => {
    const x = Math.floor(((place % width) * small.width) / width);
    const y = Math.floor((Math.floor(place / width) * small.height) / height);
    const at = y * small.width + x;
    return Math.max(low.values[at], Math.min(high.values[at], values[place]));
  });
}

/** The lowest or highest of each value and its eight neighbours. */
function extremeNear(
  { width, height, values }: Plane,
  pick: (a: number, b: number) => number,
): Plane {
  return planeOf(width, height, (place) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    let extreme = values[place];
    for (let toY = Math.max(0, y - 1); toY <= Math.min(height - 1, y + 1); toY++) {
      for (let toX = Math.max(0, x - 1); toX <= Math.min(width - 1, x + 1); toX++) {
        extreme = pick(extreme, values[toY * width + toX]);
      }
    }
    return extreme;
  });
}

function medianFilter(plane: Plane, radius: number, isGradient: boolean): Plane {
  const side = 2 * radius + 1;
  const levels = extend(plane, radius, isGradient);
  const stride = plane.width + 2 * radius;
  const counts = new Uint32Array(256);
  const addColumn = (x: number, y: number, sign: number) => {
    for (let row = y; row < y + side; row++) counts[levels[row * stride + x]] += sign;
  };
  return planeOf(plane.width, plane.height, (place) => {
    const [x, y] = [place % plane.width, Math.floor(place / plane.width)];
    if (x === 0) {
      counts.fill(0);
      for (let column = 0; column < side; column++) addColumn(column, y, 1);
    } else {
      addColumn(x - 1, y, -1);
      addColumn(x - 1 + side, y, 1);
    }
    return middleOf(counts, side * side);
  });
}

/** The grey levels with `radius` more on all sides: mirrored or, for a gradient, going on as they came. */
function extend({ width, height, values }: Plane, radius: number, isGradient: boolean): Uint8Array {
  const [columns, rows] = [width + 2 * radius, height + 2 * radius];
  const levels = new Uint8Array(columns * rows);
  levels.forEach((_, place) => {
    const [x, y] = [(place % columns) - radius, Math.floor(place / columns) - radius];
    const mirrored = values[mirror(y, height) * width + mirror(x, width)];
    const isInside = x >= 0 && y >= 0 && x < width && y < height;
    const edge = values[clamp(y, height - 1) * width + clamp(x, width - 1)];
    levels[place] = Math.round(
      isInside || !isGradient ? mirrored : clamp(2 * edge - mirrored, 255),
    );
  });
  return levels;
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
