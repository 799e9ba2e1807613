// The model's input: numbers as it reads them, or bytes that nodes of the graph scale.
import type { ChannelScaling, Shape } from '@convbook/core';
import { int, floats, node } from './proto.ts';
import { TensorProto_DataType as DataType } from './schema/onnx_pb.ts';
import { chain, type LayerNodes } from './layers/layer-nodes.ts';

/** Name of the model's input. */
export const inputName = 'input';

/** Bytes of pictures as the model's numbers, to the bit: `byte / 255`, or `byte · scale + offset` of each channel. */
export function preprocessingNodes(
  shape: Shape,
  scaling: readonly ChannelScaling[] | undefined,
): LayerNodes {
  const [numbers, scaled] = ['input.numbers', 'input.scaled'];
  const cast = node('Cast', numbers, [inputName], [int('to', DataType.FLOAT)]);
  if (scaling === undefined) {
    const most = 'input.most';
    return chain([cast, node('Div', scaled, [numbers, most])], [floats(most, [], [255])]);
  }
  const [scale, offset, product] = ['input.scale', 'input.offset', 'input.product'];
  const perChannel = [scaling.length, ...shape.slice(1).map(() => 1)];
  return chain(
    [cast, node('Mul', product, [numbers, scale]), node('Add', scaled, [product, offset])],
    [
      floats(
        scale,
        perChannel,
        scaling.map((channel) => channel.scale),
      ),
      floats(
        offset,
        perChannel,
        scaling.map((channel) => channel.offset),
      ),
    ],
  );
}
