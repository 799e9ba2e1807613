import { shuffle } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { dense, flatten, presets, resolveModel, summarize } from '@convbook/layers';
import { forward } from '@convbook/runtime/network';

// A dense layer does not know which pixels are neighbours: shuffle pixels and weights alike, and
// its output stays.
const module = await loadKernelModule('plain');
const model = resolveModel({ input: [1, 4, 4], layers: [flatten(), dense({ units: 1 })] });
const bias = new Float32Array(1);

function output(image: Float32Array, weight: Float32Array): number {
  const parameters = new Map([
    ['dense1.weight', weight],
    ['dense1.bias', bias],
  ]);
  return forward({ module, model, parameters }, image)[0];
}

const image = Float32Array.from({ length: 16 }, (_, place) => place);
const weight = Float32Array.from(image, (place) => (place % 5) - 1);
const order = shuffle(1, 1, 16);
const shuffled = (values: Float32Array) => Float32Array.from(order, (place) => values[place]);
console.log('output', output(image, weight));
console.log('shuffled', output(shuffled(image), shuffled(weight)));

for (const name of ['taewan-fc', 'taewan']) {
  console.log(name, summarize(presets[name]).parametersWithoutBias);
}
// Prints:
//   output 120
//   shuffled 120
//   taewan-fc 1055400
//   taewan 64320
