import { normal } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import {
  dense,
  gaussian,
  he,
  initializeParameters,
  relu,
  resolveModel,
  xavier,
} from '@convbook/layers';
import { forward } from '@convbook/runtime/network';

const module = await loadKernelModule('plain');
const x = normal(1, 'input', new Float32Array(100 * 100));
const starts = { small: gaussian(0.01), one: gaussian(1), xavier: xavier(), he: he() };

/** Root mean square of the values after some dense layers with ReLU. */
function sizeAfter(depth: number, initializer: (typeof starts)[keyof typeof starts]): number {
  const layers = Array.from({ length: depth }, () => [dense({ units: 100, initializer }), relu()]);
  const model = resolveModel({ input: [100], layers: layers.flat() });
  const y = forward({ module, model, parameters: initializeParameters(model, 1) }, x);
  return Math.sqrt(y.reduce((sum, value) => sum + value * value, 0) / y.length);
}

for (const [name, initializer] of Object.entries(starts)) {
  const sizes = [1, 3, 5].map((depth) => sizeAfter(depth, initializer).toPrecision(2));
  console.log(name, sizes.join(' '));
}
// Prints:
//   small 0.070 0.00037 0.0000016
//   one 7.0 3.7e+2 1.6e+4
//   xavier 0.70 0.37 0.16
//   he 0.99 1.0 0.89
