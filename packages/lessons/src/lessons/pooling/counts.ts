// Counts that the words of the lesson name.
import { summarize, presets, type LayerSpec } from '@convbook/layers';

const preset = presets['simple-convnet'];

/** Parameters of the first dense layer of text B's network, with and without the pooling before it. */
export const denseParameters = {
  pooled: parametersOfDense(preset.layers),
  unpooled: parametersOfDense(preset.layers.filter(({ kind }) => kind !== 'maxPool2d')),
};

/** What the pooling layer of that network reads and gives, `[channels, height, width]`. */
export const poolingShapes = summarize(preset).layers.filter(({ kind }) => kind === 'maxPool2d')[0];

function parametersOfDense(layers: readonly LayerSpec[]): number {
  const summary = summarize({ input: preset.input, layers });
  return summary.layers.find(({ kind }) => kind === 'dense')?.parameters ?? 0;
}
