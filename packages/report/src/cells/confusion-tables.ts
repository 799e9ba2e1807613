// The confusion matrix, and what stands for it where there are many classes.
import { highest } from '@convbook/core';
import {
  formatCount,
  formatPlural,
  html,
  renderTable,
  scroller,
  type Html,
  type Text,
} from '@convbook/page';
import type { ConfusionCell } from '../analysis/confusion-cells.ts';
import { called, type ConfusionImages } from './confusion-images.ts';

/** A count, as a link to its images where there are any. */
function countLink(
  images: ConfusionImages | null,
  names: readonly string[],
  { label, prediction, count }: ConfusionCell,
): Html | string {
  const anchor = images?.anchor(label, prediction) ?? null;
  if (anchor === null) return formatCount(count);
  const said = called(label, prediction, names);
  const name = {
    en: `${formatCount(count)}: ${said.en}, show images`,
    ko: `${formatCount(count)}: ${said.ko}, 이미지 보기`,
  };
  return html`<a href="#${anchor}" aria-label="${name}">${formatCount(count)}</a>`;
}

const all: Text = { en: 'all', ko: '전체' };

/** More columns than these are narrow; names longer than these characters are turned above columns. */
const most = { columns: 12, characters: 4 };

/** Pixels of a column, of a letter of a row's name and of the longest, and of a matrix that leaves room beside it. */
const widths = { column: 46, letter: 8, name: 192, most: 620 };

/** Whether the matrix leaves room for the scores of the classes beside it. */
export function fitsBeside(names: readonly string[]): boolean {
  const longest = highest(names.map((name) => name.length * widths.letter));
  return (names.length + 1) * widths.column + Math.min(widths.name, longest) <= widths.most;
}

/** Class names of a matrix. */
export function matrixStyle(names: readonly string[]): string {
  const isLong = names.some((name) => name.length > most.characters);
  return ['matrix', names.length > most.columns && 'many', names.length > 2 && isLong && 'turned']
    .filter((style) => style !== false)
    .join(' ');
}

/** Every count; rows are labels, columns predictions. */
export function matrix(
  counts: readonly (readonly number[])[],
  names: readonly string[],
  images: ConfusionImages | null,
): Html {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const worst = Math.max(
    1,
    highest(counts.flatMap((row, label) => row.filter((_, k) => k !== label))),
  );
  const rows = counts.map((row, label) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count, prediction) => {
      if (count === 0) return html`<td class="none"><span class="hidden">0</span></td>`;
      const share = label === prediction ? count / support : count / worst;
      const kind = label === prediction ? 'right' : 'wrong';
      return html`<td class="${kind}" style="--share:${share.toFixed(3)}">
        ${countLink(images, names, { label, prediction, count })}
      </td>`;
    });
    return html`<tr>
      <th scope="row" title="${names[label]}">${names[label]}</th>
      ${cells}
      <td class="sum">${formatCount(support)}</td>
    </tr> `;
  });
  const columnSums = names.map((_, k) => counts.reduce((sum, row) => sum + row[k], 0));
  const caption = {
    en: `Confusion matrix over ${formatPlural(total, 'test image')}: rows are labels, columns are predictions`,
    ko: `시험 이미지 ${formatCount(total)}장의 혼동 행렬: 행은 정답, 열은 예측`,
  };
  return scroller(
    caption,
    html`<table class="${matrixStyle(names)}">
      <caption>
        <span>${caption}</span>
      </caption>
      <thead>
        <tr>
          <td></td>
          ${names.map((name) => html`<th scope="col" title="${name}"><span>${name}</span></th>`)}
          <th scope="col" class="sum">${all}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${all}</th>
          ${columnSums.map((sum) => html`<td class="sum">${formatCount(sum)}</td>`)}
          <td class="sum">${formatCount(total)}</td>
        </tr>
      </tfoot>
    </table>`,
  );
}

/** Confusions as a list, for more classes than a matrix can show. */
export function pairTable(
  pairs: readonly ConfusionCell[],
  names: readonly string[],
  images: ConfusionImages | null,
): Html {
  return renderTable<ConfusionCell>({
    caption: { en: 'The most frequent confusions', ko: '가장 자주 혼동한 클래스' },
    style: 'data names',
    isTall: true,
    columns: [
      { head: { en: 'Label', ko: '정답' }, heading: true, value: ({ label }) => names[label] },
      {
        head: { en: 'Prediction', ko: '예측' },
        value: ({ prediction }) => names[prediction],
      },
      {
        head: { en: 'Images', ko: '이미지' },
        numeric: true,
        value: (pair) => countLink(images, names, pair),
      },
    ],
    rows: pairs,
  });
}
