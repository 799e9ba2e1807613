import { presets, resolveModel } from '@convbook/layers';
import { receptiveField } from '@convbook/runtime/explain';

const { layers } = resolveModel(presets['tf-tutorial']);
layers.forEach(({ name, window }, k) => {
  const field = receptiveField(layers.slice(0, k + 1));
  if (window && field) console.log(name, 'sees', field.size[0], 'pixels, step', field.jump[0]);
});
// Prints:
//   conv1 sees 3 pixels, step 1
//   pool1 sees 4 pixels, step 2
//   conv2 sees 8 pixels, step 2
//   pool2 sees 10 pixels, step 4
//   conv3 sees 18 pixels, step 4
