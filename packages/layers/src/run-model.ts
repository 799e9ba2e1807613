// One batch through a model's kernels, outside of training: predictions, live pages and tests.
import {
  createKernels,
  createMemory,
  elementCount,
  highest,
  keyOf,
  type Draws,
  type KernelName,
  type Kernels,
} from '@convbook/core';
import { fromLanes, toLanes } from './calls/lanes.ts';
import { defaultLoss, type LossSpec } from './losses/registry.ts';
import { ConstantTables } from './calls/constant-tables.ts';
import { planBatch, type BatchPlan } from './plan/batch-plan.ts';
import { addressOf, linkCalls, runCalls } from './plan/link.ts';
import { basesOf, mapMemory } from './plan/memory-map.ts';
import { layOutParameters, type ParameterLayout } from './plan/parameter-layout.ts';
import type { Place } from './calls/place.ts';
import { planEvaluationShard, type ShardPlan } from './plan/shard-plan.ts';
import { cutIntoShards } from './calls/shards.ts';
import { joinStages, type Stage } from './plan/stages.ts';
import type { Call } from './calls/call.ts';
import type { GradientItem } from './calls/gradient-item.ts';
import type { ResolvedModel } from './calls/resolved.ts';

export interface RunModelInput {
  readonly module: WebAssembly.Module;
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
  /** `[batch, …model.output]`, instead of labels: the gradients are those of `Σ y·dY`. */
  readonly dY?: Float32Array;
}

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
 * `module` is the plain build.
 */
export function runModel(input: RunModelInput): RunModelOutput {
  const { model, batchSize, x } = input;
  const layout = layOutParameters(model);
  const tables = new ConstantTables();
  const shardSize = input.shardSize ?? batchSize + 3;
  const loss = { spec: input.loss ?? defaultLoss.spec, hasTargets: input.targets !== undefined };
  const hasLoss = (input.labels ?? input.targets) !== undefined;
  const isTraining = hasLoss || input.dY !== undefined;
  const plan = isTraining
    ? toRunPlan(planBatch(model, layout, tables, batchSize, shardSize, true, loss), hasLoss)
    : planEvaluation(model, layout, tables, batchSize, shardSize);
  const map = mapMemory({
    layout,
    shards: plan.shards.length,
    stateCount: 0,
    arenas: 1,
    constantBytes: tables.words.byteLength,
    batchBytes: plan.batchBytes,
    arenaBytes: plan.arenaBytes,
  });
  const memory = createMemory('plain', map.sizeBytes);
  const bases = basesOf(map, 0);
  const used = new Set<KernelName>();
  const kernels = recording(createKernels(input.module, memory), used);
  const floats = (place: Place, count: number) =>
    new Float32Array(memory.buffer, addressOf(place, bases), count);

  new Int32Array(memory.buffer, map.bases.constants).set(tables.words);
  for (const { name, offset, count } of layout.stored) {
    floats({ region: 'parameters', offset }, count).set(input.parameters.get(name) ?? []);
  }
  const [inputs, outputs] = [elementCount(model.input), elementCount(model.output)];
  const y = new Float32Array(batchSize * outputs);
  const dX = new Float32Array(batchSize * inputs);
  let [lossSum, correct] = [0, 0];
  const write = ({ shard, outputGradient }: RunShard) => {
    const { first, count, lanes } = shard;
    const last = first + count;
    const own = x.subarray(first * inputs, last * inputs);
    toLanes(own, count, lanes, floats(shard.input, inputs * lanes));
    writeDraws(memory, addressOf(shard.draws, bases), input.draws, first, count);
    const labels = new Uint8Array(memory.buffer, addressOf(shard.labels, bases), count);
    for (let n = 0; n < count; n++) labels[n] = input.labels?.[first + n] ?? 0;
    const targets = input.targets?.subarray(first * outputs, last * outputs);
    if (targets && shard.targets) {
      toLanes(targets, count, lanes, floats(shard.targets, outputs * lanes));
    }
    if (input.dY && outputGradient) {
      const target = floats(outputGradient, outputs * lanes);
      toLanes(input.dY.subarray(first * outputs, last * outputs), count, lanes, target);
    }
  };
  const read = ({ shard, inputGradient }: RunShard) => {
    const { first, count, lanes } = shard;
    y.set(fromLanes(floats(shard.output, outputs * lanes), count, lanes), first * outputs);
    if (!inputGradient) return;
    dX.set(fromLanes(floats(inputGradient, inputs * lanes), count, lanes), first * inputs);
    if (!hasLoss) return;
    const result = new DataView(memory.buffer, addressOf(shard.result, bases));
    lossSum += result.getFloat64(0, true);
    correct += result.getInt32(8, true);
  };
  const [{ stages }] = plan.shards;
  const lastStage = stages.length - 1;
  runCalls(linkCalls(plan.prepare, kernels, bases));
  stages.forEach(({ batchCalls }, at) => {
    // With one stage a shard is done before the next takes its arena.
    for (const shard of plan.shards) {
      if (at === 0) write(shard);
      runCalls(linkCalls(shard.stages[at].calls, kernels, bases));
      if (at === lastStage) read(shard);
    }
    runCalls(linkCalls(batchCalls, kernels, bases));
  });
  for (const item of plan.gradientItems) runCalls(linkCalls(item.calls, kernels, bases));
  // The plan divides by the batch size; the gradients of Σ y·dY are sums.
  const factor = input.dY ? batchSize : 1;
  const gradients = new Map(
    (isTraining ? layout.parameters : []).map(({ name, offset, count }) => [
      name,
      floats({ region: 'gradients', offset }, count).map((value) => value * factor),
    ]),
  );
  const buffers = new Map(
    layout.stored
      .slice(layout.parameters.length)
      .map(({ name, offset, count }) => [
        name,
        floats({ region: 'parameters', offset }, count).slice(),
      ]),
  );
  return { y, loss: lossSum / batchSize, correct, dX, gradients, buffers, kernels: used };
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

// Without a loss the output's gradient is given.
function toRunPlan({ shards, ...plan }: BatchPlan, hasLoss: boolean): RunPlan {
  const runShards = shards.map((shard) => ({
    shard,
    stages: joinStages(shard.forward, hasLoss ? [shard.loss] : [], shard.backward),
    outputGradient: shard.outputGradient,
    inputGradient: shard.inputGradient,
  }));
  return { ...plan, shards: runShards };
}

// Forward only, dropout left out.
function planEvaluation(
  model: ResolvedModel,
  layout: ParameterLayout,
  tables: ConstantTables,
  batchSize: number,
  shardSize: number,
): RunPlan {
  const shards = cutIntoShards(batchSize, shardSize).map((part) => {
    const shard = planEvaluationShard({ model, layout, tables, shard: part });
    return { shard, stages: shard.forward, outputGradient: null, inputGradient: null };
  });
  const arenaBytes = highest(shards.map(({ shard }) => shard.arenaBytes));
  return { prepare: [], shards, gradientItems: [], batchBytes: 0, arenaBytes };
}

function writeDraws(
  memory: WebAssembly.Memory,
  address: number,
  draws: Draws | undefined,
  first: number,
  count: number,
): void {
  const words = new Uint32Array(memory.buffer, address, 3 + count);
  words.set([...keyOf(draws?.seed ?? 0), draws?.epoch ?? 0]);
  for (let n = 0; n < count; n++) words[3 + n] = draws?.indexes[first + n] ?? first + n;
}

function recording(kernels: Kernels, used: Set<KernelName>): Kernels {
  return new Proxy(kernels, {
    get(target, name: KernelName) {
      used.add(name);
      return target[name];
    },
  });
}
