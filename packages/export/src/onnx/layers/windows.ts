// Convolution and pooling.
import { elementCount } from '@convbook/core';
import type { AttributeProto } from '../schema/onnx_pb.ts';
import { floats, int, ints, node } from '../proto.ts';
import {
  chain,
  withParameters,
  type LayerNodes,
  type LayerOf,
  type LayerRow,
} from './layer-nodes.ts';

type Pool = LayerOf<'maxPool2d'>;
type AvgPool = LayerOf<'avgPool2d'>;
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

export const avgPool2dNodes: LayerRow<'avgPool2d'> = (layer, x) => {
  const { name, settings } = layer;
  const [below, right] = endPadding(layer);
  const isHanging = below > settings.padding[0] || right > settings.padding[1];
  if (isHanging) return hangingAverageNodes(layer, x);
  const count = int('count_include_pad', settings.countPadding ? 1 : 0);
  return chain([node('AveragePool', name, [x], [...poolAttributes(layer), count])]);
};

/**
 * Where windows hang over, sums by a convolution with ones, each times 1 / (positions of its window): readers of ONNX
 * count these positions differently, and releases of ONNX Runtime count them wrongly (microsoft/onnxruntime#26708).
 */
function hangingAverageNodes(layer: AvgPool, x: string): LayerNodes {
  const { name, inputShape, outputShape, settings } = layer;
  const [channels] = inputShape;
  const [sums, ones, shares] = [`${name}.sums`, `${name}.ones`, `${name}.shares`];
  const attributes = [...poolAttributes(layer), int('group', channels)];
  const shape = [channels, 1, ...settings.kernelSize];
  const [rows, columns] = [positionsOf(layer, 0), positionsOf(layer, 1)];
  const values = rows.flatMap((high) => columns.map((wide) => 1 / (high * wide)));
  return chain(
    [node('Conv', sums, [x, ones], attributes), node('Mul', name, [sums, shares])],
    [
      floats(ones, shape, new Float32Array(elementCount(shape)).fill(1)),
      floats(shares, outputShape.slice(1), values),
    ],
  );
}

/** Positions by which each window of an axis divides: those in the map, and with `countPadding` those in the padding. */
function positionsOf({ inputShape, outputShape, settings }: AvgPool, axis: 0 | 1): number[] {
  const { kernelSize, stride, padding, countPadding } = settings;
  const outside = countPadding ? padding[axis] : 0;
  return Array.from({ length: outputShape[axis + 1] }, (_, window) => {
    const begin = window * stride[axis] - padding[axis];
    const end = Math.min(begin + kernelSize[axis], inputShape[axis + 1] + outside);
    return end - Math.max(begin, -outside);
  });
}

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
