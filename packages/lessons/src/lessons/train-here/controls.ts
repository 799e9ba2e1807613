import type { Text } from '@convbook/page/markup';
import type { Control } from '../../figure/figure.ts';
import { rates, type Settings } from './settings.ts';
import type { State } from './state.ts';

/** Trains on until someone stops it. */
const onAndOn = Infinity;

const stepOf = ({ shown }: State) => shown?.step ?? 0;

/** Other settings begin another training. */
const withSettings = (state: State, changed: Partial<Settings>): State => ({
  ...state,
  settings: { ...state.settings, ...changed },
  target: 0,
});

const button = (label: Text, target: (state: State) => number): Control<State> => ({
  kind: 'button',
  label,
  act: (state) => ({ ...state, target: target(state) }),
});

const buttons = [
  button({ en: '▶ Train', ko: '▶ 학습' }, () => onAndOn),
  button({ en: '⏸ Pause', ko: '⏸ 멈춤' }, stepOf),
  button({ en: 'One step', ko: '한 스텝' }, (state) => stepOf(state) + 1),
  button({ en: 'One step back', ko: '한 스텝 뒤로' }, (state) => Math.max(0, stepOf(state) - 1)),
  button({ en: 'Start again', ko: '처음부터' }, () => 0),
];

function numberChoice(
  name: 'filters' | 'kernelSize' | 'batchSize',
  label: Text,
  options: readonly number[],
  shown: (value: number) => string = String,
): Control<State> {
  return {
    kind: 'choice',
    label,
    options: options.map((value) => ({ value: String(value), text: shown(value) })),
    get: ({ settings }) => String(settings[name]),
    set: (state, value) => withSettings(state, { [name]: Number(value) }),
  };
}

function nameChoice<Name extends 'activation' | 'optimizer'>(
  name: Name,
  label: Text,
  texts: Readonly<Record<Settings[Name], Text | string>>,
): Control<State> {
  return {
    kind: 'choice',
    label,
    options: Object.entries<Text | string>(texts).map(([value, text]) => ({ value, text })),
    get: ({ settings }) => settings[name],
    set: (state, value) => (value in texts ? withSettings(state, { [name]: value }) : state),
  };
}

/** Buttons first, then the choices. */
export const controls: readonly Control<State>[] = [
  ...buttons,
  numberChoice('filters', { en: 'Filters', ko: '필터 수' }, [4, 8, 16, 30]),
  numberChoice('kernelSize', { en: 'Size', ko: '필터 크기' }, [3, 5, 7], (n) => `${n}×${n}`),
  nameChoice(
    'activation',
    { en: 'Activation', ko: '활성화 함수' },
    {
      relu: 'ReLU',
      sigmoid: { en: 'sigmoid', ko: '시그모이드' },
      tanh: 'tanh',
    },
  ),
  nameChoice(
    'optimizer',
    { en: 'Optimizer', ko: '옵티마이저' },
    {
      sgd: 'SGD',
      momentum: { en: 'momentum', ko: '모멘텀' },
      nesterov: { en: 'Nesterov', ko: '네스테로프' },
      adagrad: 'AdaGrad',
      rmsprop: 'RMSprop',
      adam: 'Adam',
      adamw: 'AdamW',
    },
  ),
  {
    kind: 'range',
    label: { en: 'Learning rate', ko: '학습률' },
    least: 0,
    most: () => rates.length - 1,
    get: ({ settings }) => rates.indexOf(settings.learningRate),
    set: (state, place) => withSettings(state, { learningRate: rates[place] }),
    shown: (place) => String(rates[place]),
  },
  numberChoice('batchSize', { en: 'Batch', ko: '배치 크기' }, [10, 25, 50, 100, 200]),
  {
    kind: 'range',
    label: { en: 'Seed', ko: '시드' },
    least: 1,
    most: () => 9,
    get: ({ settings }) => settings.seed,
    set: (state, seed) => withSettings(state, { seed }),
  },
  {
    kind: 'range',
    label: { en: 'Held-out digit', ko: '평가용 숫자' },
    least: 0,
    most: () => 499,
    get: ({ digit }) => digit,
    set: (state, digit) => ({ ...state, digit }),
    // The held-out images stand class by class.
    shown: (digit) => `${Math.floor(digit / 50)} (${(digit % 50) + 1}/50)`,
  },
];
