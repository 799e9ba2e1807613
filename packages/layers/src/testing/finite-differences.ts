import { assertClose } from '@convbook/core/testing';

// Far above the rounding of float64, far below the distance at which a layer's curvature shows.
const distance = 1e-4;

/**
 * Throws unless `gradient` is that of `value` with respect to `at`, by central differences.
 *
 * @param value reads `at` anew each time.
 */
export function assertGradient(
  gradient: ArrayLike<number>,
  value: () => number,
  at: Float64Array,
  what: string,
): void {
  const differences = at.map((kept, i) => {
    at[i] = kept + distance;
    const above = value();
    at[i] = kept - distance;
    const below = value();
    at[i] = kept;
    return (above - below) / (2 * distance);
  });
  assertClose(gradient, differences, { rtol: 1e-6, atol: 1e-8 }, what);
}
