// Runs one batch through a model's kernels outside of training: for predictions, live pages and tests.
import {
  createKernels,
  createMemory,
  type KernelBuild,
  type KernelName,
  type Kernels,
} from '@convbook/core/kernels';
import { elementCount, highest, type Shape } from '@convbook/core';
import type { Draws } from '@convbook/core/reference';
import { fromLanes, toLanes } from './calls/lanes.ts';
import { defaultLoss, type LossSpec } from './losses/registry.ts';
import { batchWeights, writeClassWeights } from './plan/class-weights.ts';
import { ConstantTables } from './calls/constant-tables.ts';
import { planBatch } from './plan/batch-plan.ts';
import { writeDraws } from './plan/draws.ts';
import { addressOf, linkCalls, runCalls, type RegionBases } from './plan/link.ts';
import { basesOf, mapMemory } from './plan/memory-map.ts';
import { layOutParameters, type ParameterLayout } from './plan/parameter-layout.ts';
import type { Place } from './calls/place.ts';
import { planEvaluationShard, type ShardPlan, type TrainingShardPlan } from './plan/shard-plan.ts';
import { cutIntoShards } from './calls/shards.ts';
import { joinStages, type Stage } from './plan/stages.ts';
import type { Call } from './calls/call.ts';
import type { GradientItem } from './calls/gradient-item.ts';
import type { ResolvedModel } from './calls/resolved.ts';

/** A batch, the model that it goes through, and what the gradients are taken of. */
export interface RunModelInput {
  readonly module: WebAssembly.Module;
  /** The build that `module` is; default `plain`. */
  readonly build?: KernelBuild;
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** `[batch, …model.input]`. */
  readonly x: Float32Array;
  readonly batchSize: number;
  /** Samples a shard has at most; default the whole batch. */
  readonly shardSize?: number;
  /** Labels: the gradients are those of the mean loss. */
  readonly labels?: ArrayLike<number>;
  /** Dropout depends on it where gradients are asked for; default seed 0, epoch 0, index n. */
  readonly draws?: Draws;
  /** `[batch, …model.output]`, instead of labels: the loss compares the outputs with them. */
  readonly targets?: Float32Array;
  /** Default softmax cross-entropy. */
  readonly loss?: LossSpec;
  /** The weight of each class in the loss; with labels, the mean is over the weights. */
  readonly classWeights?: readonly number[];
  /** `[batch, …model.output]`, instead of labels: the gradients are those of `Σ y·dY`. */
  readonly dY?: Float32Array;
}

/** The outputs and gradients of a batch. */
export interface RunModelOutput {
  /** `[batch, …model.output]`. */
  readonly y: Float32Array;
  /** Mean loss, where labels were given. */
  readonly loss: number;
  readonly correct: number;
  readonly dX: Float32Array;
  /** By full name; none where there were no labels, targets or dY. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
  /** Buffers as the batch left them, by full name. */
  readonly buffers: ReadonlyMap<string, Float32Array>;
  /** The kernels that ran. */
  readonly kernels: ReadonlySet<KernelName>;
}

/**
 * Runs forward as in evaluation or, with labels, targets or dY, forward and backward as in training.
 */
export function runModel(input: RunModelInput): RunModelOutput {
  const batch = layOutBatch(input);
  writeParameters(batch);
  run(batch, batch.plan.prepare);
  const { y, dX, lossSum, correct } = runShards(batch);
  for (const item of batch.plan.gradientItems) run(batch, item.calls);
  return {
    y,
    loss: lossSum / input.batchSize,
    correct,
    dX,
    gradients: readGradients(batch),
    buffers: readBuffers(batch),
    kernels: batch.used,
  };
}

/** A batch planned, in a memory of its own. */
interface LaidOutBatch {
  readonly input: RunModelInput;
  readonly hasLoss: boolean;
  readonly isTraining: boolean;
  readonly layout: ParameterLayout;
  readonly plan: RunPlan;
  readonly memory: WebAssembly.Memory;
  readonly bases: RegionBases;
  readonly kernels: Kernels;
  readonly used: ReadonlySet<KernelName>;
}

function layOutBatch(input: RunModelInput): LaidOutBatch {
  const hasLoss = (input.labels ?? input.targets) !== undefined;
  const isTraining = hasLoss || input.dY !== undefined;
  const layout = layOutParameters(input.model);
  const tables = new ConstantTables();
  const plan = isTraining
    ? planTraining(input, layout, tables)
    : planEvaluation(input, layout, tables);
  const map = mapMemory({
    layout,
    shards: plan.shards.length,
    stateCount: 0,
    arenas: 1,
    constantBytes: tables.words.byteLength,
    batchBytes: plan.batchBytes,
    arenaBytes: plan.arenaBytes,
  });
  const memory = createMemory(input.build ?? 'plain', map.sizeBytes);
  new Int32Array(memory.buffer, map.bases.constants).set(tables.words);
  const used = new Set<KernelName>();
  const kernels = recording(createKernels(input.module, memory), used);
  const bases = basesOf(map, 0);
  return { input, hasLoss, isTraining, layout, plan, memory, bases, kernels, used };
}

/** The calls to run, in evaluation as in training. */
interface RunPlan {
  readonly prepare: readonly Call[];
  readonly shards: readonly RunShard[];
  readonly gradientItems: readonly GradientItem[];
  readonly batchBytes: number;
  readonly arenaBytes: number;
}

interface RunShard {
  readonly shard: ShardPlan;
  readonly stages: readonly Stage[];
  /** Null in evaluation. */
  readonly outputGradient: Place | null;
  readonly inputGradient: Place | null;
}

function planTraining(
  input: RunModelInput,
  layout: ParameterLayout,
  tables: ConstantTables,
): RunPlan {
  const { model, batchSize, shardSize = wholeBatchSize(batchSize), loss, targets, labels } = input;
  const lossOptions = {
    spec: loss ?? defaultLoss.spec,
    hasTargets: targets !== undefined,
    hasClassWeights: input.classWeights !== undefined,
  };
  const plan = planBatch(model, layout, tables, batchSize, shardSize, {
    needsInputGradient: true,
    loss: lossOptions,
  });
  const hasLoss = (labels ?? targets) !== undefined;
  return { ...plan, shards: plan.shards.map((shard) => toRunShard(shard, hasLoss)) };
}

/** Without a loss the output's gradient is given. */
function toRunShard(shard: TrainingShardPlan, hasLoss: boolean): RunShard {
  const stages = joinStages(shard.forward, hasLoss ? [shard.loss] : [], shard.backward);
  const { outputGradient, inputGradient } = shard;
  return { shard, stages, outputGradient, inputGradient };
}

/** Forward only, dropout left out. */
function planEvaluation(
  { model, batchSize, shardSize = wholeBatchSize(batchSize) }: RunModelInput,
  layout: ParameterLayout,
  tables: ConstantTables,
): RunPlan {
  const bySize = new Map<string, ShardPlan>();
  const shards = cutIntoShards(batchSize, shardSize).map((part) => {
    // Calls depend on these numbers alone: shards of one size share them.
    const size = `${part.count} ${part.lanes}`;
    const planned = bySize.get(size) ?? planEvaluationShard({ model, layout, tables, shard: part });
    bySize.set(size, planned);
    const shard = { ...planned, ...part };
    return { shard, stages: shard.forward, outputGradient: null, inputGradient: null };
  });
  const arenaBytes = highest(shards.map(({ shard }) => shard.arenaBytes));
  return { prepare: [], shards, gradientItems: [], batchBytes: 0, arenaBytes };
}

/** The shard size that holds the whole batch, padded to units of eight samples. */
function wholeBatchSize(batchSize: number): number {
  return batchSize + 7;
}

function writeParameters(batch: LaidOutBatch): void {
  for (const { name, offset, count } of batch.layout.stored) {
    const values = batch.input.parameters.get(name) ?? [];
    floatsAt(batch, { region: 'parameters', offset }, count).set(values);
  }
}

/** Filled and added to by one shard after another. */
interface ShardResults {
  readonly y: Float32Array;
  readonly dX: Float32Array;
  lossSum: number;
  correct: number;
}

function runShards(batch: LaidOutBatch): ShardResults {
  const { plan, input } = batch;
  const results: ShardResults = {
    y: new Float32Array(input.batchSize * elementCount(input.model.output)),
    dX: new Float32Array(input.batchSize * elementCount(input.model.input)),
    lossSum: 0,
    correct: 0,
  };
  const [{ stages }] = plan.shards;
  stages.forEach(({ batchCalls }, at) => {
    // With one stage, a shard is done before the next one uses its arena.
    for (const shard of plan.shards) {
      if (at === 0) writeShard(batch, shard);
      run(batch, shard.stages[at].calls);
      if (at === stages.length - 1) readShard(batch, shard, results);
    }
    run(batch, batchCalls);
  });
  return results;
}

function writeShard(batch: LaidOutBatch, { shard, outputGradient }: RunShard): void {
  const { x, targets, dY } = batch.input;
  writeRows(batch, shard, shard.input, x, batch.input.model.input);
  writeShardDraws(batch, shard);
  writeLabels(batch, shard);
  writeWeights(batch, shard);
  const { output } = batch.input.model;
  if (targets && shard.targets) writeRows(batch, shard, shard.targets, targets, output);
  if (dY && outputGradient) writeRows(batch, shard, outputGradient, dY, output);
}

/** Puts the shard's samples of `values`, `[batch, …shape]`, into lanes at a place. */
function writeRows(
  batch: LaidOutBatch,
  { first, count, lanes }: ShardPlan,
  place: Place,
  values: Float32Array,
  shape: Shape,
): void {
  const size = elementCount(shape);
  const own = values.subarray(first * size, (first + count) * size);
  toLanes(own, count, lanes, floatsAt(batch, place, size * lanes));
}

function writeLabels({ input, memory, bases }: LaidOutBatch, shard: ShardPlan): void {
  const labels = new Uint8Array(memory.buffer, addressOf(shard.labels, bases), shard.count);
  for (let n = 0; n < shard.count; n++) labels[n] = input.labels?.[shard.first + n] ?? 0;
}

function writeWeights({ input, memory, bases }: LaidOutBatch, shard: ShardPlan): void {
  const weights = weightsOf(input);
  if (weights) writeClassWeights(new Float64Array(memory.buffer), shard, bases, weights);
}

/** The class weights with which the sum of the losses, divided by the samples, is the weighted mean. */
export function weightsOf({
  classWeights,
  labels,
  batchSize,
}: Pick<RunModelInput, 'classWeights' | 'labels' | 'batchSize'>): readonly number[] | undefined {
  if (classWeights === undefined || labels === undefined) return classWeights;
  return batchWeights(classWeights, batchSize, (n) => labels[n]);
}

function writeShardDraws({ input, memory, bases }: LaidOutBatch, shard: ShardPlan): void {
  const { seed = 0, epoch = 0, indexes } = input.draws ?? {};
  const sampleAt = (n: number) => indexes?.[shard.first + n] ?? shard.first + n;
  writeDraws(new Uint32Array(memory.buffer), shard, bases, { seed, epoch, sampleAt });
}

function readShard(
  batch: LaidOutBatch,
  { shard, inputGradient }: RunShard,
  results: ShardResults,
): void {
  readRows(batch, shard, shard.output, results.y);
  if (inputGradient) readRows(batch, shard, inputGradient, results.dX);
  if (!batch.hasLoss) return;
  const result = new DataView(batch.memory.buffer, addressOf(shard.result, batch.bases));
  results.lossSum += result.getFloat64(0, true);
  results.correct += result.getInt32(8, true);
}

/** Puts the lanes at a place into the shard's samples of `out`, `[batch, …]`. */
function readRows(batch: LaidOutBatch, shard: ShardPlan, place: Place, out: Float32Array): void {
  const size = out.length / batch.input.batchSize;
  const lanes = floatsAt(batch, place, size * shard.lanes);
  out.set(fromLanes(lanes, shard.count, shard.lanes), shard.first * size);
}

function readGradients(batch: LaidOutBatch): ReadonlyMap<string, Float32Array> {
  if (!batch.isTraining) return new Map();
  // The plan divides by the batch size; the gradients of Σ y·dY are sums.
  const factor = batch.input.dY ? batch.input.batchSize : 1;
  return new Map(
    batch.layout.parameters.map(({ name, offset, count }) => {
      const values = floatsAt(batch, { region: 'gradients', offset }, count);
      return [name, values.map((value) => value * factor)];
    }),
  );
}

function readBuffers(batch: LaidOutBatch): ReadonlyMap<string, Float32Array> {
  const { stored, parameters } = batch.layout;
  return new Map(
    stored.slice(parameters.length).map(({ name, offset, count }) => {
      return [name, floatsAt(batch, { region: 'parameters', offset }, count).slice()];
    }),
  );
}

function run({ kernels, bases }: LaidOutBatch, calls: readonly Call[]): void {
  runCalls(linkCalls(calls, kernels, bases));
}

function floatsAt({ memory, bases }: LaidOutBatch, place: Place, count: number): Float32Array {
  return new Float32Array(memory.buffer, addressOf(place, bases), count);
}

function recording(kernels: Kernels, used: Set<KernelName>): Kernels {
  return new Proxy(kernels, {
    get(target, name: KernelName) {
      used.add(name);
      return target[name];
    },
  });
}
