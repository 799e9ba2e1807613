import { formatNumber } from '@convbook/page/markup';
import type { RangeControl } from '../../figure/figure.ts';
import { numberRange } from '../../figure/number-range.ts';

/** The slider of the bias, which all maps of a figure share. */
export function biasControl<State extends { readonly bias: number }>(): RangeControl<State> {
  const control = numberRange<'bias', State>('bias', { en: 'Bias', ko: '편향' }, [-4, 2]);
  return { ...control, shown: (bias) => formatNumber(bias) };
}
