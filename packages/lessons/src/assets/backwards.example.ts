import { loadKernelModule } from '@convbook/core/node';
import { conv2d, dense, flatten, maxPool2d, relu, resolveModel } from '@convbook/layers';
import { runModel } from '@convbook/layers/plan';

const model = resolveModel({
  input: [1, 4, 4],
  layers: [
    conv2d({ filters: 1, kernelSize: 2 }),
    relu(),
    maxPool2d({ size: 2, stride: 1 }),
    flatten(),
    dense({ units: 2 }),
  ],
});
const module = await loadKernelModule('plain');
const x = Float32Array.of(0, 1, 2, 0, 1, 3, 0, 1, 0, 2, 1, 1, 2, 0, 2, 0);

/** Loss and gradients where the first weight of the filter is this one. */
const backwards = (weight: number) =>
  runModel({
    module,
    model,
    x,
    batchSize: 1,
    labels: [0],
    parameters: new Map([
      ['conv1.weight', Float32Array.of(weight, 0, -1, 1)],
      ['conv1.bias', Float32Array.of(-1)],
      ['dense1.weight', Float32Array.of(0.5, -0.5, 0.2, 0.1, -0.3, 0.4, 0.1, 0.3)],
      ['dense1.bias', Float32Array.of(0, 0)],
    ]),
  });

const { loss, gradients } = backwards(1);
const slope = (backwards(1.01).loss - backwards(0.99).loss) / 0.02;
console.log('loss', loss.toFixed(4));
console.log('chain rule', gradients.get('conv1.weight')?.[0].toFixed(4));
console.log('finite difference', slope.toFixed(4));

// Prints:
//   loss 0.9741
//   chain rule 0.7470
//   finite difference 0.7469
