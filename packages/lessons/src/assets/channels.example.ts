import { loadKernelModule } from '@convbook/core/node';
import { conv2d, relu, resolveModel, summarize } from '@convbook/layers';
import { forward } from '@convbook/runtime/network';

// Six filters of 5×5 on a colour picture of 32×32: each has three slices and one bias.
const [layer] = summarize({
  input: [3, 32, 32],
  layers: [conv2d({ filters: 6, kernelSize: 5 }), relu()],
}).layers;
console.log(layer.outputShape.join('×'), layer.parametersWithoutBias, layer.parameters);

// A 1×1 filter mixes channels: red minus green, of a red, a yellow and a white pixel.
const pixels = [
  [1, 1, 1], // red
  [0, 1, 1], // green
  [0, 0, 1], // blue
];
const model = resolveModel({
  input: [3, 1, 3],
  layers: [conv2d({ filters: 1, kernelSize: 1, bias: false })],
});
const parameters = new Map([['conv1.weight', Float32Array.of(1, -1, 0)]]);
const module = await loadKernelModule('plain');
const mixed = forward({ module, model, parameters }, Float32Array.from(pixels.flat()));
console.log(mixed.join(' '));
// Prints:
//   6×28×28 450 456
//   1 0 0
