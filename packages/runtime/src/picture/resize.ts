import { areaAxis, type Plane } from '@convbook/core/pictures';

/** Each new value is the mean of the area it covers. */
export function resize({ width, height, values }: Plane, columns: number, rows: number): Plane {
  const across = new Float64Array(columns * height);
  eachShare(width, columns, (to, from, share) => {
    for (let y = 0; y < height; y++) across[y * columns + to] += share * values[y * width + from];
  });
  const result = new Float64Array(columns * rows);
  eachShare(height, rows, (to, from, share) => {
    for (let x = 0; x < columns; x++) {
      result[to * columns + x] += share * across[from * columns + x];
    }
  });
  return { width: columns, height: rows, values: result };
}

/** The plane itself, or reduced so that its longer side is `most`. */
export function reduceTo(plane: Plane, most: number): Plane {
  const longest = Math.max(plane.width, plane.height);
  if (longest <= most) return plane;
  const scaled = (length: number) => Math.max(1, Math.round((length * most) / longest));
  return resize(plane, scaled(plane.width), scaled(plane.height));
}

/** Calls `add` with the share of each old place that lies in each new one. */
function eachShare(
  oldLength: number,
  length: number,
  add: (to: number, from: number, share: number) => void,
): void {
  const { to, from, share } = areaAxis(oldLength, length, 0, oldLength / length);
  share.forEach((part, entry) => add(to[entry], from[entry], part));
}
