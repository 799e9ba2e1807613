import { checkNumber } from '@convbook/core/checks';
import { elementCount } from '@convbook/core';
import { preluBackward, preluForward } from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingContext } from '../calls/contexts.ts';
import type { LayerKind, LayerReference, LayerTraining } from '../calls/layer-kind.ts';
import { isFrozen, plainFacts } from '../calls/resolved.ts';
import { anyValue, constant } from '../settings/initializer.ts';

/** A `prelu()` layer as plain data. */
export interface PreluSpec {
  readonly kind: 'prelu';
  /** Slope below zero that every channel begins with; default 0.25. */
  readonly initialSlope?: number;
}

/**
 * Parametric ReLU (He et al., 2015): x above zero, slope · x below, `[n, c, …]` of any shape. The
 * slopes, one for each channel or feature, are learned.
 */
export function prelu(settings: Omit<PreluSpec, 'kind'> = {}): PreluSpec {
  return { kind: 'prelu', ...settings };
}

export const preluKind: LayerKind<PreluSpec, null> = {
  kind: 'prelu',
  prefix: 'prelu',
  isActivation: true,
  settingTypes: { initialSlope: 'number' },
  resolve({ initialSlope = 0.25 }, inputShape, where) {
    checkNumber(`${where}.initialSlope`, initialSlope, anyValue);
    const shape = [inputShape[0]];
    const initializer = constant(initialSlope);
    const weight = { name: 'weight', shape, initializer, bias: false };
    return { ...plainFacts(inputShape, null), parameters: [weight] };
  },
  plan: { evaluate: (context) => [forward(context)] },
};

export const preluTraining: LayerTraining<null> = {
  train: (context) => ({
    forward: [forward(context)],
    weightGradient: isFrozen(context.layer) ? [] : [weightGradient(context)],
    inputGradient: inputGradient(context),
  }),
};

export const preluReference: LayerReference<null> = {
  forward: (x, { weight }) => preluForward(x, weight.data),
  backward(x, _y, dY, { weight }) {
    const { dX, dWeight } = preluBackward(x, dY.data, weight.data);
    return { dX, parameters: { weight: dWeight } };
  },
};

function forward(context: EvaluationContext): Call {
  const { input: x, output: y, parameter } = context;
  return call('prelu', { y, x, weights: parameter('weight'), ...sizesOf(context) });
}

function weightGradient(context: TrainingContext): Call {
  const { input: x, outputGradient: dY, gradient } = context;
  return call('preluWeightGradient', { dWeights: gradient('weight'), dY, x, ...sizesOf(context) });
}

function inputGradient(context: TrainingContext): Call[] {
  const { input: x, outputGradient: dY, inputGradient: dX, parameter } = context;
  const weights = parameter('weight');
  return dX ? [call('preluGradient', { dX, dY, x, weights, ...sizesOf(context) })] : [];
}

function sizesOf({ layer, shard }: EvaluationContext) {
  const [channels, ...positions] = layer.outputShape;
  return { channels, plane: elementCount(positions) * shard.lanes * 4 };
}
