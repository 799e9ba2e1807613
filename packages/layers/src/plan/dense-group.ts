import type { GroupContext, GroupPlan } from './group-plan.ts';
import { call, type Call } from './place.ts';

/** dense, with ReLU where it follows. The weights' gradient is made later, from the whole batch. */
export function planDenseGroup(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient, parameter } = context;
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
  if (outputGradient && inputGradient) {
    const size = [outputs, inputs, lane];
    backward.push(
      call('denseInputGradient', inputGradient, outputGradient, parameter('weight'), ...size),
    );
  }
  return { forward, backward };
}
