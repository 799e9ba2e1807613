import type { ResolvedLayer } from '../model.ts';
import { cut, squares, type GradientItem } from './gradient-item.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import { after, call, type Call } from './place.ts';
import { keepRows, type WholeBatchContext } from './whole-batch.ts';

/** What the kernel that skips zeros of ReLU's gradient sums at once. */
const fewestSparseInputs = 24;

/** dense, with ReLU where it follows. The weights' gradient is made later, from the whole batch. */
export function planDenseGroup(context: GroupContext): GroupPlan {
  const { layers, lanes, arena, input, output, outputGradient, inputGradient, parameter } = context;
  const [inputs] = layers[0].inputShape;
  const [outputs] = layers[0].outputShape;
  const hasRelu = layers.length > 1;
  const lane = lanes * 4;
  const forward = [
    call(
      'dense',
      ...[output, input, parameter('weight'), parameter('bias')],
      ...[outputs, inputs, lane, hasRelu ? 1 : 0],
    ),
  ];
  const backward: Call[] = [];
  if (outputGradient && hasRelu) {
    backward.push(
      call('reluGradient', outputGradient, outputGradient, output, (outputs * lanes) / 4),
    );
  }
  if (outputGradient) {
    backward.push(
      keepRows(context, 0, input, inputs),
      keepRows(context, 1, outputGradient, outputs),
    );
  }
  if (outputGradient && inputGradient) {
    const size = [outputs, inputs, lane] as const;
    const values = [inputGradient, outputGradient, parameter('weight'), ...size] as const;
    if (hasRelu && inputs >= fewestSparseInputs) {
      const mark = arena.mark();
      const scratch = arena.take(384 + lane + outputs * lanes * 8);
      arena.release(mark);
      backward.push(call('sparseInputGradient', ...values, scratch));
    } else backward.push(call('denseInputGradient', ...values));
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
  const [weight, bias] = [gradient('weight'), gradient('bias')];
  const weightItems = cut(inputs).map(([from, to]) => ({
    parameter: `${layer.name}.weight`,
    calls: [
      call(
        'denseWeightGradient',
        ...[weight, dY, x, rowBytes, outputs, inputs, from, to, batchSize],
      ),
      call('sumSquares', after(weight, from * 4), inputs * 4, outputs, to - from, squares),
    ],
  }));
  const biasItem = {
    parameter: `${layer.name}.bias`,
    calls: [
      call('wholeBiasGradient', bias, dY, rowBytes, outputs, batchSize),
      call('sumSquares', bias, 0, 1, outputs, squares),
    ],
  };
  return [...weightItems, biasItem];
}
