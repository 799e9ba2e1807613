// The drawing of the map of images, which is whole without a script, and what one finds its way by.
import { html, raw, type Html, type Text } from '@convbook/page';
import { predictions, type Evaluation } from '../analysis/evaluation.ts';
import { largest } from '../analysis/largest.ts';
import type { PlacedImage } from '../explain/image-positions.ts';
import { dots, type DrawnPoint } from '../images/dots.ts';
import { drawPoints, middleOf } from '../images/map-drawing.ts';

/** Colours that are told apart, also by most who are colour-blind: `image-map.css`. */
const colours = 10;

/** Width of a drawing of 1000 units, in rem: as wide as a figure may be. */
const wholeWidth = 58;

/** Points of a class from which on its name stands on the map. */
const leastNamed = 3;

/** The map's looks and words beside its points. */
interface MapWords {
  /** Labels with a colour, in ascending order. */
  readonly coloured: readonly number[];
  readonly names: readonly string[];
  readonly alt: Text;
}

interface Placed extends PlacedImage {
  readonly place: DrawnPoint;
}

/** All classes, or of many those with the most mistakes. */
export function colouredClasses(evaluation: Evaluation): number[] {
  const { labels, classes } = evaluation;
  const wrong = new Uint32Array(classes);
  predictions(evaluation).forEach((answer, index) => {
    if (answer !== labels[index]) wrong[labels[index]]++;
  });
  return largest(classes, colours, (label) => wrong[label]);
}

/** The points, right ones below mistakes, and the classes' names on them. */
export function mapField(images: readonly PlacedImage[], { coloured, names, alt }: MapWords): Html {
  const { width, height, points } = drawPoints(images);
  const placed = images.map((image, n): Placed => ({ ...image, place: points[n] }));
  const labels = [...new Set(placed.map(({ label }) => label))].sort((a, b) => a - b);
  const groups = (isRight: boolean) =>
    labels.map((label) => {
      const own = placed.filter((one) => one.label === label && one.isRight === isRight);
      return own.length > 0 && classPoints(own, coloured.indexOf(label), isRight);
    });
  return html`<div
    class="map-field"
    data-map-field
    style="max-width:${((wholeWidth * width) / 1000).toFixed(1)}rem"
  >
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${alt}">
      ${groups(true)} ${groups(false)}
    </svg>
    ${coloured.map((label, colour) => {
      const own = placed.filter((one) => one.label === label);
      if (own.length < leastNamed) return null;
      const { x, y } = middleOf(own.map(({ place }) => place));
      // As far to the left of its place as that is from the left: it never sticks out of the field.
      const across = `${((100 * x) / width).toFixed(1)}%`;
      const at = `left:${across};top:${((100 * y) / height).toFixed(1)}%;translate:-${across} -50%`;
      return html`<b
        class="map-name c${colour}"
        data-label="${label}"
        style="${at}"
        aria-hidden="true"
        >${names[label]}</b
      >`;
    })}
  </div>`;
}

/** One class; of mistakes each point has a ring. */
function classPoints(own: readonly Placed[], colour: number, isRight: boolean): Html {
  const d = dots(own.map(({ place }) => place));
  const indexes = own.map(({ index }) => index).join(' ');
  const kind = `${colour < 0 ? 'other' : `c${colour}`}${isRight ? '' : ' wrong'}`;
  return html`<g class="${kind}" data-label="${own[0].label}" data-indexes="${indexes}">
    ${isRight ? null : raw(`<path class="ring" d="${d}"/><path class="gap" d="${d}"/>`)}
    <path d="${d}" />
  </g>`;
}

/** The colours of the classes, and the ring of a mistake. */
export function mapLegend(coloured: readonly number[], names: readonly string[]): Html {
  const isCut = coloured.length < names.length;
  return html`<ul class="kinds map-legend" data-map-legend>
    ${coloured.map((label, k) => html`<li class="c${k}" data-label="${label}"><i></i>${names[label]}</li>`)}
    ${isCut && html`<li class="other" data-label="other"><i></i>${{ en: 'other classes', ko: '나머지 클래스' }}</li>`}
    <li class="wrong"><i></i>${{ en: 'mistake', ko: '틀린 예측' }}</li>
  </ul>`;
}
