import type { ResolvedLayer } from '../model.ts';
import { call, type Call } from './call.ts';
import { cut, gradientItem, oneRow, type GradientItem } from './gradient-item.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import { after } from './place.ts';
import { keepRows, type WholeBatchContext } from './whole-batch.ts';

/** What the kernel that skips zeros of ReLU's gradient sums at once. */
const fewestSparseInputs = 24;

/** dense, with ReLU where it follows. The weights' gradient is made later, from the whole batch. */
export function planDenseGroup(context: GroupContext): GroupPlan {
  const { layers, lanes, arena, input, output, outputGradient, inputGradient, parameter } = context;
  const [inputs] = layers[0].inputShape;
  const [outputs] = layers[0].outputShape;
  const hasRelu = layers.length > 1;
  const laneBytes = lanes * 4;
  const forward = [
    call('dense', {
      y: output,
      x: input,
      weights: parameter('weight'),
      bias: parameter('bias'),
      outputs,
      inputs,
      laneBytes,
      relu: hasRelu ? 1 : 0,
    }),
  ];
  const backward: Call[] = [];
  if (outputGradient && hasRelu) {
    backward.push(
      call('reluGradient', {
        dX: outputGradient,
        dY: outputGradient,
        y: output,
        vectors: (outputs * lanes) / 4,
      }),
    );
  }
  if (outputGradient) {
    backward.push(
      keepRows(context, 0, input, inputs),
      keepRows(context, 1, outputGradient, outputs),
    );
  }
  if (outputGradient && inputGradient) {
    const values = {
      dX: inputGradient,
      dY: outputGradient,
      weights: parameter('weight'),
      outputs,
      inputs,
      laneBytes,
    };
    if (hasRelu && inputs >= fewestSparseInputs) {
      const mark = arena.mark();
      const scratch = arena.take(384 + laneBytes + outputs * lanes * 8);
      arena.release(mark);
      backward.push(call('sparseInputGradient', { ...values, scratch }));
    } else backward.push(call('denseInputGradient', values));
  }
  return { forward, backward };
}

/** Input and output gradient. */
export function denseKeeps({ inputShape, outputShape }: ResolvedLayer): number[] {
  return [inputShape[0], outputShape[0]];
}

/** The weights by columns: each item reads its inputs once and all output gradients. */
export function planDenseWholeBatch(context: WholeBatchContext): GradientItem[] {
  const { layer, batchSize, rowBytes, gradient } = context;
  const [x, dY] = context.kept;
  const [[inputs], [outputs]] = [layer.inputShape, layer.outputShape];
  const dWeights = gradient('weight');
  const weightItems = cut(inputs).map(([from, to]) => {
    const part = {
      place: after(dWeights, from * 4),
      rowStride: inputs * 4,
      rows: outputs,
      columns: to - from,
    };
    return gradientItem(`${layer.name}.weight`, part, [
      call('denseWeightGradient', {
        dWeights,
        dY,
        x,
        laneBytes: rowBytes,
        outputs,
        inputs,
        from,
        to,
        divisor: batchSize,
      }),
    ]);
  });
  const dBias = gradient('bias');
  const biasItem = gradientItem(`${layer.name}.bias`, oneRow(dBias, outputs), [
    call('wholeBiasGradient', {
      dBias,
      dY,
      yPlane: rowBytes,
      filters: outputs,
      divisor: batchSize,
    }),
  ]);
  return [...weightItems, biasItem];
}
