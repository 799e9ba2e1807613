/// <reference lib="dom" />
import { formatPercent, inLanguages, type Text } from '@convbook/page/text';
import type { PictureReading } from '@convbook/runtime';
import { predictions, softmax } from '../analysis/evaluation.ts';
import { find, make, say } from './find.ts';
import { readingText } from './reading-text.ts';

/** The table of classes with probability, bar and logit. */
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
