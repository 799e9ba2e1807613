import type { ChoiceControl, RangeControl } from '../../figure/figure.ts';
import { layers } from './network.ts';

/** A filter by its layer and number, both from 0. */
export interface ChosenFilter {
  readonly layer: number;
  readonly filter: number;
}

/** Chooses a convolution, and keeps the filter where the layer has it. */
export function layerControl<State extends ChosenFilter>(): ChoiceControl<State> {
  return {
    kind: 'choice',
    label: { en: 'Layer', ko: '층' },
    options: layers.map((_, k) => ({ value: String(k), text: `conv${k + 1}` })),
    get: ({ layer }) => String(layer),
    set: (state, value) => {
      const layer = Number(value);
      return { ...state, layer, filter: Math.min(state.filter, layers[layer].filters - 1) };
    },
  };
}

/** Chooses a filter of the layer. */
export function filterControl<State extends ChosenFilter>(): RangeControl<State> {
  return {
    kind: 'range',
    label: { en: 'Filter', ko: '필터' },
    least: 1,
    most: ({ layer }) => layers[layer].filters,
    get: ({ filter }) => filter + 1,
    set: (state, place) => ({ ...state, filter: place - 1 }),
  };
}
