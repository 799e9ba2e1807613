import { avgPool2d, maxPool2d, minPool2d, resolveModel } from '@convbook/layers';
import { loadKernelModule } from '@convbook/core/node';
import { forward } from '@convbook/runtime/network';

const image = [1, 2, 0, 1, 3, 1, 2, 1, 0, 4, 1, 0, 1, 3, 2, 4];
const module = await loadKernelModule('plain');
for (const layer of [maxPool2d({ size: 2 }), avgPool2d({ size: 2 }), minPool2d({ size: 2 })]) {
  const model = resolveModel({ input: [1, 4, 4], layers: [layer] });
  const output = forward({ module, model, parameters: new Map() }, Float32Array.from(image));
  console.log(layer.kind, [...output]);
}
