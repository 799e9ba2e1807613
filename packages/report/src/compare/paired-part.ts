import { formatCount, formatNumber, formatPercent, formatPlural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { predictions } from '../evaluation.ts';
import { sampleCard } from '../sample-card.ts';
import { renderTable } from '../table.ts';
import type { TestedRun } from './compared-run.ts';
import { pairedErrors, type PairedErrors } from './paired-errors.ts';

/** Most images shown of those that only one of two runs gets right. */
const mostShown = 24;

/** The first run against each other one, image by image. */
export function pairedPart([first, ...others]: readonly TestedRun[]): Html {
  const several =
    others.length > 1 &&
    html`<p>
      With ${others.length} comparisons a small probability comes up by chance more easily: ask for
      less than ${formatNumber(0.05 / others.length, 2)} instead of 0.05 (Bonferroni).
    </p>`;
  return html`<p>
      Two accuracies hide that both runs answered the same images. What tells them apart are the
      images only one gets right: were both equally good, each of these would be a toss of a coin.
      McNemar’s exact test says how probable a split at least as uneven would then be. It does not
      include that another seed gives another model: compare several seeds before you trust a small
      difference.
    </p>
    ${several} ${others.map((other) => comparison(first, other))}`;
}

function comparison(first: TestedRun, second: TestedRun): Html {
  const paired = pairedErrors(first.evaluation, second.evaluation);
  const [a, b] = [first.letter, second.letter];
  return html`<h3>${a} and ${b}</h3>
    <p>${finding(a, b, paired)}</p>
    <figure>${fourfoldTable(a, b, paired)}</figure>
    ${onlyOneRight(first, second, paired.onlyFirstRight)}
    ${onlyOneRight(second, first, paired.onlySecondRight)}`;
}

function finding(a: string, b: string, paired: PairedErrors): string {
  const { difference, interval, pValue, onlyFirstRight, onlySecondRight } = paired;
  const apart = onlyFirstRight.length + onlySecondRight.length;
  if (apart === 0) return `${a} and ${b} get exactly the same images right.`;
  const size =
    difference === 0
      ? `${b} is right as often as ${a}`
      : `${b} is right ${points(Math.abs(difference))} percentage points ${difference > 0 ? 'more' : 'less'} often than ${a}`;
  const sure =
    pValue < 0.05 ? 'that is hardly chance' : 'that is what chance can do, and shows no difference';
  return (
    `${size} (95% interval of the difference ${signedPoints(interval.low)} to ${signedPoints(interval.high)}, Newcombe’s method). ` +
    `${formatPlural(apart, 'image')} ${apart === 1 ? 'tells' : 'tell'} them apart: ${formatCount(onlyFirstRight.length)} only ${a} gets right, ` +
    `${formatCount(onlySecondRight.length)} only ${b}. McNemar’s test gives ${probability(pValue)}: ${sure}.`
  );
}

function probability(value: number): string {
  return value < 1e-4 ? 'p < 0.0001' : `p = ${formatNumber(value, 2)}`;
}

function points(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

/** A difference of fractions in percentage points, with its sign. */
export function signedPoints(fraction: number): string {
  const text = points(Math.abs(fraction));
  if (Number(text) === 0) return text;
  return `${fraction < 0 ? '−' : '+'}${text}`;
}

function fourfoldTable(a: string, b: string, paired: PairedErrors): Html {
  const { bothRight, bothWrong, onlyFirstRight, onlySecondRight, samples } = paired;
  const rows = [
    { name: 'both right', count: bothRight },
    { name: `only ${a} right`, count: onlyFirstRight.length },
    { name: `only ${b} right`, count: onlySecondRight.length },
    { name: 'both wrong', count: bothWrong },
  ];
  return renderTable({
    caption: `Test images by who answers them correctly, ${a} or ${b}`,
    columns: [
      { head: 'Answer', heading: true, value: ({ name }) => name },
      { head: 'Images', numeric: true, value: ({ count }) => formatCount(count) },
      { head: 'Share', numeric: true, value: ({ count }) => formatPercent(count / samples) },
    ],
    rows,
    total: ['Total', formatCount(samples), formatPercent(1)],
  });
}

/** Images one run gets right and the other wrong: the other kept them among its mistakes. */
function onlyOneRight(right: TestedRun, wrong: TestedRun, indexes: readonly number[]): Html | null {
  const { samples, record } = wrong.run;
  const shown = indexes.filter((index) => samples?.images.has(index)).slice(0, mostShown);
  if (samples === null || shown.length === 0) return null;
  const answers = predictions(wrong.evaluation);
  const names = record.data.classNames;
  const cards = shown.map((index) => {
    const [label, answer] = [names[wrong.evaluation.labels[index]], names[answers[index]]];
    const alt = `Test image ${index}, labelled ${label}, called ${answer} by ${wrong.letter}`;
    return sampleCard(samples, index, alt, {
      said: html`${wrong.letter} says <b>${answer}</b>`,
      isRight: false,
      label: html`label <b>${label}</b>`,
    });
  });
  const amount =
    shown.length === indexes.length
      ? formatPlural(indexes.length, 'image')
      : `${shown.length} of ${formatPlural(indexes.length, 'image')}`;
  return html`<figure class="wide">
    <p class="chart-title">Only ${right.letter} right: ${amount}</p>
    <div class="mistakes">${cards}</div>
  </figure>`;
}

/** Why the paired parts leave runs out, in a sentence; null where they leave out none. */
export function leftOut(left: readonly { letter: string; reason: string }[]): Html | null {
  if (left.length === 0) return null;
  const reasons = left.map(({ letter, reason }) => `${letter}, which ${reason}`);
  return html`<p class="note">
    Left out here: ${reasons.join('; ')}. Answers can be compared only on the same test images.
  </p>`;
}
