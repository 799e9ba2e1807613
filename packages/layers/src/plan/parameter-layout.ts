// Parameters, their gradients and the optimizer's state share one layout. First the parameters
// whose gradient is made from the whole batch at once, then those whose gradient is made shard by
// shard: these have one more copy for each shard after them. Buffers, which are not trained, follow the
// parameters and have neither gradients nor state.
import { elementCount } from '@convbook/core';
import { fuseLayers } from './fused-layers.ts';
import { wholeBatchOf } from './fused-training.ts';
import { alignUp, type Place } from '../calls/place.ts';
import {
  isTrained,
  leavesOf,
  type ResolvedLayer,
  type ResolvedModel,
  type ResolvedParameter,
} from '../calls/resolved.ts';

/** A parameter and its place. */
export interface PlacedParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Bytes from the start of `parameters`, of `gradients`, and of each state array. */
  readonly offset: number;
}

/** Where each parameter, its gradient and its optimizer state lie in their regions. */
export interface ParameterLayout {
  readonly parameters: readonly PlacedParameter[];
  /** The parameters, then the buffers: files have all of them. */
  readonly stored: readonly PlacedParameter[];
  /** Bytes of one value for each parameter. */
  readonly sizeBytes: number;
  /** The same, with the buffers. */
  readonly storedBytes: number;
  /** Bytes from the start to the parameters whose gradient is made shard by shard. */
  readonly shardedOffset: number;
  /** Bytes of those: the distance from one shard's gradients to the next. */
  readonly shardedBytes: number;
}

/** Gives each parameter and buffer of a model its place. */
export function layOutParameters(model: ResolvedModel): ParameterLayout {
  const whole = new Set(
    fuseLayers(model).flatMap((fused) => (wholeBatchOf(fused) ? [fused.layer] : [])),
  );
  let offset = 0;
  const place = (parameter: ResolvedParameter): PlacedParameter => {
    const count = elementCount(parameter.shape);
    const placed = { name: parameter.name, shape: parameter.shape, count, offset };
    offset = alignUp(offset + count * 4);
    return placed;
  };
  const placeAll = (layers: readonly ResolvedLayer[]) =>
    layers.flatMap((layer) => layer.parameters.filter(isTrained).map(place));
  const layers = leavesOf(model.layers);
  const first = placeAll(layers.filter((layer) => whole.has(layer)));
  const shardedOffset = offset;
  const second = placeAll(layers.filter((layer) => !whole.has(layer)));
  const sizeBytes = offset;
  const buffers = model.parameters.filter((parameter) => !isTrained(parameter)).map(place);
  const parameters = [...first, ...second];
  return {
    parameters,
    stored: [...parameters, ...buffers],
    sizeBytes,
    storedBytes: offset,
    shardedOffset,
    shardedBytes: sizeBytes - shardedOffset,
  };
}

/** The layout's entry of a parameter or buffer by its full name. */
export function placedParameter(layout: ParameterLayout, name: string): PlacedParameter {
  const placed = layout.stored.find((parameter) => parameter.name === name);
  if (!placed) throw new Error(`layout: no parameter named ${JSON.stringify(name)}`);
  return placed;
}

/** The layer's name in a parameter's full name, `<layer>.<parameter>`; a block's in that of a layer inside it. */
export function layerOf(parameter: string): string {
  return parameter.slice(0, parameter.lastIndexOf('.'));
}

/** Place of a parameter or buffer by its full name. */
export function parameterPlace(layout: ParameterLayout, name: string): Place {
  return { region: 'parameters', offset: placedParameter(layout, name).offset };
}

/** Where shard `shard` writes the gradient of a parameter. */
export function gradientPlace(layout: ParameterLayout, name: string, shard: number): Place {
  const { offset } = placedParameter(layout, name);
  const copies = offset >= layout.shardedOffset ? shard * layout.shardedBytes : 0;
  return { region: 'gradients', offset: offset + copies };
}
