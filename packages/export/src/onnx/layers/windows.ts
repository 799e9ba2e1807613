// Convolution and pooling.
import type { AttributeProto } from '../schema/onnx_pb.ts';
import { int, ints, node, sizes } from '../proto.ts';
import { chain, withParameters, type LayerOf, type LayerRow } from './layer-nodes.ts';

type Pool = LayerOf<'maxPool2d'>;
type Sides = readonly [number, number];

export const conv2dNodes: LayerRow<'conv2d'> = (layer, x) => {
  const { name, settings } = layer;
  const { kernelSize, stride, padding, dilation, groups } = settings;
  const attributes = [
    ...windowAttributes({ kernelSize, stride }, padding, padding),
    ints('dilations', dilation),
    int('group', groups),
  ];
  return chain([node('Conv', name, withParameters(layer, x), attributes)]);
};

export const maxPool2dNodes: LayerRow<'maxPool2d'> = (layer, x) =>
  chain([node('MaxPool', layer.name, [x], poolAttributes(layer))]);

/** The smallest of some values is the largest of their negatives, negated. */
export const minPool2dNodes: LayerRow<'minPool2d'> = (layer, x) => {
  const { name } = layer;
  const [negated, largest] = [`${name}.negated`, `${name}.largest`];
  return chain([
    node('Neg', negated, [x]),
    node('MaxPool', largest, [negated], poolAttributes(layer)),
    node('Neg', name, [largest]),
  ]);
};

/**
 * Where a window hangs over, ONNX would count its places beyond the padding, too, and ours do not: then the padding is
 * put on by a node of its own, and counts as part of the map.
 */
export const avgPool2dNodes: LayerRow<'avgPool2d'> = (layer, x) => {
  const { name, settings } = layer;
  const { padding, countPadding } = settings;
  const [below, right] = endPadding(layer);
  const hangs: Sides = [below - padding[0], right - padding[1]];
  const isHanging = hangs[0] > 0 || hangs[1] > 0;
  if (!countPadding || !isHanging) {
    const count = int('count_include_pad', countPadding ? 1 : 0);
    return chain([node('AveragePool', name, [x], [...poolAttributes(layer), count])]);
  }
  const [padded, pads] = [`${name}.padded`, `${name}.pads`];
  const attributes = windowAttributes(settings, [0, 0], hangs);
  return chain(
    [node('Pad', padded, [x, pads]), node('AveragePool', name, [padded], attributes)],
    [sizes(pads, [0, 0, ...padding, 0, 0, ...padding])],
  );
};

export const globalAvgPool2dNodes: LayerRow<'globalAvgPool2d'> = ({ name }, x) => {
  const means = `${name}.means`;
  return chain([
    node('GlobalAveragePool', means, [x]),
    node('Flatten', name, [means], [int('axis', 1)]),
  ]);
};

function poolAttributes(layer: Pool): AttributeProto[] {
  return windowAttributes(layer.settings, layer.settings.padding, endPadding(layer));
}

/**
 * Padding below and at the right: the layer's own, or more where the last window hangs over. `ceil_mode` is not
 * used, because readers of ONNX do not agree on it.
 */
function endPadding({ inputShape, outputShape, settings }: Pool): Sides {
  const { kernelSize, stride, padding } = settings;
  const endOf = (axis: 0 | 1) => {
    const lastWindow = (outputShape[axis + 1] - 1) * stride[axis] - padding[axis];
    return Math.max(padding[axis], lastWindow + kernelSize[axis] - inputShape[axis + 1]);
  };
  return [endOf(0), endOf(1)];
}

function windowAttributes(
  { kernelSize, stride }: { readonly kernelSize: Sides; readonly stride: Sides },
  begin: Sides,
  end: Sides,
): AttributeProto[] {
  return [
    ints('kernel_shape', kernelSize),
    ints('strides', stride),
    ints('pads', [...begin, ...end]),
  ];
}
