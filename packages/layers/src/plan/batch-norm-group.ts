// Batch normalization, with ReLU where it follows. In training its sums of a shard, then of the whole
// batch, come before its forward and before its backward calls.
import { ConfigurationError, elementCount } from '@convbook/core';
import type { BatchContext, GroupContext, GroupPlan } from './group-plan.ts';
import { after, alignUp, call, type Call, type Place } from './place.ts';

/** A channel has two float64 in each of these. */
const channelBytes = 16;

/** Sums of each shard, the statistics and the means of the gradient. */
export function batchNormSharedBytes(channels: number, shardCount: number): number {
  return (shardCount + 2) * alignUp(channels * channelBytes);
}

export function planBatchNorm(context: GroupContext): GroupPlan {
  const { layers, batch } = context;
  const isFixed = batch === null || layers[0].settings?.frozen === 1;
  return isFixed ? planFixed(context) : planMoving(context, batch);
}

// With the running statistics, in evaluation and where the layer is frozen.
function planFixed(context: GroupContext): GroupPlan {
  const { arena, parameter, layers, outputGradient } = context;
  const [{ outputShape, settings }] = layers;
  const size = alignUp(outputShape[0] * channelBytes);
  const statistics = arena.take(size);
  const running = [parameter('running_mean'), parameter('running_var')] as const;
  const forward = [
    call('batchNormRunning', statistics, ...running, outputShape[0], settings?.epsilon ?? 0),
    normalize(context, statistics),
  ];
  if (!outputGradient) return { forward, backward: [] };
  const [sums, noMeans] = [arena.take(size), arena.take(size)];
  const backward = [
    sumGradients(context, outputGradient, sums, statistics),
    call('clear', noMeans, size),
    ...inputGradients(context, outputGradient, statistics, noMeans),
  ];
  return { forward, backward };
}

// With those of the batch.
function planMoving(context: GroupContext, batch: BatchContext): GroupPlan {
  const { shard, lanes, input, outputGradient, parameter, layers } = context;
  const [{ name, outputShape, settings }] = layers;
  const { epsilon = 0, momentum = 0 } = settings ?? {};
  const [channels] = outputShape;
  const { plane } = sizesOf(context);
  const elements = batch.batchSize * elementCount(outputShape.slice(1));
  if (elements < 2) {
    throw new ConfigurationError(
      `${name}: expected more than one value per channel in a training batch, got a batch of ` +
        `${batch.batchSize} with ${elements} per channel; ` +
        'take a batchSize that does not leave a single sample over',
    );
  }
  const stride = alignUp(channels * channelBytes);
  const statistics = batch.shared.get(name) as Place;
  const means = after(statistics, stride);
  const sums = after(means, stride);
  const own = after(sums, shard.index * stride);
  const meansOf = (to: Place) =>
    call('batchNormMeans', to, sums, stride, batch.shardCount, channels, elements);
  const running = [parameter('running_mean'), parameter('running_var')] as const;
  const gradient = outputGradient as Place;
  return {
    forward: [normalize(context, statistics)],
    backward: inputGradients(context, gradient, statistics, means),
    sums: {
      forward: {
        shard: [call('batchNormSums', own, input, channels, plane, lanes * 4, shard.count)],
        batch: [
          meansOf(statistics),
          call(
            'batchNormStatistics',
            ...[statistics, ...running, channels, elements, epsilon, momentum],
          ),
        ],
      },
      backward: {
        shard: [sumGradients(context, gradient, own, statistics)],
        batch: [meansOf(means)],
      },
    },
  };
}

function sizesOf({ layers, lanes }: GroupContext) {
  const [{ outputShape }] = layers;
  const plane = elementCount(outputShape.slice(1)) * lanes * 4;
  return { channels: outputShape[0], plane, hasRelu: layers.length > 1 };
}

function normalize(context: GroupContext, statistics: Place): Call {
  const { input, output, parameter } = context;
  const { channels, plane, hasRelu } = sizesOf(context);
  const affine = [parameter('weight'), parameter('bias')] as const;
  return call(
    'batchNorm',
    ...[output, input, statistics, ...affine, channels, plane, hasRelu ? 1 : 0],
  );
}

function sumGradients(
  context: GroupContext,
  outputGradient: Place,
  sums: Place,
  statistics: Place,
): Call {
  const { input, output, gradient } = context;
  const { channels, plane, hasRelu } = sizesOf(context);
  return call(
    'batchNormGradientSums',
    ...[sums, gradient('weight'), gradient('bias'), outputGradient, input],
    ...[hasRelu ? output : 0, statistics, channels, plane],
  );
}

function inputGradients(
  context: GroupContext,
  outputGradient: Place,
  statistics: Place,
  means: Place,
): Call[] {
  const { input, inputGradient, parameter, shard, lanes } = context;
  if (!inputGradient) return [];
  const { channels, plane } = sizesOf(context);
  return [
    call(
      'batchNormGradient',
      ...[inputGradient, outputGradient, input, statistics, means, parameter('weight')],
      ...[channels, plane, lanes * 4, shard.count],
    ),
  ];
}
