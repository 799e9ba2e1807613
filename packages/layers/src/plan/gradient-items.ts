// The phase after all shards: each item makes the gradient of a parameter, or a part of it, divided by
// the batch size, and leaves the sum of its squares at the arena's start.
import type { Allocator } from '../calls/allocator.ts';
import { call, type Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import { cut, oneRow, type GradientItem, type GradientPart } from '../calls/gradient-item.ts';
import { after, type Place } from '../calls/place.ts';
import type { KeptSection, WholeBatchPart } from '../calls/whole-batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import type { FusedLayers } from './fused-layers.ts';
import { wholeBatchOf } from './fused-training.ts';
import {
  gradientPlace,
  layerOf,
  type ParameterLayout,
  type PlacedParameter,
} from './parameter-layout.ts';
import { inRole } from './roles.ts';
import { divideRows, sumSections } from './section-tree.ts';

/** Where a worker leaves the sum of squares of an item. */
const squares: Place = { region: 'arena', offset: 0 };

/** A layer whose gradients are made from the whole batch. */
export interface WholeBatchLayer {
  readonly name: string;
  readonly parts: readonly WholeBatchPart[];
  readonly sections: readonly KeptSection[];
}

export function wholeBatchLayers(
  fused: readonly FusedLayers[],
  { keptBy }: BatchMemory,
  layout: ParameterLayout,
  tables: ConstantTables,
  arena: Allocator,
): WholeBatchLayer[] {
  return fused.flatMap((layers) => {
    const { name } = layers.layer;
    const gradient = (shortName: string) => gradientPlace(layout, `${name}.${shortName}`, 0);
    const parts = wholeBatchOf(layers)?.plan({ tables, arena, gradient }) ?? [];
    return parts.length > 0 ? [{ name, parts, sections: keptBy(layers) }] : [];
  });
}

/** Gradients from the rows that all shards kept. */
export function wholeBatchItems(
  layers: readonly WholeBatchLayer[],
  batchSize: number,
  arena: Allocator,
): GradientItem[] {
  return itemsFrom(layers, (part, sections) =>
    // One section needs no copy, nor a pass that divides.
    sections.length === 1
      ? part.sum(sections[0], part.gradient, batchSize)
      : [
          ...sumSections(part, sections, part.gradient, arena),
          divideRows(part.gradient, batchSize),
        ],
  );
}

/** The same gradients where their sums over the batch are already in their place. */
export function finishItems(layers: readonly WholeBatchLayer[], batchSize: number): GradientItem[] {
  return itemsFrom(layers, ({ gradient }) => [divideRows(gradient, batchSize)]);
}

function itemsFrom(
  layers: readonly WholeBatchLayer[],
  callsOf: (part: WholeBatchPart, sections: readonly KeptSection[]) => Call[],
): GradientItem[] {
  return layers.flatMap(({ name, parts, sections }) =>
    parts.map((part): GradientItem => {
      const { parameter, gradient } = part;
      const calls = inRole(callsOf(part, sections), name, 'weight gradient');
      return {
        parameter: `${name}.${parameter}`,
        gradient,
        calls: [...calls, squaresCall(gradient, name)],
      };
    }),
  );
}

/** Gradients that each shard has made for itself, summed as a tree. */
export function sumItems(
  layout: ParameterLayout,
  shards: number,
  batchSize: number,
): GradientItem[] {
  return layout.parameters
    .filter(({ offset }) => offset >= layout.shardedOffset)
    .flatMap((parameter) => itemsOf(parameter, layout, shards, batchSize));
}

function itemsOf(
  { name, count }: PlacedParameter,
  layout: ParameterLayout,
  shards: number,
  divisor: number,
): GradientItem[] {
  const whole = gradientPlace(layout, name, 0);
  return cut(count).map(([from, to]) => {
    const first = after(whole, from * 4);
    const gradient = oneRow(first, to - from);
    const sizes = { shardStride: layout.shardedBytes, shards, vectors: Math.ceil((to - from) / 4) };
    const sum = call('sumShards', { first, ...sizes, divisor });
    const layer = layerOf(name);
    const calls = [...inRole([sum], layer, 'sum'), squaresCall(gradient, layer)];
    return { parameter: name, gradient, calls };
  });
}

function squaresCall({ place, ...rows }: GradientPart, layer: string): Call {
  return inRole([call('sumSquares', { result: squares, x: place, ...rows })], layer, 'sum')[0];
}
