import { avgPool2d, resolveModel } from '@convbook/layers';
import { formatNumber, type Text } from '@convbook/page/markup';
import { forward } from '@convbook/runtime/network';
import { digitSide, digitValues, readDigits } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type ChoiceControl, type Figure } from '../../figure/figure.ts';
import { layersView } from './layers-view.ts';
import { normalInput, spreads, type Batch } from './spread.ts';
import { activations, starts, type ActivationName, type StartName } from './starts.ts';

export interface LayersState {
  readonly network: 'dense' | 'convolution';
  readonly activation: ActivationName;
  readonly start: StartName;
  /** The deviation of the slider. */
  readonly deviation: number;
  readonly isNormalized: boolean;
  readonly seed: number;
}

/** Samples of a dense network: 10,000 values a layer. */
const samples = 100;

/** Test digits of a convolutional one, each of another class: the eight lanes of a kernel. */
const images = 8;
const classes = 10;

const isName = <Names extends object>(names: Names, name: string): name is string & keyof Names =>
  name in names;

const networks: readonly { value: LayersState['network']; text: Text }[] = [
  {
    value: 'dense',
    text: { en: 'dense, 5 × 100 units', ko: '완전연결층 5개' },
  },
  {
    value: 'convolution',
    text: { en: 'conv., 5 × 8 filters', ko: '합성곱층 5개' },
  },
];

const normalization: ChoiceControl<LayersState> = {
  kind: 'choice',
  label: { en: 'Batch normalization', ko: '배치 정규화' },
  options: [
    { value: 'without', text: { en: 'without', ko: '없음' } },
    { value: 'with', text: { en: 'before activations', ko: '활성화 함수 앞마다' } },
  ],
  get: ({ isNormalized }) => (isNormalized ? 'with' : 'without'),
  set: (state, value) => ({ ...state, isNormalized: value === 'with' }),
};

/** Values and gradients go through five layers, begun in one way or another. */
export const layersOf: Figure<LayersState> = {
  id: 'beginnings-layers',
  data: ['some-digits'],
  start: {
    network: 'dense',
    activation: 'sigmoid',
    start: 'one',
    deviation: 0.1,
    isNormalized: false,
    seed: 1,
  },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Network', ko: '신경망' },
      options: networks,
      get: ({ network }) => network,
      set: (state, value) => ({
        ...state,
        network: value === 'convolution' ? 'convolution' : 'dense',
      }),
    },
    {
      kind: 'choice',
      label: { en: 'Activation', ko: '활성화 함수' },
      options: Object.entries(activations).map(([value, { name }]) => ({ value, text: name })),
      get: ({ activation }) => activation,
      set: (state, value) => (isName(activations, value) ? { ...state, activation: value } : state),
    },
    {
      kind: 'choice',
      label: { en: 'First weights', ko: '가중치의 초깃값' },
      options: Object.entries(starts).map(([value, { text }]) => ({ value, text })),
      get: ({ start }) => start,
      set: (state, value) => (isName(starts, value) ? { ...state, start: value } : state),
    },
    {
      kind: 'range',
      label: { en: 'Deviation', ko: '표준편차' },
      least: -12,
      most: () => 4,
      get: ({ deviation }) => Math.round(4 * Math.log10(deviation)),
      set: (state, place) => ({ ...state, start: 'own', deviation: 10 ** (place / 4) }),
      shown: (place) => formatNumber(10 ** (place / 4), 2),
    },
    normalization,
    {
      kind: 'button',
      label: { en: 'Draw other weights', ko: '가중치 다시 뽑기' },
      act: (state) => ({ ...state, seed: state.seed + 1 }),
    },
  ],
  view(state, compute) {
    const input = inputOf(compute, state);
    const { layer } = activations[state.activation];
    const setting = {
      initializer: starts[state.start].initializer(state.deviation),
      activation: layer,
      isNormalized: state.isNormalized,
      seed: state.seed,
    };
    const measured = spreads(compute.module, input, setting);
    return layersView(activations[state.activation], input, measured);
  },
};

export const layersFigure = defineFigure(layersOf);

function inputOf(compute: Compute, { network: kind, seed }: LayersState): Batch {
  if (kind === 'dense') return normalInput(samples, seed);
  const digits = readDigits(compute.data('some-digits'));
  const each = digits.count / classes;
  const values = Array.from({ length: images }, (_, k) => digitValues(digits, k * each)).flat();
  // At half the size a page draws the answer without a pause.
  const model = resolveModel({
    input: [1, digitSide, digitSide],
    layers: [avgPool2d({ size: 2 })],
  });
  const network = { module: compute.module, model, parameters: new Map() };
  return { shape: model.output, values: forward(network, Float32Array.from(values)) };
}
