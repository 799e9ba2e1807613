import { classScores, confusionCounts, type ClassScore } from '../evaluation.ts';
import { formatCount, formatList, formatPercent, formatPlural } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Run } from '../run/run.ts';
import { quote, sourceFold } from '../source-code.ts';
import { renderTable, scroller } from '../table.ts';
import type { Cell } from './cell.ts';
import { confusionImages, type ConfusionImages } from './confusion-images.ts';

/** A matrix of more classes than this is a list of its largest entries instead. */
const mostClasses = 40;

/** Which classes are taken for which, and how well each is found. */
export const confusionCell: Cell = {
  id: 'confusion',
  title: 'Confusion matrix',
  render(run) {
    if (run.evaluation === null) return null;
    const names = run.record.data.classNames;
    const counts = confusionCounts(run.evaluation);
    const scores = classScores(counts);
    const images = confusionImages(run);
    return html`<p>
        Each row holds the test images of one class and says what the model called them; the
        diagonal is right. Look for pairs: two cells mirrored at the diagonal mean that two classes
        look alike to the model. A full column off the diagonal would be bad: a class that attracts
        whatever the model is unsure of. ${finding(counts, names)}
        ${images && html`<span class="hint">A count opens its images.</span>`}
      </p>
      <figure>
        ${names.length <= mostClasses ? matrix(counts, names, images) : pairTable(counts, names, images)}
        ${images?.panels}
      </figure>
      <p>
        Precision is the share of right ones among the images given a class, recall the share found
        of the images that are of it, and F1 their harmonic mean. ${weakest(scores, names)}
      </p>
      <figure>${scoreTable(scores, names)}</figure>
      ${sourceFold(code(run))}`;
  },
};

interface Pair {
  label: number;
  prediction: number;
  count: number;
}

function confusedPairs(counts: readonly (readonly number[])[]): Pair[] {
  return counts
    .flatMap((row, label) => row.map((count, prediction) => ({ label, prediction, count })))
    .filter(({ label, prediction, count }) => label !== prediction && count > 0)
    .sort((a, b) => b.count - a.count);
}

function finding(counts: readonly (readonly number[])[], names: readonly string[]): string {
  const pairs = confusedPairs(counts);
  if (pairs.length === 0) return 'Here every test image is right.';
  const largest = pairs
    .slice(0, 3)
    .map(
      ({ label, prediction, count }) => `${names[label]} called ${names[prediction]} (${count})`,
    );
  return `The most frequent here: ${formatList(largest)}.`;
}

function weakest(scores: readonly ClassScore[], names: readonly string[]): string {
  const rated = scores.map(({ f1 }, k) => ({ f1, k })).filter(({ f1 }) => f1 !== null);
  const last = rated.sort((a, b) => Number(a.f1) - Number(b.f1))[0];
  if (last === undefined) return '';
  return `The lowest F1, ${formatPercent(Number(last.f1), 1)}, is that of class ${names[last.k]}.`;
}

/** A count, as a link to its images where there are any. */
function countLink(
  images: ConfusionImages | null,
  names: readonly string[],
  { label, prediction, count }: Pair,
): Html | string {
  const anchor = images?.anchor(label, prediction) ?? null;
  if (anchor === null) return formatCount(count);
  const name = `${formatCount(count)}: ${names[label]} called ${names[prediction]}, show images`;
  return html`<a href="#${anchor}" aria-label="${name}">${formatCount(count)}</a>`;
}

function matrix(
  counts: readonly (readonly number[])[],
  names: readonly string[],
  images: ConfusionImages | null,
): Html {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const worst = Math.max(1, ...confusedPairs(counts).map(({ count }) => count));
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
      <th scope="row">${names[label]}</th>
      ${cells}
      <td class="sum">${formatCount(support)}</td>
    </tr> `;
  });
  const columnSums = names.map((_, k) => counts.reduce((sum, row) => sum + row[k], 0));
  const caption = `Confusion matrix over ${formatPlural(total, 'test image')}: rows are labels, columns what the model says`;
  return scroller(
    caption,
    html`<table class="matrix">
      <caption>
        <span>${caption}</span>
      </caption>
      <thead>
        <tr>
          <td></td>
          ${names.map((name) => html`<th scope="col">${name}</th>`)}
          <th scope="col" class="sum">all</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">all</th>
          ${columnSums.map((sum) => html`<td class="sum">${formatCount(sum)}</td>`)}
          <td class="sum">${formatCount(total)}</td>
        </tr>
      </tfoot>
    </table>`,
  );
}

function pairTable(
  counts: readonly (readonly number[])[],
  names: readonly string[],
  images: ConfusionImages | null,
): Html {
  return renderTable<Pair>({
    caption: 'The most frequent confusions',
    columns: [
      { head: 'Label', heading: true, value: ({ label }) => names[label] },
      { head: 'Model says', value: ({ prediction }) => names[prediction] },
      { head: 'Images', numeric: true, value: (pair) => countLink(images, names, pair) },
    ],
    rows: confusedPairs(counts).slice(0, 50),
  });
}

function scoreTable(scores: readonly ClassScore[], names: readonly string[]): Html {
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value, 1));
  return renderTable<ClassScore>({
    caption: 'Scores of each class on the test images',
    columns: [
      { head: 'Class', heading: true, value: (score) => names[scores.indexOf(score)] },
      { head: 'Images', numeric: true, value: ({ support }) => formatCount(support) },
      { head: 'Given', numeric: true, value: ({ predicted }) => formatCount(predicted) },
      { head: 'Right', numeric: true, value: ({ correct }) => formatCount(correct) },
      { head: 'Precision', numeric: true, value: ({ precision }) => percent(precision) },
      { head: 'Recall', numeric: true, value: ({ recall }) => percent(recall) },
      { head: 'F1', numeric: true, value: ({ f1 }) => percent(f1) },
    ],
    rows: scores,
  });
}

function code({ name }: Run): string {
  return `import { classScores, confusionCounts, readRun } from '@convbook/report';

const { evaluation } = readRun(${quote(`reports/${name}`)});
if (evaluation) {
  const counts = confusionCounts(evaluation); // [label][prediction]
  console.table(counts);
  console.table(classScores(counts));
}`;
}
