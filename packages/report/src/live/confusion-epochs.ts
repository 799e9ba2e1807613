/// <reference lib="dom" />
// The confusion matrix of an epoch, chosen by a slider, which `notebook.js` plays: one table whose numbers change.
import { describe, find, make, say } from '@convbook/page/browser';
import { formatCount, formatPercent, type Text } from '@convbook/page/text';
import type { EpochsPayload } from './epochs-payload.ts';
import { payloadOf } from './page-data.ts';

/** Starts the slider, where the page has one; its table is made when it is first opened. */
export function createConfusionEpochs(): void {
  const figure = document.querySelector<HTMLElement>('[data-epochs]');
  const fold = figure?.closest('details');
  if (!figure || !fold) return;
  figure.hidden = false;
  const open = () => {
    if (!fold.open) return;
    fold.removeEventListener('toggle', open);
    startSlider(figure);
  };
  fold.addEventListener('toggle', open);
  open();
}

function startSlider(figure: HTMLElement): void {
  const payload = payloadOf<EpochsPayload>('#epochs');
  if (payload === null) return;
  const slider = find<HTMLInputElement>('input', figure);
  const table = createTable(payload);
  find('.scroll', figure).append(table.element);
  const show = () => {
    const epoch = payload.epochs[slider.valueAsNumber];
    table.show(slider.valueAsNumber);
    const name: Text = {
      en: `after epoch ${formatCount(epoch)}`,
      ko: `${formatCount(epoch)}에폭 뒤`,
    };
    say(find('output', figure), name);
    describe(slider, 'aria-valuetext', name);
  };
  slider.addEventListener('input', show);
  show();
}

/** The matrix with the accuracy of each class beside it. */
function createTable({ classNames, cells, style }: EpochsPayload) {
  const element = make('table', '', { class: style });
  const head = element.createTHead().insertRow();
  head.append(make('td'));
  for (const name of classNames) {
    const cell = make('th', '', { scope: 'col', title: name });
    cell.append(make('span', name));
    head.append(cell);
  }
  head.append(make('th', { en: 'right', ko: '정답률' }, { scope: 'col', class: 'sum' }));
  const body = element.createTBody();
  const rows = classNames.map((name) => {
    const row = body.insertRow();
    row.append(make('th', name, { scope: 'row', title: name }));
    return [...classNames, ''].map(() => row.insertCell());
  });
  return {
    element,
    show(moment: number): void {
      const counts = matrixOf(cells[moment], classNames.length);
      const worst = counts.flatMap((row, label) => row.filter((_, k) => k !== label));
      const most = worst.reduce((top, count) => Math.max(top, count), 1);
      rows.forEach((row, label) => {
        const images = counts[label].reduce((sum, count) => sum + count, 0);
        counts[label].forEach((count, k) => {
          const isRight = k === label;
          fillCell(row[k], count, isRight ? 'right' : 'wrong', count / (isRight ? images : most));
        });
        const accuracy = row[row.length - 1];
        accuracy.className = 'sum';
        accuracy.textContent = images === 0 ? '–' : formatPercent(counts[label][label] / images, 1);
      });
    },
  };
}

/** `[label][prediction]`. */
function matrixOf(cells: readonly number[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let at = 0; at < cells.length; at += 3) counts[cells[at]][cells[at + 1]] = cells[at + 2];
  return counts;
}

function fillCell(
  cell: HTMLTableCellElement,
  count: number,
  kind: 'right' | 'wrong',
  share: number,
): void {
  cell.className = count === 0 ? 'none' : kind;
  cell.style.setProperty('--share', count === 0 ? '0' : share.toFixed(3));
  if (count === 0) cell.replaceChildren(make('span', '0', { class: 'hidden' }));
  else cell.textContent = formatCount(count);
}
