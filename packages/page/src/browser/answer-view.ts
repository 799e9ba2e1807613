/// <reference lib="dom" />
import { formatPercent, inLanguages, type Text } from '@convbook/page/text';
import type { PictureReading } from '@convbook/runtime';
import { predictions, softmax } from '../analysis/evaluation.ts';
import { answersShown } from './answers-shown.ts';
import { find, make, say } from './find.ts';
import { readingText } from './reading-text.ts';

/** The table of classes with probability, bar and logit; of many classes the most probable, in order. */
export function createAnswerView(classNames: readonly string[]) {
  const said = find<HTMLElement>('[data-answer]');
  const read = find<HTMLElement>('[data-reading]');
  const body = find<HTMLElement>('[data-classes]');
  const rows = classNames.map((name) => {
    const row = make('tr');
    const [probability, bar, logit] = [make('td'), make('td'), make('td', '', { class: 'number' })];
    bar.append(make('span', '', { class: 'bar' }));
    row.append(make('th', name, { scope: 'row' }), probability, bar, logit);
    body.append(row);
    return { row, probability, bar: bar.firstElementChild as HTMLElement, logit };
  });
  const shown = answersShown(rows.length);
  rows.slice(shown).forEach(({ row }) => (row.hidden = true));
  const sort = (logits: Float32Array) => {
    const order = [...rows.keys()].sort((a, b) => logits[b] - logits[a] || a - b);
    order.forEach((k, place) => {
      rows[k].row.hidden = place >= shown;
      body.append(rows[k].row);
    });
  };
  return {
    show(
      logits: Float32Array,
      name: Text | string,
      reading: Pick<PictureReading, 'steps' | 'doubts'>,
    ) {
      const shares = Array.from(softmax(logits));
      say(read, readingText(reading, shares));
      const evaluation = { samples: 1, classes: logits.length, logits, labels: new Uint8Array(1) };
      const [best] = predictions(evaluation);
      const found = `${classNames[best]}, ${formatPercent(shares[best], 1)}`;
      say(
        said,
        typeof name === 'string'
          ? `${name}: ${found}`
          : inLanguages((language) => `${name[language]}: ${found}`),
      );
      if (shown < rows.length) sort(logits);
      rows.forEach(({ row, probability, bar, logit }, k) => {
        row.classList.toggle('best', k === best);
        probability.textContent = formatPercent(shares[k], 1);
        bar.style.setProperty('--share', String(shares[k]));
        logit.textContent = logits[k].toFixed(2);
        logit.dataset.value = String(logits[k]);
      });
    },
    clear(message: Text) {
      say(said, message);
      say(read, '');
      for (const { row, probability, bar, logit } of rows) {
        row.classList.remove('best');
        probability.textContent = logit.textContent = '–';
        bar.style.setProperty('--share', '0');
        delete logit.dataset.value;
      }
    },
  };
}
