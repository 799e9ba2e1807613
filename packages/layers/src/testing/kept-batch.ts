// A training step up to where shards have kept their rows: what makes gradients from these is run by the test.
import { createKernels, createMemory, type KernelBuild } from '@convbook/core/kernels';
import { elementCount, shuffle } from '@convbook/core';
import { toLanes } from '../calls/lanes.ts';
import { ConstantTables } from '../calls/constant-tables.ts';
import type { Call } from '../calls/call.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import { planBatch, type BatchPlan } from '../plan/batch-plan.ts';
import { addressOf, linkCalls, runCalls } from '../plan/link.ts';
import { basesOf, mapMemory } from '../plan/memory-map.ts';
import { layOutParameters, type ParameterLayout } from '../plan/parameter-layout.ts';
import { addPenalties, type Penalties } from '../plan/penalty.ts';
import type { TrainingShardPlan } from '../plan/shard-plan.ts';
import { joinStages } from '../plan/stages.ts';
import type { TreeNode } from '../plan/tree-nodes.ts';

export interface KeptBatchInput {
  readonly module: WebAssembly.Module;
  readonly build: KernelBuild;
  readonly model: ResolvedModel;
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** `[batch, …]`; the gradients are those of `Σ y·dY`. */
  readonly x: Float32Array;
  readonly dY: Float32Array;
  readonly batchSize: number;
  readonly shardSize: number;
  readonly penalties?: Penalties;
  readonly sectionNodes?: readonly TreeNode[];
}

export interface KeptBatch {
  readonly plan: BatchPlan;
  readonly layout: ParameterLayout;
  run(calls: readonly Call[]): void;
  /** The memory itself, not a copy. */
  floatsAt(place: Place, count: number): Float32Array;
  /** Runs all gradient items, in any order, and returns the sum of squares of each. */
  runGradientItems(): number[];
  /** Every gradient by its name: a copy. */
  gradients(): ReadonlyMap<string, Float32Array>;
}

export function keepBatch(input: KeptBatchInput): KeptBatch {
  const { model, batchSize, shardSize, sectionNodes = [], penalties = { l1: 0, l2: 0 } } = input;
  const layout = layOutParameters(model);
  const tables = new ConstantTables();
  const options = { needsInputGradient: true, sectionNodes };
  const planned = planBatch(model, layout, tables, batchSize, shardSize, options);
  const plan = addPenalties(planned, model, penalties);
  const map = mapMemory({
    layout,
    shards: plan.shards.length,
    stateCount: 0,
    arenas: 1,
    constantBytes: tables.words.byteLength,
    batchBytes: plan.batchBytes,
    arenaBytes: plan.arenaBytes,
  });
  const memory = createMemory(input.build, map.sizeBytes);
  const kernels = createKernels(input.module, memory);
  const bases = basesOf(map, 0);
  const floatsAt = (place: Place, count: number) =>
    new Float32Array(memory.buffer, addressOf(place, bases), count);
  const run = (calls: readonly Call[]) => runCalls(linkCalls(calls, kernels, bases));
  const gradientAt = (offset: number, count: number) =>
    floatsAt({ region: 'gradients', offset }, count);
  new Int32Array(memory.buffer, map.bases.constants).set(tables.words);
  for (const { name, offset, count } of layout.stored) {
    floatsAt({ region: 'parameters', offset }, count).set(input.parameters.get(name) ?? []);
  }
  run(plan.prepare);
  for (const shard of plan.shards) runShard(shard, input, { run, floatsAt });
  return {
    plan,
    layout,
    run,
    floatsAt,
    runGradientItems() {
      const squares: number[] = [];
      for (const item of shuffle(1, 1, plan.gradientItems.length)) {
        run(plan.gradientItems[item].calls);
        squares[item] = new Float64Array(memory.buffer, bases.arena, 1)[0];
      }
      return squares;
    },
    gradients: () =>
      new Map(
        layout.parameters.map(({ name, offset, count }) => [
          name,
          gradientAt(offset, count).slice(),
        ]),
      ),
  };
}

// The model waits for no sums over the batch.
function runShard(
  shard: TrainingShardPlan,
  { model, x, dY }: KeptBatchInput,
  { run, floatsAt }: Pick<KeptBatch, 'run' | 'floatsAt'>,
): void {
  const { first, count, lanes, input, outputGradient } = shard;
  const write = (place: Place, values: Float32Array, size: number) =>
    toLanes(
      values.subarray(first * size, (first + count) * size),
      count,
      lanes,
      floatsAt(place, size * lanes),
    );
  write(input, x, elementCount(model.input));
  write(outputGradient, dY, elementCount(model.output));
  run(joinStages(shard.forward, [], shard.backward).flatMap(({ calls }) => calls));
}
