// Layers that are an operator of ONNX, and those that change no number.
import { float, int, node } from '../proto.ts';
import { chain, withParameters, type LayerRow } from './layer-nodes.ts';

export const denseNodes: LayerRow<'dense'> = (layer, x) =>
  chain([node('Gemm', layer.name, withParameters(layer, x), [int('transB', 1)])]);

export const batchNormNodes: LayerRow<'batchNorm'> = (layer, x) => {
  const attributes = [float('epsilon', layer.settings.epsilon)];
  return chain([node('BatchNormalization', layer.name, withParameters(layer, x), attributes)]);
};

/** ONNX divides alpha by the size; our settings have it divided, or as it is given. */
export const localResponseNormNodes: LayerRow<'localResponseNorm'> = ({ name, settings }, x) => {
  const { half, alpha, beta, k } = settings;
  const size = 2 * half + 1;
  const attributes = [
    int('size', size),
    float('alpha', alpha * size),
    float('beta', beta),
    float('bias', k),
  ];
  return chain([node('LRN', name, [x], attributes)]);
};

export const flattenNodes: LayerRow<'flatten'> = ({ name }, x) =>
  chain([node('Flatten', name, [x], [int('axis', 1)])]);

/** Dropout is the identity outside of training: nothing. */
export const dropoutNodes: LayerRow<'dropout'> = (_layer, x) => ({
  nodes: [],
  constants: [],
  output: x,
});
