import type { Place } from '../../figure/figure.ts';
import type { Compute } from '../../figure/compute.ts';
import { filterSide, nextWeight } from './filters.ts';
import { blank, digitImage, shapes, type GreyImage } from './grey-image.ts';

export interface FilterState {
  /** `shapes`, `own`, or a digit. */
  readonly source: string;
  /** What the reader drew or gave. */
  readonly own: GreyImage;
  readonly weights: readonly number[];
  /** Place of the output that is looked at. */
  readonly row: number;
  readonly column: number;
  /** Weight that was pressed last, or reached by keys. */
  readonly weight: number;
}

export const startState: Omit<FilterState, 'weights'> = {
  source: 'shapes',
  own: blank,
  row: 14,
  column: 4,
  weight: 4,
};

export function imageOf({ source, own }: FilterState, compute: Compute): GreyImage {
  if (source === 'shapes') return shapes;
  return source === 'own' ? own : digitImage(compute, Number(source));
}

/** A weight of the filter is changed, or another window looked at. */
export function choosePlace(state: FilterState, { part, row, column, by }: Place): FilterState {
  if (part === 'filter') {
    const weight = row * filterSide + column;
    if (by === 'arrow') return { ...state, weight };
    if (by === 'drag') return state;
    const changed = state.weights.map((old, k) => (k === weight ? nextWeight(old) : old));
    return { ...state, weights: changed, weight };
  }
  // A pixel of the input is the middle of its window.
  const back = part === 'input' && by !== 'arrow' ? Math.floor(filterSide / 2) : 0;
  return { ...state, row: Math.max(0, row - back), column: Math.max(0, column - back) };
}
