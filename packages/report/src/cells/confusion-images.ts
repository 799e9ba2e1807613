// The images that each cell of the confusion matrix counts: a part of the page that shows when a cell is
// followed to it. It needs no script.
import {
  formatCount,
  formatPlural,
  formatProbability,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import type { ConfusionCell } from '../analysis/confusion-cells.ts';
import { predictions, softmax, type Evaluation } from '../analysis/evaluation.ts';
import { imageLink } from './image-link.ts';
import { spriteOf, spritePosition, type Sprite } from '../images/sprite.ts';

/** Most images shown of a cell off the diagonal, and of one on it. */
const most = { wrong: 100, right: 24 };

/** Largest sprite in bytes of its `data:` URL; above it fewer images of each cell are shown. */
const largestSprite = 1_000_000;

/** A cell of the matrix and those of its images that are shown. */
interface CellImages extends ConfusionCell {
  indexes: number[];
}

/** The images of the matrix's cells. */
export interface ConfusionImages {
  /** Anchor of a cell's images, null where it has none. */
  anchor(label: number, prediction: number): string | null;
  /** Everything that may be shown. */
  panels: Html;
}

/**
 * @param shown The cells that the page names, others have no images.
 */
export function confusionImages(
  { evaluation, samples, record }: Run,
  shown: readonly ConfusionCell[],
): ConfusionImages | null {
  if (evaluation === null || samples === null) return null;
  const { cells, sprite } = fitting(evaluation, samples, shown);
  if (sprite === null) return null;
  const names = record.data.classNames;
  const known = new Set(cells.map(({ label, prediction }) => id(label, prediction)));
  return {
    anchor: (label, prediction) =>
      known.has(id(label, prediction)) ? id(label, prediction) : null,
    panels: html`<div
      class="cell-images"
      style="--sprite:url(${sprite.url});--columns:${sprite.columns};--rows:${sprite.rows};--ratio:${samples.shape[2]}/${samples.shape[1]}"
    >
      ${cells.map((cell) => panel(cell, evaluation, sprite, names))}
    </div>`,
  };
}

function id(label: number, prediction: number): string {
  return `images-${label}-${prediction}`;
}

/** As many images a cell as the largest sprite holds. */
function fitting(evaluation: Evaluation, samples: Samples, named: readonly ConfusionCell[]) {
  for (let part = 1; part <= 64; part *= 2) {
    const cells = cellImages(evaluation, samples, part, named);
    const shown = cells.flatMap(({ indexes }) => indexes);
    if (shown.length === 0) break;
    const sprite = spriteOf(shown, samples);
    if (sprite.url.length <= largestSprite) return { cells, sprite };
  }
  return { cells: [], sprite: null };
}

/** Images of each cell that has any, the worst mistakes first, the right ones in test-set order. */
function cellImages(
  evaluation: Evaluation,
  { images }: Samples,
  part: number,
  named: readonly ConfusionCell[],
): CellImages[] {
  const { classes, labels } = evaluation;
  const members = new Map(
    named.map((cell) => [id(cell.label, cell.prediction), { ...cell, indexes: [] as number[] }]),
  );
  predictions(evaluation).forEach((prediction, index) => {
    if (images.has(index)) members.get(id(labels[index], prediction))?.indexes.push(index);
  });
  const margin = (index: number, { label, prediction }: CellImages) =>
    evaluation.logits[index * classes + prediction] - evaluation.logits[index * classes + label];
  return [...members.values()]
    .filter(({ indexes }) => indexes.length > 0)
    .sort((a, b) => a.label - b.label || a.prediction - b.prediction)
    .map((cell) => {
      const limit = cell.label === cell.prediction ? most.right : most.wrong;
      const sorted = cell.indexes.sort((a, b) => margin(b, cell) - margin(a, cell) || a - b);
      return { ...cell, indexes: sorted.slice(0, Math.ceil(limit / part)) };
    });
}

/** The label and the prediction of some images. */
export function called(label: number, prediction: number, names: readonly string[]): Text {
  const [is, says] = [names[label], names[prediction]];
  return { en: `${is} predicted as ${says}`, ko: `정답 ${is}, 예측 ${says}` };
}

function panel(
  { label, prediction, count, indexes }: CellImages,
  { classes, logits }: Evaluation,
  sprite: Sprite,
  names: readonly string[],
): Html {
  const kind = called(label, prediction, names);
  const amount =
    indexes.length === count
      ? { en: formatPlural(count, 'test image'), ko: `시험 이미지 ${formatCount(count)}장` }
      : {
          en: `${formatCount(indexes.length)} of ${formatCount(count)} test images`,
          ko: `시험 이미지 ${formatCount(count)}장 중 ${formatCount(indexes.length)}장`,
        };
  const tiles = indexes.map((index) => {
    const own = softmax(logits.subarray(index * classes, (index + 1) * classes));
    // A number, a name and a number: said once, for it is the same in every language.
    const title = `#${index}, ${names[prediction]}: ${formatProbability(own[prediction])}`;
    const place = spritePosition(sprite, sprite.places.get(index) as number);
    const picture = html`<i
      style="background-position:${place}"
      role="img"
      aria-label="${title}"
      title="${title}"
    ></i>`;
    return html`<li>${imageLink(index, picture)}<span>#${index}</span></li>`;
  });
  const name = id(label, prediction);
  return html`<section
    class="panel-images"
    id="${name}"
    tabindex="-1"
    aria-labelledby="${name}-title"
  >
    <h3 id="${name}-title">
      ${{ en: `${kind.en}: ${amount.en}`, ko: `${kind.ko}: ${amount.ko}` }}
    </h3>
    <ul data-image-list>
      ${tiles}
    </ul>
    <a href="#confusion">${{ en: 'Close', ko: '닫기' }}</a>
  </section>`;
}
