// Everything one worker does with one shard: the calls from bytes to loss and back.
import { elementCount, type ChannelScaling } from '@convbook/core';
import { Allocator } from '../calls/allocator.ts';
import { call, type Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import type { Shard } from '../calls/shards.ts';
import { defaultLoss, lossKinds, type LossOptions } from '../losses/registry.ts';
import type { BatchMemory } from './batch-memory.ts';
import { forwardCalls, forwardContext, type ForwardOptions } from './forward-plan.ts';
import { layOutForward, type LayerPlaces, type PassPlaces } from './forward-places.ts';
import { fuseLayers, type FusedLayers } from './fused-layers.ts';
import { sharedBytes, trainingCalls } from './fused-training.ts';
import {
  gradientPlace,
  layerOf,
  parameterPlace,
  type ParameterLayout,
} from './parameter-layout.ts';
import type { PassGradients } from './pass-gradients.ts';
import { backwardInRole, inRole, sumInRole } from './roles.ts';
import { layOutShard, layOutTraining, resultBytes, type ShardPlaces } from './shard-places.ts';
import { cutIntoStages, joinStages, type Stage } from './stages.ts';

/** A shard in evaluation. */
export interface ShardPlan extends Shard, ShardPlaces {
  /** Input and output of the model, float32. */
  readonly input: Place;
  readonly output: Place;
  /** From bytes to input. */
  readonly load: Call;
  readonly forward: readonly Stage[];
  /** From output and labels to result and, in training, the output's gradient. */
  readonly loss: Call;
  readonly arenaBytes: number;
}

/** A shard of a training step: forward, loss and backward. */
export interface TrainingShardPlan extends ShardPlan {
  readonly inputGradient: Place | null;
  readonly outputGradient: Place;
  /** Once a step, before any shard: the same calls in the plan of each. */
  readonly prepare: readonly Call[];
  readonly backward: readonly Stage[];
}

export interface ShardPlanOptions {
  readonly model: ResolvedModel;
  readonly layout: ParameterLayout;
  readonly tables: ConstantTables;
  readonly shard: Shard;
  /** Default softmax cross-entropy of labels. */
  readonly loss?: LossOptions;
  /** How the bytes of each channel become floats; default byte / 255. */
  readonly scaling?: readonly ChannelScaling[] | undefined;
}

export interface TrainingShardOptions extends ShardPlanOptions {
  readonly batch: BatchMemory;
  /** Whether the gradient of the model's input is wanted too. */
  readonly needsInputGradient: boolean;
}

/** Forward and loss. */
export function planEvaluationShard(options: ShardPlanOptions): ShardPlan {
  const { model, shard, loss = defaultLoss } = options;
  const arena = new Allocator('arena');
  const fused = fuseLayers(model);
  const places = layOutShard(arena, model, shard.lanes, loss);
  const values = layOutForward(arena, model, fused, shard.lanes);
  const calls = forwardCalls(toForward(options), fused, arena, values.passes);
  const lossCall = planLoss(options, arena, places, values.output, null);
  return {
    ...commonOf(options, places, values, lossCall),
    forward: [{ calls, batchCalls: [] }],
    arenaBytes: arena.sizeBytes,
  };
}

/** Forward, loss and backward. */
export function planTrainingShard(options: TrainingShardOptions): TrainingShardPlan {
  const { model, shard, batch, needsInputGradient, loss = defaultLoss } = options;
  const fused = fuseLayers(model);
  // After a wait another worker may continue with the shard, so nothing stays in an arena.
  const waits = fused.some((layers) => sharedBytes(layers, 1) > 0);
  const start = waits ? batch.memory.mark() : 0;
  const arena = new Allocator(waits ? 'batch' : 'arena', start);
  const places = layOutShard(arena, model, shard.lanes, loss);
  const values = layOutTraining(arena, model, fused, shard.lanes, needsInputGradient);
  const planned = fused.map((layers, i) => {
    const own = values.passes[i];
    const context = trainingContextOf(options, layers, arena, places, own);
    const { name } = layers.layer;
    const calls = trainingCalls(layers, context);
    const { isNeeded } = own;
    return { layer: name, isNeeded, ...calls, join: joinCalls(layers, own, shard) };
  });
  const backward = planned.filter(({ isNeeded }) => isNeeded).toReversed();
  const { inputGradient, outputGradient } = values;
  const lossCall = planLoss(options, arena, places, values.output, outputGradient);
  if (waits) batch.memory.take(arena.sizeBytes - start);
  return {
    ...commonOf(options, places, values, lossCall),
    inputGradient,
    outputGradient,
    prepare: planned.flatMap(({ layer, prepare = [] }) => inRole(prepare, layer, 'forward')),
    forward: cutIntoStages(
      planned.map(({ layer, forward, sums }) => ({
        sum: sums && sumInRole(sums.forward, layer, 'forward'),
        calls: inRole(forward, layer, 'forward'),
      })),
    ),
    backward: cutIntoStages(
      backward.map(({ layer, sums, join, ...calls }) => ({
        sum: sums && sumInRole(sums.backward, layer, 'weight gradient'),
        calls: [...backwardInRole(calls, layer), ...join],
      })),
    ),
    arenaBytes: waits ? resultBytes : arena.sizeBytes,
  };
}

function toForward({ layout, tables, shard }: ShardPlanOptions): ForwardOptions {
  return { tables, shard, parameter: (name) => parameterPlace(layout, name) };
}

function trainingContextOf(
  options: TrainingShardOptions,
  layers: FusedLayers,
  arena: Allocator,
  { draws }: ShardPlaces,
  places: PassPlaces & PassGradients,
): TrainingContext {
  const { layout, shard, batch } = options;
  const { name } = layers.layer;
  const { inputGradient, outputGradient } = places;
  return {
    ...forwardContext(toForward(options), layers, arena, places),
    inputGradient,
    outputGradient,
    draws,
    batch: batch.contextOf(name, shard),
    gradient: (shortName) =>
      gradientPlace(layout, `${name}.${shortName}`, shard.index - batch.share.firstShard),
  };
}

// Where the branches of a block part, its input has the sum of their gradients.
function joinCalls(
  { layer }: FusedLayers,
  { inputGradient, added }: PassGradients,
  { lanes }: Shard,
): Call[] {
  if (!inputGradient || !added) return [];
  const vectors = (elementCount(layer.inputShape) * lanes) / 4;
  const sum = call('add', { y: inputGradient, a: inputGradient, b: added, vectors, relu: 0 });
  return inRole([sum], layerOf(layer.name), 'input gradient');
}

function planLoss(
  { model, shard, loss = defaultLoss }: ShardPlanOptions,
  arena: Allocator,
  { labels, targets, weights, result }: ShardPlaces,
  x: Place,
  dX: Place | null,
): Call {
  const classes = elementCount(model.output);
  const [scratch] = arena.borrow(classes * 8);
  const sizes = { classes, laneBytes: shard.lanes * 4, count: shard.count };
  const places = { dX, x, labels, targets, weights, scratch, result };
  return lossKinds[loss.spec.name].plan(loss.spec, { ...places, ...sizes });
}

function commonOf(options: ShardPlanOptions, places: ShardPlaces, values: LayerPlaces, loss: Call) {
  const { input } = values;
  const load = planLoad(options, input, places.bytes);
  return {
    ...options.shard,
    ...places,
    input,
    output: values.output,
    load: inRole([load], 'input', 'forward')[0],
    loss: inRole([loss], 'loss', 'forward')[0],
  };
}

function planLoad(
  { model, shard, tables, scaling }: ShardPlanOptions,
  y: Place,
  bytes: Place,
): Call {
  const vectors = (elementCount(model.input) * shard.lanes) / 4;
  if (scaling === undefined) return call('loadBytes', { y, bytes, vectors });
  const numbers = Float32Array.from(scaling.flatMap(({ scale, offset }) => [scale, offset]));
  return call('standardizeBytes', {
    y,
    bytes,
    channels: scaling.length,
    vectors: vectors / scaling.length,
    scaling: tables.place(new Int32Array(numbers.buffer)),
  });
}

/** All stages of a training step: forward, loss, backward. */
export function trainingStages({ load, forward, loss, backward }: TrainingShardPlan): Stage[] {
  return joinStages([{ calls: [load], batchCalls: [] }], [], joinStages(forward, [loss], backward));
}
