// Where the values of a shard lie, in lane layout, `[position][lane]`.
import { elementCount, type Shape } from '@convbook/core';
import type { Allocator } from '../calls/allocator.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import type { LossOptions } from '../losses/registry.ts';
import { outputShapeOf, type FusedLayers } from './fused-layers.ts';

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

/** Inputs and outputs of the layers, float32. */
export interface LayerPlaces {
  readonly input: Place;
  /** One for each pass, in order. */
  readonly outputs: readonly Place[];
}

export interface TrainingPlaces extends LayerPlaces {
  /** Null where it is not wanted. */
  readonly inputGradient: Place | null;
  /** One for each pass, in order. */
  readonly outputGradients: readonly Place[];
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

export function layOutForward(
  arena: Allocator,
  model: ResolvedModel,
  fused: readonly FusedLayers[],
  lanes: number,
): LayerPlaces {
  const take = (shape: Shape) => arena.take(elementCount(shape) * lanes * 4);
  return {
    input: take(model.input),
    outputs: fused.map((layers) => take(outputShapeOf(layers))),
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
  const pairs = fused.map((layers) => {
    const shape = outputShapeOf(layers);
    return { output: take(shape), gradient: take(shape) };
  });
  return {
    input,
    outputs: pairs.map(({ output }) => output),
    inputGradient,
    outputGradients: pairs.map(({ gradient }) => gradient),
    outputGradient: pairs.at(-1)?.gradient ?? inputGradient ?? take(model.input),
  };
}
