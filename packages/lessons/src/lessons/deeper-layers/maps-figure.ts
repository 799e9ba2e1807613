import { html } from '@convbook/page/markup';
import { digitBytes, readDigits } from '../../data/digits.ts';
import { imageControl } from '../../figure/digit-control.ts';
import { defineFigure, type Place } from '../../figure/figure.ts';
import { filterControl, layerControl } from './controls.ts';
import {
  allMaps,
  digitPart,
  fieldTable,
  mapPart,
  seenBy,
  unitSentence,
  type ChosenUnit,
} from './maps-parts.ts';
import { layers, mapsOf, weights } from './network.ts';
import { tileAt } from './tiles.ts';

interface State extends ChosenUnit {
  readonly image: number;
}

/** Keeps the unit within the maps of the layer. */
function kept(state: State): State {
  const { height, width } = layers[state.layer];
  return {
    ...state,
    row: Math.min(state.row, height - 1),
    column: Math.min(state.column, width - 1),
  };
}

const chooseLayer = layerControl<State>();

/** A digit goes through the network; a unit is chosen, and what it sees is drawn on the digit. */
export const mapsFigure = defineFigure<State>({
  id: 'deeper-layers-maps',
  data: ['hundred-digits', weights],
  start: { image: 72, layer: 1, filter: 4, row: 2, column: 5 },
  controls: [
    imageControl(),
    { ...chooseLayer, set: (state: State, value: string) => kept(chooseLayer.set(state, value)) },
    filterControl(),
  ],
  view(state, compute) {
    const digits = readDigits(compute.data('hundred-digits'));
    const bytes = digitBytes(digits, state.image);
    const maps = mapsOf(compute, state.image)[state.layer];
    const { name, field } = layers[state.layer];
    const seen = seenBy(field, state);
    return html`<div class="lesson-row deeper-layers-row">
        ${digitPart(bytes, digits.labels[state.image], state, seen)} ${mapPart(maps, name, state)}
        ${allMaps(maps, name, state)}
      </div>
      ${unitSentence(maps, name, state, seen)} ${fieldTable(compute, state.layer)}`;
  },
  choose(state, place) {
    return kept(chosen(state, place));
  },
});

function chosen(state: State, { part, row, column, by }: Place): State {
  if (part === 'map') return { ...state, row, column };
  if (part === 'maps') {
    const filter = tileAt({ row, column });
    return filter < layers[state.layer].filters ? { ...state, filter } : state;
  }
  if (by === 'arrow') return { ...state, row, column };
  // The middle of the receptive field goes where the digit is pressed.
  const { size, jump, start } = layers[state.layer].field;
  const place = (at: number, axis: 0 | 1) =>
    Math.max(0, Math.round((at - start[axis] - (size[axis] - 1) / 2) / jump[axis]));
  return { ...state, row: place(row, 0), column: place(column, 1) };
}
