import { outputSize } from '@convbook/core';
import { conv2d, resolveModel } from '@convbook/layers';

// Four rows, a filter of three, padding 1: rounded down where the stride does not fit.
console.log([1, 2, 3].map((stride) => outputSize(4, 3, stride, 1)).join(' '));

// The same layer with `exact` refuses instead, and names what fits.
const layer = conv2d({ filters: 1, kernelSize: 3, stride: 2, padding: 1, rounding: 'exact' });
try {
  resolveModel({ input: [1, 4, 4], layers: [layer] });
} catch (error) {
  console.log(String(error).replace('; ', ';\n'));
}
// Prints:
//   4 2 2
//   ConfigurationError: conv1, rows: (4 + 2·1 − 3) / 2 + 1 is expected to be whole, got 2.5;
//   stride 1 or 3 divides, or take rounding 'floor'
