import { conv2d, dense, flatten, maxPool2d, relu, summarize } from '@convbook/layers';

const { layers, parameters, parametersWithoutBias } = summarize({
  input: [1, 39, 31],
  layers: [
    conv2d({ filters: 20, kernelSize: 4 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 40, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 60, kernelSize: 3 }),
    relu(),
    maxPool2d({ size: 2 }),
    conv2d({ filters: 80, kernelSize: 2 }),
    relu(),
    flatten(),
    dense({ units: 100 }),
  ],
});
for (const layer of layers) console.log(layer.name, layer.outputShape.join('×'), layer.parameters);
console.log(parameters, 'parameters,', parametersWithoutBias, 'without bias');

// Prints:
//   conv1 20×36×28 340
//   pool1 20×18×14 0
//   conv2 40×16×12 7240
//   pool2 40×8×6 0
//   conv3 60×6×4 21660
//   pool3 60×3×2 0
//   conv4 80×2×1 19280
//   flatten1 160 0
//   dense1 100 16100
//   64620 parameters, 64320 without bias
