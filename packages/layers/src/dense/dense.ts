import { ConfigurationError, formatShape } from '@convbook/core';
import { denseBackward, denseForward } from '@convbook/core/reference';
import type { LayerKind, LayerReference, LayerTraining } from '../calls/layer-kind.ts';
import { checkInteger } from '../settings/pair.ts';
import { denseWholeBatch, evaluateDense, trainDense } from './calls.ts';
import { heNormal, zeros, type Initializer } from '../settings/initializer.ts';

/** A `dense()` layer as plain data. */
export interface DenseSpec {
  readonly kind: 'dense';
  readonly units: number;
  /** Initial weights; default He's normal. Biases start at 0. */
  readonly initializer?: Initializer;
}

/** Fully connected layer: `[n, inputs]` → `[n, units]`, y = x · wᵀ + bias. Weights `[units, inputs]`. */
export function dense(settings: Omit<DenseSpec, 'kind'>): DenseSpec {
  return { kind: 'dense', ...settings };
}

export const denseKind: LayerKind<DenseSpec, null> = {
  kind: 'dense',
  prefix: 'dense',
  isActivation: false,
  settingTypes: { units: 'number', initializer: 'initializer' },
  resolve(spec, inputShape, where) {
    if (inputShape.length !== 1) {
      throw new ConfigurationError(
        `${where}: expected input [inputs], got ${formatShape(inputShape)}; ` +
          'put flatten() before dense()',
      );
    }
    checkInteger(spec.units, 1, `${where}.units`);
    const inputs = inputShape[0];
    const initializer = spec.initializer ?? heNormal(inputs);
    return {
      outputShape: [spec.units],
      parameters: [
        { name: 'weight', shape: [spec.units, inputs], initializer, bias: false },
        { name: 'bias', shape: [spec.units], initializer: zeros, bias: true },
      ],
      multiplyAdds: spec.units * inputs,
      filters: spec.units,
      window: null,
      settings: null,
    };
  },
  plan: { fuses: [['relu']], evaluate: evaluateDense },
};

export const denseTraining: LayerTraining<null> = {
  train: trainDense,
  wholeBatch: denseWholeBatch,
};

export const denseReference: LayerReference<null> = {
  forward: (x, { weight, bias }) => denseForward(x, weight, bias.data),
  backward(x, _y, dY, { weight }) {
    const { dX, dW, dBias } = denseBackward(x, weight, dY);
    return { dX, parameters: { weight: dW, bias: dBias } };
  },
};
