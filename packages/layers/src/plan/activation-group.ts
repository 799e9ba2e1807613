import { activationNames, elementCount, type ActivationName } from '@convbook/core';
import { call } from './call.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';

/** An activation on its own. The derivative is taken at its input; the sigmoid's at its output, y · (1 − y). */
export function planActivation(context: GroupContext): GroupPlan {
  const { layers, lanes, input, output, outputGradient, inputGradient } = context;
  const [{ spec, outputShape, settings }] = layers;
  const vectors = (elementCount(outputShape) * lanes) / 4;
  const parameter = settings?.parameter ?? 0;
  const kind = activationNames.indexOf(spec.kind as ActivationName);
  const at = spec.kind === 'sigmoid' ? output : input;
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [call('activate', { y: output, x: input, vectors, kind, parameter })],
    backward: needsGradient
      ? [
          call('activateGradient', {
            dX: inputGradient,
            dY: outputGradient,
            x: at,
            vectors,
            kind,
            parameter,
          }),
        ]
      : [],
  };
}
