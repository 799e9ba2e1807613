// Every kind of layer as nodes of ONNX. A new layer is a row here; the compiler misses one that is not.
import { branchesOf, type ResolvedLayer } from '@convbook/layers';
import { node } from '../proto.ts';
import {
  eluNodes,
  geluNodes,
  leakyReluNodes,
  operatorNodes,
  preluNodes,
  siluNodes,
  softmaxNodes,
} from './activations.ts';
import type { AnyLayerRow, KindName, LayerNodes, LayerRow } from './layer-nodes.ts';
import {
  batchNormNodes,
  denseNodes,
  dropoutNodes,
  flattenNodes,
  localResponseNormNodes,
} from './plain-layers.ts';
import {
  avgPool2dNodes,
  conv2dNodes,
  globalAvgPool2dNodes,
  maxPool2dNodes,
  minPool2dNodes,
} from './windows.ts';

/** The row of each kind of layer. */
export const layerRows: { readonly [Name in KindName]: LayerRow<Name> } = {
  conv2d: conv2dNodes,
  maxPool2d: maxPool2dNodes,
  avgPool2d: avgPool2dNodes,
  minPool2d: minPool2dNodes,
  globalAvgPool2d: globalAvgPool2dNodes,
  localResponseNorm: localResponseNormNodes,
  batchNorm: batchNormNodes,
  dropout: dropoutNodes,
  relu: operatorNodes('Relu'),
  sigmoid: operatorNodes('Sigmoid'),
  tanh: operatorNodes('Tanh'),
  softplus: operatorNodes('Softplus'),
  leakyRelu: leakyReluNodes,
  elu: eluNodes,
  gelu: geluNodes,
  silu: siluNodes,
  prelu: preluNodes,
  softmax: softmaxNodes,
  flatten: flattenNodes,
  dense: denseNodes,
  residual: residualNodes,
};

const anyRow: Readonly<Record<KindName, AnyLayerRow>> = layerRows;

/** Layers one after another, from the tensor `x`. */
export function layersNodes(layers: readonly ResolvedLayer[], x: string): LayerNodes {
  let output = x;
  const parts = layers.map((layer) => {
    const part = anyRow[layer.spec.kind](layer, output);
    output = part.output;
    return part;
  });
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    constants: parts.flatMap(({ constants }) => constants),
    output,
  };
}

function residualNodes(layer: ResolvedLayer, x: string): LayerNodes {
  const { body, shortcut } = branchesOf(layer) ?? { body: [], shortcut: null };
  const own = layersNodes(body, x);
  const added = layersNodes(shortcut ? [shortcut] : [], x);
  const sum = node('Add', layer.name, [own.output, added.output]);
  return {
    nodes: [...own.nodes, ...added.nodes, sum],
    constants: [...own.constants, ...added.constants],
    output: layer.name,
  };
}
