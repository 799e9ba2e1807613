// Where the passes of a forward pass read and write, in lane layout, `[position][lane]`.
import { elementCount, type Shape } from '@convbook/core';
import type { Allocator } from '../calls/allocator.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import { outputShapeOf, type FusedLayers } from './fused-layers.ts';

/** Where a pass reads and writes in evaluation. */
export interface PassPlaces {
  readonly input: Place;
  readonly output: Place;
  /** The branch that a residual block adds to its layers' output; null for other passes. */
  readonly shortcut: Place | null;
}

/** Inputs and outputs of the layers, float32. */
export interface LayerPlaces<Places extends PassPlaces = PassPlaces> {
  readonly input: Place;
  /** One for each pass, in order. */
  readonly passes: readonly Places[];
  /** The last pass's, or the input where no layer moves data. */
  readonly output: Place;
}

/** Every output has a place of its own. */
export function layOutForward(
  arena: Allocator,
  model: ResolvedModel,
  fused: readonly FusedLayers[],
  lanes: number,
): LayerPlaces {
  const take = (shape: Shape) => arena.take(elementCount(shape) * lanes * 4);
  const input = take(model.input);
  const outputs = fused.map((layers) => take(outputShapeOf(layers)));
  return { input, output: outputs.at(-1) ?? input, passes: passPlaces(fused, input, outputs) };
}

/** The maps that each pass reads and writes, from the outputs of all. */
export function passPlaces(
  fused: readonly FusedLayers[],
  input: Place,
  outputs: readonly Place[],
): PassPlaces[] {
  const outputOf = (pass: number) => (pass < 0 ? input : outputs[pass]);
  return fused.map(({ source, block }, k) => ({
    input: outputOf(source),
    output: outputs[k],
    shortcut: block && outputOf(block.convolution ?? block.source),
  }));
}
