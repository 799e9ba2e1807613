import { largestSize } from '@convbook/core';
import { formatNumber, html, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { signedPicture } from '../../figure/picture.ts';
import { sources } from './filter-figure.ts';
import { filtered } from './filtered.ts';
import { filters, filterSide, type NamedFilter } from './filters.ts';
import { digitImage, shapes, type GreyImage } from './grey-image.ts';

interface SheetState {
  readonly source: string;
}

/** What every filter makes of one picture, side by side. */
export const sheetPlay: Figure<SheetState> = {
  id: 'filters-all',
  data: ['some-digits'],
  start: { source: '5' },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Picture', ko: '그림' },
      options: sources,
      get: ({ source }) => source,
      set: (_, source) => ({ source }),
    },
  ],
  view({ source }, compute) {
    const image = source === 'shapes' ? shapes : digitImage(compute, Number(source));
    return html`<div class="filters-sheet">
      ${filters.map((filter) => sheetEntry(compute, image, filter))}
    </div>`;
  },
};

export const sheetFigure = defineFigure(sheetPlay);

function sheetEntry(compute: Compute, image: GreyImage, { name, weights }: NamedFilter): Html {
  const output = filtered(compute, image, weights);
  const limit = largestSize(output.values);
  const most = formatNumber(limit, 4);
  return html`<div>
    ${signedPicture(output.values, [output.side, output.side], {
      alt: {
        en: `${name.en}: answers up to ${most}`,
        ko: `${name.ko}: 값은 ${most}까지`,
      },
      scale: 160 / output.side,
      limit,
    })}
    <p class="caption">${name}</p>
    <p class="caption filters-weights" style="--columns:${filterSide}">
      ${weights.map((weight) => html`<span>${formatNumber(weight, 2)}</span> `)}
    </p>
  </div>`;
}
