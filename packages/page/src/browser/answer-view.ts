/// <reference lib="dom" />
import {
  answersShown,
  formatPercent,
  formatSigned,
  inLanguages,
  type Text,
} from '../text/index.ts';
import { find, make, say } from './find.ts';

/** A model's answer to an image. */
export interface ShownAnswer {
  /** `[classes]`. */
  readonly logits: ArrayLike<number>;
  /** Softmax of the logits. */
  readonly probabilities: ArrayLike<number>;
  /** The place of the largest. */
  readonly class: number;
}

/** The table of classes with probability, bar and logit; of many classes the most probable, in order. */
export function createAnswerView(classNames: readonly string[]) {
  const said = find<HTMLElement>('[data-answer]');
  const read = find<HTMLElement>('[data-reading]');
  const body = find<HTMLElement>('[data-classes]');
  const rows = classNames.map((name) => createRow(body, name));
  const shown = answersShown(rows.length);
  rows.slice(shown).forEach(({ row }) => (row.hidden = true));
  const sort = (logits: ArrayLike<number>) => {
    const order = [...rows.keys()].sort((a, b) => logits[b] - logits[a] || a - b);
    order.forEach((k, place) => {
      rows[k].row.hidden = place >= shown;
      body.append(rows[k].row);
    });
  };
  return {
    /** Shows an answer to what is called so, and how it was read. */
    show(answer: ShownAnswer, name: Text | string, reading: Text) {
      const { logits, probabilities, class: best } = answer;
      say(read, reading);
      const found = `${classNames[best]}, ${formatPercent(probabilities[best], 1)}`;
      say(
        said,
        typeof name === 'string'
          ? `${name}: ${found}`
          : inLanguages((language) => `${name[language]}: ${found}`),
      );
      if (shown < rows.length) sort(logits);
      rows.forEach(({ row, probability, bar, logit }, k) => {
        row.classList.toggle('best', k === best);
        probability.textContent = formatPercent(probabilities[k], 1);
        bar.style.setProperty('--share', String(probabilities[k]));
        logit.textContent = formatSigned(logits[k]);
        logit.dataset.value = String(logits[k]);
      });
    },
    /** Shows no answer, and why. */
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

function createRow(body: HTMLElement, name: string) {
  const row = make('tr');
  const [probability, place, logit] = [make('td'), make('td'), make('td', '', { class: 'number' })];
  const bar = make('span', '', { class: 'bar' });
  place.append(bar);
  row.append(make('th', name, { scope: 'row' }), probability, place, logit);
  body.append(row);
  return { row, probability, bar, logit };
}
