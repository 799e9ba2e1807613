// A dense layer, with ReLU where it follows. Its weights' gradient is computed later, from the whole batch.
import { includesRelu, reluGradientInPlace } from '../activations/relu.ts';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { cut, oneRow, type GradientItem } from '../calls/gradient-item.ts';
import { after } from '../calls/place.ts';
import { tileSumsBytes } from '../calls/tile-sums.ts';
import { isFrozen, type ResolvedLayer } from '../calls/resolved.ts';
import { keepRows, type WholeBatchContext, type WholeBatchGradient } from '../calls/whole-batch.ts';

/** Fewest inputs for the kernel that skips the zeros of ReLU's gradient: it sums this many at once, wide twice as many. */
const fewestSparseInputs = 24;

export function evaluateDense(context: EvaluationContext): Call[] {
  return [forward(context)];
}

export function trainDense(context: TrainingContext): TrainingCalls {
  const { input, outputGradient, followedBy } = context;
  const { inputs, outputs } = sizesOf(context);
  return {
    forward: [forward(context)],
    weightGradient: [
      ...(includesRelu(followedBy) ? [reluGradientInPlace(context, outputs)] : []),
      ...(isFrozen(context.layer)
        ? []
        : [
            keepRows(context, 0, { from: input, rows: inputs }),
            keepRows(context, 1, { from: outputGradient, rows: outputs }),
          ]),
    ],
    inputGradient: inputGradientCalls(context),
  };
}

function sizesOf({ layer, shard }: EvaluationContext) {
  const [[inputs], [outputs]] = [layer.inputShape, layer.outputShape];
  return { inputs, outputs, laneBytes: shard.lanes * 4 };
}

function forward(context: EvaluationContext): Call {
  const { input, output, parameter, followedBy } = context;
  return call('dense', {
    y: output,
    x: input,
    weights: parameter('weight'),
    bias: parameter('bias'),
    ...sizesOf(context),
    relu: includesRelu(followedBy) ? 1 : 0,
  });
}

function inputGradientCalls(context: TrainingContext): Call[] {
  const { outputGradient: dY, inputGradient: dX, parameter, followedBy, arena } = context;
  if (!dX) return [];
  const sizes = sizesOf(context);
  const values = { dX, dY, weights: parameter('weight'), ...sizes };
  if (!includesRelu(followedBy) || sizes.inputs < fewestSparseInputs) {
    return [call('denseInputGradient', values)];
  }
  const [scratch] = arena.borrow(768 + sizes.laneBytes + sizes.outputs * sizes.laneBytes * 2);
  return [call('sparseInputGradient', { ...values, scratch })];
}

/** Keeps the input and the output's gradient. */
export function denseWholeBatch(layer: ResolvedLayer): WholeBatchGradient {
  const [[inputs], [outputs]] = [layer.inputShape, layer.outputShape];
  return {
    keeps: [inputs, outputs],
    plan: (context) => [
      ...cut(inputs).map(([from, to]) => weightPart(context, { inputs, outputs, from, to })),
      biasPart(context, outputs),
    ],
  };
}

// Columns of the weights: each part reads its inputs once and all output gradients.
function weightPart(
  { batchSize, kept, rowBytes, arena, gradient }: WholeBatchContext,
  part: { inputs: number; outputs: number; from: number; to: number },
): GradientItem {
  const [x, dY] = kept;
  const { inputs, outputs, from, to } = part;
  const dWeights = gradient('weight');
  const place = after(dWeights, from * 4);
  const [scratch] = arena.borrow(tileSumsBytes);
  return {
    parameter: 'weight',
    gradient: { place, rowStride: inputs * 4, rows: outputs, columns: to - from },
    calls: [
      call('denseWeightGradient', {
        dWeights,
        dY,
        x,
        laneBytes: rowBytes,
        ...part,
        divisor: batchSize,
        scratch,
      }),
    ],
  };
}

function biasPart(
  { batchSize, kept, rowBytes, gradient }: WholeBatchContext,
  outputs: number,
): GradientItem {
  const dBias = gradient('bias');
  const sizes = { yPlane: rowBytes, filters: outputs, divisor: batchSize };
  return {
    parameter: 'bias',
    gradient: oneRow(dBias, outputs),
    calls: [call('wholeBiasGradient', { dBias, dY: kept[1], ...sizes })],
  };
}
