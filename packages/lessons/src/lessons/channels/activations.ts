import { relu, sigmoid, tanh, type LayerSpec } from '@convbook/layers';
import type { Text } from '@convbook/page/markup';
import type { ChoiceControl } from '../../figure/figure.ts';

export type ActivationName = 'relu' | 'sigmoid' | 'tanh' | 'none';

interface Activation {
  readonly text: Text;
  /** Its formula with `v` for the value. */
  readonly formula: string;
  readonly layers: readonly LayerSpec[];
  /** Ends of its values, where it has any. */
  readonly range: readonly [number, number] | null;
}

export const activations: Readonly<Record<ActivationName, Activation>> = {
  relu: {
    text: { en: 'ReLU', ko: 'ReLU' },
    formula: 'max(0, v)',
    layers: [relu()],
    range: null,
  },
  sigmoid: {
    text: { en: 'sigmoid', ko: '시그모이드' },
    formula: '1 / (1 + e⁻ᵛ)',
    layers: [sigmoid()],
    range: [0, 1],
  },
  tanh: {
    text: { en: 'tanh', ko: 'tanh' },
    formula: '(eᵛ − e⁻ᵛ) / (eᵛ + e⁻ᵛ)',
    layers: [tanh()],
    range: [-1, 1],
  },
  none: { text: { en: 'none', ko: '없음' }, formula: 'v', layers: [], range: null },
};

function isActivation(name: string): name is ActivationName {
  return Object.hasOwn(activations, name);
}

/** Chooses the activation function of a figure. */
export function activationControl<
  State extends { readonly activation: ActivationName },
>(): ChoiceControl<State> {
  return {
    kind: 'choice',
    label: { en: 'Activation', ko: '활성화 함수' },
    options: Object.entries(activations).map(([value, { text }]) => ({ value, text })),
    get: ({ activation }) => activation,
    set: (state, value) => (isActivation(value) ? { ...state, activation: value } : state),
  };
}
