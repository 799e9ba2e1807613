import { formatNumber } from '@convbook/page/markup';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { activationControl } from './activations.ts';
import { viewBank, type BankState } from './bank-view.ts';
import { filterBank } from './filter-bank.ts';

const sizes = [5, 3, 1];

/** Several filters on a colour picture: each gives a channel of the output. */
export const bank: Figure<BankState> = {
  id: 'channels-bank',
  start: { count: filterBank.length, size: 5, bias: 0, activation: 'relu' },
  controls: [
    {
      kind: 'range',
      label: { en: 'Filters', ko: '필터 수' },
      least: 1,
      most: () => filterBank.length,
      get: ({ count }) => count,
      set: (state, count) => ({ ...state, count }),
    },
    {
      kind: 'choice',
      label: { en: 'Filter size', ko: '필터 크기' },
      options: sizes.map((size) => ({ value: String(size), text: `${size}×${size}` })),
      get: ({ size }) => String(size),
      set: (state, value) => ({
        ...state,
        size: sizes.find((size) => String(size) === value) ?? 5,
      }),
    },
    {
      kind: 'range',
      label: { en: 'Bias', ko: '편향' },
      least: -1,
      most: () => 1,
      step: 0.1,
      get: ({ bias }) => bias,
      set: (state, bias) => ({ ...state, bias }),
      shown: (bias) => formatNumber(bias, 2),
    },
    activationControl<BankState>(),
  ],
  view: viewBank,
};

export const bankFigure = defineFigure(bank);
