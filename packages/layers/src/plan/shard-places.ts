// Where the values of a shard lie, in lane layout, `[position][lane]`.
import { elementCount, type Shape } from '@convbook/core';
import type { Allocator } from '../calls/allocator.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import type { LossOptions } from '../losses/registry.ts';
import { outputShapeOf, type FusedLayers } from './fused-layers.ts';
import { passPlaces, type LayerPlaces, type PassPlaces } from './forward-places.ts';
import { createGradientLayout, type PassGradients } from './pass-gradients.ts';

/** Arena offset of the loss: float64 sum, int32 correct answers. */
export const resultBytes = 16;

/** A shard's input and its answer. */
export interface ShardPlaces {
  readonly result: Place;
  /** Bytes of the inputs, uint8. */
  readonly bytes: Place;
  /** Labels, uint8, one a lane. */
  readonly labels: Place;
  /** uint32: seed (low, high), epoch, data-set index of each lane. */
  readonly draws: Place;
  /** Targets, float32, where the loss is given them. */
  readonly targets: Place | null;
  /** The weight of each class, float64, where the loss weighs them. */
  readonly weights: Place | null;
}

export interface TrainingPlaces extends LayerPlaces<PassPlaces & PassGradients> {
  /** Null where it is not wanted. */
  readonly inputGradient: Place | null;
  /** Gradient of the model's output: the last layer's, or the input's where no layer moves data. */
  readonly outputGradient: Place;
}

export function layOutShard(
  arena: Allocator,
  { input, output }: ResolvedModel,
  lanes: number,
  { hasTargets, hasClassWeights = false }: LossOptions,
): ShardPlaces {
  const classes = elementCount(output);
  return {
    result: arena.take(resultBytes),
    bytes: arena.take(elementCount(input) * lanes),
    labels: arena.take(lanes),
    draws: arena.take(12 + lanes * 4),
    targets: hasTargets ? arena.take(classes * lanes * 4) : null,
    weights: hasClassWeights ? arena.take(classes * 8) : null,
  };
}

/** Each gradient is next to its values. */
export function layOutTraining(
  arena: Allocator,
  model: ResolvedModel,
  fused: readonly FusedLayers[],
  lanes: number,
  needsInputGradient: boolean,
): TrainingPlaces {
  const take = (shape: Shape) => arena.take(elementCount(shape) * lanes * 4);
  const input = take(model.input);
  const inputGradient = needsInputGradient ? take(model.input) : null;
  const gradients = createGradientLayout(fused, inputGradient, take);
  const outputs = fused.map((layers, pass) => {
    const output = take(outputShapeOf(layers));
    gradients.add(pass);
    return output;
  });
  const passes = passPlaces(fused, input, outputs).map((places, pass) => {
    return { ...places, ...gradients.placesOf(pass) };
  });
  const last = passes.at(-1);
  return {
    input,
    output: last?.output ?? input,
    passes,
    inputGradient,
    outputGradient: last?.outputGradient ?? inputGradient ?? take(model.input),
  };
}
