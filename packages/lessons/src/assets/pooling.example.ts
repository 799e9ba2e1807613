import { loadKernelModule } from '@convbook/core/node';
import { avgPool2d, maxPool2d, minPool2d, resolveModel } from '@convbook/layers';
import { createGradientEngine } from '@convbook/layers/plan';
import { forward } from '@convbook/runtime/network';

const image = Float32Array.of(1, 2, 0, 1, 3, 1, 2, 1, 0, 4, 1, 0, 1, 3, 2, 4);
const above = Float32Array.of(1, 2, 3, 4);
const module = await loadKernelModule('plain');
for (const layer of [maxPool2d({ size: 2 }), avgPool2d({ size: 2 }), minPool2d({ size: 2 })]) {
  const model = resolveModel({ input: [1, 4, 4], layers: [layer] });
  const network = { module, model, parameters: new Map() };
  const steps = createGradientEngine({ ...network, batchSize: 1 }).steps(image, above);
  let step = steps.next();
  while (!step.done) step = steps.next();
  console.log(layer.kind, forward(network, image).join(' '), '| gradient', step.value.join(' '));
}

// Prints:
//   maxPool2d 3 2 4 4 | gradient 0 0 0 0 1 0 2 0 0 3 0 0 0 0 0 4
//   avgPool2d 1.75 1 2 1.75 | gradient 0.25 0.25 0.5 0.5 0.25 0.25 0.5 0.5 0.75 0.75 1 1 0.75 0.75 1 1
//   minPool2d 1 0 0 0 | gradient 1 0 2 0 0 0 0 0 3 0 0 4 0 0 0 0
