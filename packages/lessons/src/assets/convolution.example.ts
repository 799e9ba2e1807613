import { classicFilters, crossCorrelation, discreteConvolution } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { conv2d, resolveModel } from '@convbook/layers';
import { forward } from '@convbook/runtime/network';

// A signal and its echo: every overlap counts.
const [heard] = discreteConvolution([[4, 0, 8, 4, 0]], [[1, 0.5, 0.25]], [0, 2]);
console.log('heard', heard.join(' '));

// Dark on the left, bright on the right.
const image = [
  [0, 0, 4, 4],
  [0, 0, 4, 4],
  [0, 0, 4, 4],
];
const filter = classicFilters.sobelX;
console.log('as it is', crossCorrelation(image, filter).flat().join(' '));
console.log('turned', discreteConvolution(image, filter).flat().join(' '));

// A layer does not turn its filter.
const model = resolveModel({
  input: [1, 3, 4],
  layers: [conv2d({ filters: 1, kernelSize: 3, bias: false })],
});
const parameters = new Map([['conv1.weight', Float32Array.from(filter.flat())]]);
const module = await loadKernelModule('plain');
const output = forward({ module, model, parameters }, Float32Array.from(image.flat()));
console.log('layer', output.join(' '));

// Prints:
//   heard 4 2 9 8 4 1 0
//   as it is 16 16
//   turned -16 -16
//   layer 16 16
