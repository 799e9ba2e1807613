// Batch normalization, with ReLU where it follows. In training, sums of each shard, then of the whole
// batch, come before its forward and before its backward calls.
import { ConfigurationError, elementCount } from '@convbook/core';
import { includesRelu, reluGradientInPlace } from '../activations/relu.ts';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { after, alignUp, type Place } from '../calls/place.ts';
import { isFrozen, type ResolvedLayer } from '../calls/resolved.ts';

export interface BatchNormSettings {
  readonly epsilon: number;
  readonly momentum: number;
  readonly frozen: boolean;
}

type Evaluation = EvaluationContext<BatchNormSettings>;
type Training = TrainingContext<BatchNormSettings>;

/** A channel has two float64 in each of these. */
const channelBytes = 16;

/** The statistics, the means of the gradient and the sums of each shard; none where it is frozen. */
export function batchNormSharedBytes(
  layer: ResolvedLayer<BatchNormSettings>,
  shardCount: number,
): number {
  return isFixed(layer) ? 0 : (shardCount + 2) * alignUp(layer.outputShape[0] * channelBytes);
}

/** Whether training normalizes with the running statistics and leaves them as they are. */
export function isFixed(layer: ResolvedLayer<BatchNormSettings>): boolean {
  return layer.settings.frozen || isFrozen(layer);
}

export function evaluateBatchNorm(context: Evaluation): Call[] {
  return fixedForward(context, takeStatistics(context));
}

export function trainBatchNorm(context: Training): TrainingCalls {
  return isFixed(context.layer) ? trainFixed(context) : trainOnBatch(context);
}

function takeStatistics({ arena, layer }: Evaluation): Place {
  return arena.take(alignUp(layer.outputShape[0] * channelBytes));
}

// With the running statistics.
function fixedForward(context: Evaluation, statistics: Place): Call[] {
  const { layer, parameter } = context;
  const running = call('batchNormRunning', {
    statistics,
    mean: parameter('running_mean'),
    variance: parameter('running_var'),
    channels: layer.outputShape[0],
    epsilon: layer.settings.epsilon,
  });
  return [running, normalize(context, statistics)];
}

function trainFixed(context: Training): TrainingCalls {
  const statistics = takeStatistics(context);
  const forward = fixedForward(context, statistics);
  const noMeans = takeStatistics(context);
  const size = alignUp(context.layer.outputShape[0] * channelBytes);
  return {
    forward,
    weightGradient: isFrozen(context.layer)
      ? maskGradient(context)
      : [sumGradients(context, takeStatistics(context), statistics)],
    inputGradient: [
      call('clear', { at: noMeans, size }),
      ...inputGradients(context, statistics, noMeans),
    ],
  };
}

// With the statistics of the batch.
function trainOnBatch(context: Training): TrainingCalls {
  const { shard, input, parameter, layer, batch } = context;
  const { channels, plane } = sizesOf(context);
  const elements = checkElements(context);
  const stride = alignUp(channels * channelBytes);
  const statistics = batch.shared();
  const means = after(statistics, stride);
  const sums = after(means, stride);
  const own = after(sums, shard.index * stride);
  const meansTo = (to: Place) =>
    call('batchNormMeans', {
      means: to,
      sums,
      shardStride: stride,
      shards: batch.shardCount,
      channels,
      elements,
    });
  const sumInput = call('batchNormSums', {
    sums: own,
    x: input,
    channels,
    plane,
    laneBytes: shard.lanes * 4,
    count: shard.count,
  });
  const updateStatistics = call('batchNormStatistics', {
    statistics,
    mean: parameter('running_mean'),
    variance: parameter('running_var'),
    channels,
    elements,
    epsilon: layer.settings.epsilon,
    momentum: layer.settings.momentum,
  });
  return {
    forward: [normalize(context, statistics)],
    inputGradient: inputGradients(context, statistics, means),
    sums: {
      forward: { shard: [sumInput], batch: [meansTo(statistics), updateStatistics] },
      backward: { shard: [sumGradients(context, own, statistics)], batch: [meansTo(means)] },
    },
  };
}

// Values per channel of the batch; a single value has no variance.
function checkElements({ layer: { name, outputShape }, batch: { batchSize } }: Training): number {
  const elements = batchSize * elementCount(outputShape.slice(1));
  if (elements >= 2) return elements;
  throw new ConfigurationError(
    `${name}: expected more than one value per channel in a training batch, got a batch of ` +
      `${batchSize} with ${elements} per channel; ` +
      'take a batchSize that does not leave a single sample over',
  );
}

function sizesOf({ layer: { outputShape }, shard }: Evaluation) {
  const plane = elementCount(outputShape.slice(1)) * shard.lanes * 4;
  return { channels: outputShape[0], plane };
}

function normalize(context: Evaluation, statistics: Place): Call {
  const { input, output, parameter, followedBy } = context;
  return call('batchNorm', {
    y: output,
    x: input,
    statistics,
    weight: parameter('weight'),
    bias: parameter('bias'),
    ...sizesOf(context),
    relu: includesRelu(followedBy) ? 1 : 0,
  });
}

function sumGradients(context: Training, sums: Place, statistics: Place): Call {
  const { input, output, outputGradient, gradient, followedBy } = context;
  return call('batchNormGradientSums', {
    sums,
    dWeight: gradient('weight'),
    dBias: gradient('bias'),
    dY: outputGradient,
    x: input,
    y: includesRelu(followedBy) ? output : null,
    statistics,
    ...sizesOf(context),
  });
}

// Where the gradients of weight and bias are summed, ReLU's is made there.
function maskGradient(context: Training): Call[] {
  const { layer, followedBy } = context;
  if (!includesRelu(followedBy)) return [];
  return [reluGradientInPlace(context, elementCount(layer.outputShape))];
}

function inputGradients(context: Training, statistics: Place, means: Place): Call[] {
  const { input, outputGradient, inputGradient, parameter, shard } = context;
  if (!inputGradient) return [];
  return [
    call('batchNormGradient', {
      dX: inputGradient,
      dY: outputGradient,
      x: input,
      statistics,
      means,
      weight: parameter('weight'),
      ...sizesOf(context),
      laneBytes: shard.lanes * 4,
      count: shard.count,
    }),
  ];
}
