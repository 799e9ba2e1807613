import { presets, summarize } from '@convbook/layers';

const { layers, parameters } = summarize(presets.lenet);
for (const { name, outputShape } of layers) console.log(name, outputShape.join('×'));
console.log(parameters);
// Prints:
//   conv1 6×28×28
//   pool1 6×14×14
//   conv2 16×10×10
//   pool2 16×5×5
//   flatten1 400
//   dense1 120
//   dense2 84
//   dense3 10
//   61706
