import { scaleLegend } from '@convbook/page/images';
import { formatNumber, html, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { grid } from '../../figure/grid.ts';
import { cellAt, toRows } from '../../figure/rows.ts';
import { filterPictures, type FilterPictures } from './filter-pictures.ts';
import { imageOf, type FilterState } from './filter-state.ts';
import { productsAt } from './filtered.ts';
import { filterSide } from './filters.ts';
import { markedPicture } from './marked-picture.ts';
import { evenWords, sumWords } from './words.ts';

interface At {
  readonly row: number;
  readonly column: number;
}

/** The picture, what the filter makes of it, and one number of that taken apart. */
export function filterView(state: FilterState, compute: Compute): Html {
  const pictures = filterPictures(compute, imageOf(state, compute), state.weights);
  // Another picture may be smaller.
  const last = pictures.output.side - 1;
  const at = { row: Math.min(state.row, last), column: Math.min(state.column, last) };
  return html`<div class="lesson-row">${pictureRow(pictures, at)}</div>
    ${takenApart(state, pictures, at)}`;
}

function pictureRow({ image, output, limit, input, signed, grey }: FilterPictures, at: At): Html {
  const [size, outputSize] = [image, output].map(({ side }) => `${side}×${side}`);
  const most = formatNumber(limit, 5);
  const mark = { ...at, side: 1 };
  return html`${markedPicture({
    part: 'input',
    caption: { en: `Picture, ${size}`, ko: `그림 ${size}` },
    label: {
      en: 'Picture; arrow keys move the window',
      ko: '그림. 화살표 키로 윈도우를 옮깁니다',
    },
    picture: input,
    side: image.side,
    mark: { ...at, side: filterSide },
  })}
  ${markedPicture({
    part: 'signed',
    caption: { en: `Feature map, ${outputSize}`, ko: `특징 맵 ${outputSize}` },
    label: {
      en: 'Feature map; arrow keys move the window',
      ko: '특징 맵. 화살표 키로 윈도우를 옮깁니다',
    },
    picture: signed,
    below: scaleLegend(
      { en: `Colours from −${most} to ${most}`, ko: `색은 −${most}부터 ${most}까지` },
      most,
    ),
    side: output.side,
    mark,
  })}
  ${markedPicture({
    part: 'grey',
    caption: { en: 'The same in grey', ko: '회색 그림으로 보면' },
    label: {
      en: 'Grey feature map; arrow keys move the window',
      ko: '회색 특징 맵. 화살표 키로 윈도우를 옮깁니다',
    },
    picture: grey,
    side: output.side,
    mark,
  })}`;
}

function takenApart(
  { weights, weight }: FilterState,
  { image, output }: FilterPictures,
  at: At,
): Html {
  const { inside, products } = productsAt(image, weights, at);
  const result = output.values[at.row * output.side + at.column];
  const rows = (values: readonly number[]) => toRows(values, filterSide);
  return html`<div class="lesson-row filters-sum">
      ${grid({ caption: { en: 'Window', ko: '윈도우' }, rows: rows(inside), digits: 5 })}
      <span>×</span>
      ${grid({
        caption: { en: 'Filter', ko: '필터' },
        label: {
          en: 'Filter; arrow keys choose a weight, Enter changes it',
          ko: '필터. 화살표 키로 가중치를 고르고 Enter로 바꿉니다',
        },
        part: 'filter',
        rows: rows(weights),
        chosen: cellAt(weight, filterSide),
      })}
      <span>=</span>
      ${grid({ caption: { en: 'Products', ko: '곱' }, rows: rows(products), digits: 5 })}
      <p class="lesson-sum" data-say>${sumWords(products, result)}</p>
    </div>
    <p class="lesson-sum">${evenWords(weights)}</p>`;
}
