// One axis of a convolution of three taps with fewer products than taps at all outputs: each product takes
// a sum of inputs times a sum of taps, and is added to some outputs (Toom–Cook, as Winograd's F(m, r) with
// the points 0, ±1 and infinity; inputs and outputs are never scaled, so that errors stay small).

/** A position, and whether it is added or subtracted. */
export interface Term {
  readonly position: number;
  readonly sign: 1 | -1;
}

export interface AxisProduct {
  /** Which of the axis's `taps` it multiplies by. */
  readonly plane: number;
  readonly inputs: readonly Term[];
  readonly outputs: readonly Term[];
}

export interface Axis {
  /** For each plane, the factors of the three taps. */
  readonly taps: readonly (readonly number[])[];
  readonly products: readonly AxisProduct[];
}

/** With stride 2, padded by one. */
const stridedTaps = [
  [0, 1, 0],
  [1, 0, 0],
  [0, 0, 1],
  [0.5, 0, 0.5],
  [0.5, 0, -0.5],
];

/**
 * An axis of stride 2, padded by one: y_i = w₀ x_{2i−1} + w₁ x_{2i} + w₂ x_{2i+1}. Each even input takes one
 * product; three odd ones, of which each adds to the outputs before and after it, take four instead of six.
 */
export function stridedAxis(inputs: number): Axis {
  const outputs = Math.ceil(inputs / 2);
  const odd = Math.floor(inputs / 2);
  const even = Array.from({ length: outputs }, (_, i) => product(0, [2 * i], [i]));
  const whole = odd - (odd % 3);
  const odds = Array.from({ length: odd }, (_, i) => {
    if (i < whole) return i % 3 === 0 ? threeOdd(i) : [];
    return [product(2, [2 * i + 1], [i]), product(1, [2 * i + 1], [i + 1])];
  });
  const products = [...even, ...odds.flat()].map((each) => withOutputs(each, outputs));
  return { taps: stridedTaps, products: products.filter((each) => each.outputs.length > 0) };
}

// The odd inputs a, b, c add to four outputs: w₂ a, w₀ a + w₂ b, w₀ b + w₂ c, w₀ c.
function threeOdd(first: number): AxisProduct[] {
  const [a, b, c] = [0, 1, 2].map((i) => 2 * (first + i) + 1);
  const [p, q, r, s] = [0, 1, 2, 3].map((i) => first + i);
  return [
    product(2, [a], [p], [], [r]),
    product(1, [c], [s], [], [q]),
    product(3, [a, b, c], [q, r]),
    product(4, [a, c], [q], [b], [r]),
  ];
}

const toeplitzTaps = [
  [0, 1, 0],
  [0, -1, 1],
  [1, -1, 0],
];

/** Two inputs, two outputs, padded by one: y₀ = w₁ x₀ + w₂ x₁, y₁ = w₀ x₀ + w₁ x₁. */
export function toeplitzAxis(): Axis {
  const products = [product(0, [0, 1], [0, 1]), product(1, [1], [0]), product(2, [0], [1])];
  return { taps: toeplitzTaps, products };
}

function product(
  plane: number,
  inputs: number[],
  outputs: number[],
  lessInputs: number[] = [],
  lessOutputs: number[] = [],
): AxisProduct {
  return { plane, inputs: terms(inputs, lessInputs), outputs: terms(outputs, lessOutputs) };
}

function terms(plus: number[], minus: number[]): Term[] {
  const termOf = (sign: 1 | -1) => (position: number) => ({ position, sign });
  return [...plus.map(termOf(1)), ...minus.map(termOf(-1))];
}

// Outputs past the end are not wanted.
function withOutputs(each: AxisProduct, count: number): AxisProduct {
  return { ...each, outputs: each.outputs.filter(({ position }) => position < count) };
}
