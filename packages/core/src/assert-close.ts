/** How close two arrays must be, and their shape. */
export interface Tolerance {
  /** Shape for the reported indices; default one axis. */
  shape?: readonly number[];
  /** Allowed error relative to the wanted value. */
  rtol: number;
  /** Allowed error in absolute terms, added to the relative one. */
  atol: number;
}

/**
 * Throws unless every `got` lies within atol + rtol·|want| of its `want`.
 *
 * Equal infinities are close; NaN is close to nothing, not even to NaN.
 *
 * @param what names the values in the message.
 */
export function assertClose(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  { shape = [want.length], rtol, atol }: Tolerance,
  what: string,
): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (got.length !== size || want.length !== size) {
    throw new Error(
      `${what}: expected ${size} values for shape [${shape.join(', ')}], got ${got.length} and want ${want.length}; compare arrays of that shape`,
    );
  }
  let bad = 0;
  let first = -1;
  let worst = -1;
  for (let index = 0; index < size; index++) {
    const error = errorOf(got[index], want[index]);
    const allowed = Number.isFinite(error) ? atol + rtol * Math.abs(want[index]) : 0;
    if (error === 0 || error <= allowed) continue;
    bad++;
    if (first < 0) first = index;
    if (worst < 0 || error > errorOf(got[worst], want[worst])) worst = index;
  }
  if (bad === 0) return;
  const place = (index: number) =>
    `[${toIndices(index, shape).join(', ')}] got ${got[index]}, want ${want[index]}`;
  throw new Error(
    `${what}: ${bad} of ${size} values of shape [${shape.join(', ')}] are not close (rtol ${rtol}, atol ${atol}), ` +
      `first at ${place(first)}; worst at ${place(worst)}, error ${errorOf(got[worst], want[worst])}`,
  );
}

/** |got − want|, 0 for equal infinities, Infinity where either is NaN. */
function errorOf(got: number, want: number): number {
  if (got === want) return 0;
  const error = Math.abs(got - want);
  return Number.isNaN(error) ? Infinity : error;
}

/** Position of a flat index in a row-major array. */
function toIndices(index: number, shape: readonly number[]): number[] {
  const indices = new Array<number>(shape.length);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return indices;
}
