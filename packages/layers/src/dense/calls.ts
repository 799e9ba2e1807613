// A dense layer, with ReLU where it follows. Its weights' gradient is computed later, from the whole batch.
import { includesRelu, reluGradientInPlace } from '../activations/relu.ts';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import { cut } from '../calls/gradient-item.ts';
import { after } from '../calls/place.ts';
import { tileSumsBytes } from '../calls/tile-sums.ts';
import { isFrozen, type ResolvedLayer } from '../calls/resolved.ts';
import { wholeBiasPart } from '../calls/whole-bias.ts';
import {
  keepRows,
  type WholeBatchContext,
  type WholeBatchGradient,
  type WholeBatchPart,
} from '../calls/whole-batch.ts';

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
      wholeBiasPart(context, { filters: outputs, positions: 1, which: 1 }),
    ],
  };
}

// Columns of the weights: each part reads its inputs once and all output gradients.
function weightPart(
  { arena, gradient }: WholeBatchContext,
  { inputs, outputs, from, to }: { inputs: number; outputs: number; from: number; to: number },
): WholeBatchPart {
  const place = after(gradient('weight'), from * 4);
  return {
    parameter: 'weight',
    gradient: { place, rowStride: inputs * 4, rows: outputs, columns: to - from },
    sum({ kept: [x, dY], rowBytes }, { place, rowStride }, divisor) {
      const [scratch] = arena.borrow(tileSumsBytes);
      const gradient = call('denseWeightGradient', {
        // The kernel counts columns from the first input, also where `to` has only these.
        dWeights: after(place, -from * 4),
        dY,
        x,
        laneBytes: rowBytes,
        outputs,
        inputs: rowStride / 4,
        from,
        to,
        divisor,
        scratch,
      });
      return [gradient];
    },
  };
}
