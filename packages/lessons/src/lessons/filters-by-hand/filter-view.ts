import { largestSize, scaleLegend } from '@convbook/page/images';
import { formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { grid, toRows } from '../../figure/grid.ts';
import { greyPicture, signedPicture } from '../../figure/picture.ts';
import { imageOf, type FilterState } from './filter-state.ts';
import { filtered, productsAt } from './filtered.ts';
import { evenAnswer, filterOf, filterSide, idOf } from './filters.ts';
import type { GreyImage } from './grey-image.ts';
import { markedPicture } from './marked-picture.ts';

/** CSS pixels along a side of each picture. */
const shownSide = 272;

/** The largest byte. */
const white = 255;

/** The picture, what the filter makes of it, and one number of that taken apart. */
export function filterView(state: FilterState, compute: Compute): Html {
  const image = imageOf(state, compute);
  const output = filtered(compute, image, state.weights);
  // Another picture may be smaller.
  const at = {
    row: Math.min(state.row, output.side - 1),
    column: Math.min(state.column, output.side - 1),
  };
  return html`<div class="lesson-row">${pictures(image, output, at, state.weights)}</div>
    ${takenApart(state, image, output, at)}`;
}

interface At {
  readonly row: number;
  readonly column: number;
}

function pictures(image: GreyImage, output: GreyImage, at: At, weights: FilterState['weights']) {
  const limit = largestSize(output.values);
  const [scale, outputScale] = [shownSide / image.side, shownSide / output.side];
  const shape = [output.side, output.side] as const;
  const grey = (values: readonly number[]) => values.map((value) => value / white);
  const name = nameOf(weights);
  const most = formatNumber(limit, 5);
  return html`${markedPicture({
    part: 'input',
    caption: {
      en: `Picture, ${image.side}×${image.side}`,
      ko: `그림 ${image.side}×${image.side}`,
    },
    label: {
      en: 'Picture; arrow keys move the window',
      ko: '그림. 화살표 키로 윈도우를 옮깁니다',
    },
    picture: greyPicture(grey(image.values), [image.side, image.side], {
      alt: { en: 'The picture', ko: '그림' },
      scale,
    }),
    side: image.side,
    mark: { ...at, side: filterSide },
  })}
  ${markedPicture({
    part: 'signed',
    caption: {
      en: `Feature map, ${output.side}×${output.side}`,
      ko: `특징 맵 ${output.side}×${output.side}`,
    },
    label: {
      en: 'Feature map; arrow keys move the window',
      ko: '특징 맵. 화살표 키로 윈도우를 옮깁니다',
    },
    picture: signedPicture(output.values, shape, {
      alt: {
        en: `${name.en}: the largest answer is ${most}; blue above 0, orange below`,
        ko: `${name.ko}: 가장 큰 값 ${most}, 0보다 크면 파란색, 작으면 주황색`,
      },
      scale: outputScale,
      limit,
    }),
    below: scaleLegend(
      { en: `Colours from −${most} to ${most}`, ko: `색은 −${most}부터 ${most}까지` },
      most,
    ),
    side: output.side,
    mark: { ...at, side: 1 },
  })}
  ${markedPicture({
    part: 'grey',
    caption: { en: 'The same as a grey picture', ko: '회색 그림으로 보면' },
    label: {
      en: 'Grey feature map; arrow keys move the window',
      ko: '회색 특징 맵. 화살표 키로 윈도우를 옮깁니다',
    },
    picture: greyPicture(grey(output.values), shape, {
      alt: {
        en: `${name.en}: everything below 0 is black`,
        ko: `${name.ko}: 0보다 작은 값은 모두 검은색`,
      },
      scale: outputScale,
    }),
    side: output.side,
    mark: { ...at, side: 1 },
  })}`;
}

function takenApart(
  { weights, weight }: FilterState,
  image: GreyImage,
  output: GreyImage,
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
        chosen: { row: Math.floor(weight / filterSide), column: weight % filterSide },
      })}
      <span>=</span>
      ${grid({ caption: { en: 'Products', ko: '곱' }, rows: rows(products), digits: 5 })}
      <p class="lesson-sum" data-say>${sumWords(products, result)}</p>
    </div>
    <p class="lesson-sum">${evenWords(weights)}</p>`;
}

function sumWords(products: readonly number[], result: number): Text {
  const terms = products
    .map((value) => formatNumber(value, 5))
    .map((text, k) => (text.startsWith('−') && k > 0 ? `(${text})` : text));
  const sum = `${terms.join(' + ')} = ${formatNumber(result, 5)}`;
  const shown = shownAs(result);
  return { en: `${sum}. ${shown.en}`, ko: `${sum}. ${shown.ko}` };
}

/** How a grey picture shows a sum. */
function shownAs(result: number): Text {
  if (result < 0) {
    return { en: 'Below 0: black in grey.', ko: '0보다 작아서 회색 그림에서는 검정입니다.' };
  }
  if (result > white) {
    return {
      en: `More than ${white}: white in grey.`,
      ko: `${white}보다 커서 회색 그림에서는 흰색입니다.`,
    };
  }
  const grey = formatNumber(Math.round(result));
  return { en: `In grey: ${grey}.`, ko: `회색 그림에서는 ${grey}입니다.` };
}

function evenWords(weights: readonly number[]): Text {
  const sum = formatNumber(evenAnswer(weights));
  if (sum === '0') {
    return {
      en: 'The weights add up to 0: even areas become 0, only differences remain.',
      ko: '가중치의 합이 0입니다. 밝기가 고른 곳은 0이 되고 차이만 남습니다.',
    };
  }
  if (sum === '1') {
    return {
      en: 'The weights add up to 1: even areas keep their brightness.',
      ko: '가중치의 합이 1입니다. 밝기가 고른 곳은 그대로입니다.',
    };
  }
  return {
    en: `The weights add up to ${sum}: even areas become ${sum} times as bright.`,
    ko: `가중치의 합이 ${sum}입니다. 밝기가 고른 곳은 ${sum}배가 됩니다.`,
  };
}

function nameOf(weights: readonly number[]): Text {
  const id = idOf(weights);
  return id === 'own' ? { en: 'Your filter', ko: '직접 만든 필터' } : filterOf(id).name;
}
