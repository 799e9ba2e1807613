import { loadKernelModule } from '@convbook/core/node';
import { conv2d, maxPool2d, relu, resolveModel } from '@convbook/layers';
import { forward } from '@convbook/runtime/network';

const two = ['001100', '010010', '000010', '000100', '001000', '011110'];
const filters = {
  horizontal: [1, 1, 1, 0, 0, 0, 0, 0, 0],
  diagonal: [0, 0, 1, 0, 1, 0, 1, 0, 0],
  vertical: [0, 0, 1, 0, 0, 1, 0, 0, 1],
};
const model = resolveModel({
  input: [1, 6, 6],
  layers: [conv2d({ filters: 3, kernelSize: 3 }), relu(), maxPool2d({ size: 2 })],
});
const parameters = new Map([
  ['conv1.weight', Float32Array.from(Object.values(filters).flat())],
  ['conv1.bias', Float32Array.of(-1, -1, -1)],
]);
const module = await loadKernelModule('plain');
const pooled = forward({ module, model, parameters }, Float32Array.from(two.join('')));
Object.keys(filters).forEach((name, k) => {
  console.log(name, [...pooled.subarray(k * 4, k * 4 + 4)].join(' '));
});
// Prints:
//   horizontal 1 1 0 0
//   diagonal 1 1 2 2
//   vertical 0 1 1 0
