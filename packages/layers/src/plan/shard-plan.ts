// Everything one worker does with one shard: the calls from bytes to loss and back.
import { elementCount, type Shape } from '@convbook/core';
import type { ResolvedLayer, ResolvedModel } from '../model.ts';
import { defaultLoss, lossKinds, type LossOptions } from '../losses/registry.ts';
import { kindOf } from '../registry.ts';
import { Allocator, type ConstantTables } from './allocator.ts';
import { call, type Call } from './call.ts';
import type { BatchContext, PlanGroup } from './group-plan.ts';
import { groupLayers } from './groups.ts';
import { gradientPlace, placedParameter, type ParameterLayout } from './parameter-layout.ts';
import { withRole, withRoles } from './call-roles.ts';
import type { Place } from './place.ts';
import type { Shard } from './shards.ts';
import { cutIntoStages, joinStages, type Stage } from './stages.ts';

/** Arena offset of the loss: float64 sum, int32 correct answers. */
export const resultBytes = 16;

export interface ShardPlan extends Shard {
  /** Bytes of the inputs in lane layout, `[position][lane]`, uint8. */
  readonly bytes: Place;
  /** Labels, uint8, one a lane. */
  readonly labels: Place;
  /** uint32: seed (low, high), epoch, data-set index of each lane. */
  readonly draws: Place;
  /** Targets in lane layout, `[position][lane]` float32, where the loss is given them. */
  readonly targets: Place | null;
  /** Input and output in lane layout, `[position][lane]` float32, and their gradients. */
  readonly input: Place;
  readonly output: Place;
  readonly inputGradient: Place | null;
  readonly outputGradient: Place | null;
  readonly result: Place;
  readonly load: Call;
  /** Once a step, before any shard: the same calls in the plan of each. */
  readonly prepare: readonly Call[];
  readonly forward: readonly Stage[];
  /** From output and labels to result and output gradient. */
  readonly loss: Call;
  readonly backward: readonly Stage[];
  readonly arenaBytes: number;
}

export interface ShardPlanOptions {
  readonly model: ResolvedModel;
  readonly layout: ParameterLayout;
  readonly tables: ConstantTables;
  readonly shard: Shard;
  /** The batch and its memory; null plans an evaluation: forward and loss. */
  readonly batch: (BatchContext & { readonly memory: Allocator }) | null;
  /** Whether the gradient of the model's input is wanted too; default false. */
  readonly needsInputGradient?: boolean;
  /** Default softmax cross-entropy of labels. */
  readonly loss?: LossOptions;
}

export function planShard(options: ShardPlanOptions): ShardPlan {
  const { model, layout, tables, shard, batch, loss = defaultLoss } = options;
  const { lanes } = shard;
  // Where the shard waits for others another worker may go on with it: nothing stays in an arena.
  const waits = batch !== null && model.layers.some((layer) => sharedBytes(layer, 1) > 0);
  const start = waits ? batch.memory.mark() : 0;
  const arena = new Allocator(waits ? 'batch' : 'arena', start);
  const result = arena.take(resultBytes);
  const bytes = arena.take(elementCount(model.input) * lanes);
  const labels = arena.take(lanes);
  const draws = arena.take(12 + lanes * 4);
  const classes = elementCount(model.output);
  const targets = loss.hasTargets ? arena.take(classes * lanes * 4) : null;
  const groups = groupLayers(model);
  const take = (shape: Shape) => arena.take(elementCount(shape) * lanes * 4);

  const values = [take(model.input)];
  const needsInputGradient = batch !== null && (options.needsInputGradient ?? false);
  const gradients: (Place | null)[] = [needsInputGradient ? take(model.input) : null];
  for (const group of groups) {
    const shape = (group.at(-1) as ResolvedLayer).outputShape;
    values.push(take(shape));
    gradients.push(batch ? take(shape) : null);
  }

  const plans = groups.map((layers, i) => {
    const plan = kindOf(layers[0].spec).plan as PlanGroup;
    const fullName = (shortName: string) => `${layers[0].name}.${shortName}`;
    const planned = plan({
      ...{ layers, shard, lanes, draws, arena, tables, batch },
      ...{ input: values[i], output: values[i + 1] },
      ...{ inputGradient: gradients[i], outputGradient: gradients[i + 1] },
      parameter: (shortName) => ({
        region: 'parameters',
        offset: placedParameter(layout, fullName(shortName)).offset,
      }),
      gradient: (shortName) => gradientPlace(layout, fullName(shortName), shard.index),
    });
    const inputBytes = elementCount(layers[0].inputShape) * lanes * 4;
    return withRoles(planned, layers[0].name, gradients[i], inputBytes);
  });

  const mark = arena.mark();
  const scratch = arena.take(classes * 8);
  arena.release(mark);
  if (waits) batch.memory.take(arena.sizeBytes - start);
  const output = values[groups.length];
  const outputGradient = gradients[groups.length];
  return {
    ...shard,
    ...{ bytes, labels, targets, draws, output, outputGradient, result },
    ...{ input: values[0], inputGradient: gradients[0] },
    load: withRole(
      call('loadBytes', {
        y: values[0],
        bytes,
        vectors: (elementCount(model.input) * lanes) / 4,
      }),
      'input',
    ),
    prepare: plans.flatMap(({ prepare = [] }) => prepare),
    forward: cutIntoStages(
      plans.map(({ forward, sums }) => ({ sum: sums?.forward, calls: forward })),
    ),
    loss: withRole(
      lossKinds[loss.spec.name].plan(loss.spec, {
        dX: outputGradient,
        x: output,
        labels,
        targets,
        classes,
        laneBytes: lanes * 4,
        count: shard.count,
        scratch,
        result,
      }),
      'loss',
    ),
    backward: cutIntoStages(
      plans.toReversed().map(({ backward, sums }) => ({ sum: sums?.backward, calls: backward })),
    ),
    arenaBytes: waits ? resultBytes : arena.sizeBytes,
  };
}

/** Bytes in which the shards of a batch leave sums of a layer for each other; mostly 0. */
export function sharedBytes(layer: ResolvedLayer, shardCount: number): number {
  return kindOf(layer.spec).sharedBytes?.(layer, shardCount) ?? 0;
}

/** All stages of a training step: forward, loss, backward. */
export function trainingStages({ load, forward, loss, backward }: ShardPlan): Stage[] {
  return joinStages([{ calls: [load], batchCalls: [] }], [], joinStages(forward, [loss], backward));
}
