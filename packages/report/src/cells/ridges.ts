// A curve for each moment, one under the other: how the values of a layer are distributed as it trains.
import { highest, lowest } from '@convbook/core';
import { evenly, formatNumber, html, raw, type Html, type Text } from '@convbook/page';
import type { Histogram } from '@convbook/run';
import { outlineOf, rangeOfMost } from '../analysis/spread.ts';

/** A histogram with its name. */
export interface Ridge {
  readonly name: Text;
  readonly histogram: Histogram;
}

/** Moments and points of a curve that are drawn: about 3 kB a figure. */
const drawn = { ridges: 9, points: 56 };

/** Lengths in the drawing's units, of which the page shows about two a pixel. */
const size = { left: 128, right: 12, width: 640, step: 44, height: 76, foot: 44 };

/** The curves, from the first moment above to the last below; null where all values are 0. */
export function ridges(all: readonly Ridge[], alt: Text): Html | null {
  const shown = evenly(all, drawn.ridges);
  const ranges = shown.flatMap(({ histogram }) => {
    const range = rangeOfMost(histogram);
    return range === null ? [] : [range];
  });
  if (ranges.length === 0) return null;
  const low = Math.min(0, lowest(ranges.map(([from]) => from)));
  const high = Math.max(0, highest(ranges.map(([, to]) => to)));
  const bottom = size.height + (shown.length - 1) * size.step;
  const rows = shown.map(({ name, histogram }, k) => {
    const y = size.height + k * size.step;
    const path = curve(outlineOf(histogram, [low, high], drawn.points), y);
    return html`<path d="${path}" />
      <text x="${size.left - 12}" y="${y}" text-anchor="end">${name}</text>`;
  });
  return html`<svg
    class="ridges"
    viewBox="0 0 ${size.width} ${bottom + size.foot}"
    role="img"
    aria-label="${alt}"
  >
    ${axis([low, high], bottom)}${rows}
  </svg>`;
}

/** An outline as high as the room for one, whatever it counts. */
function curve(outline: readonly number[], y: number): string {
  const top = highest(outline) || 1;
  const width = size.width - size.left - size.right;
  const points = outline.map((count, k) => ({
    x: Math.round(size.left + ((k + 0.5) * width) / outline.length),
    y: Math.round(y - (count / top) * size.height * 0.92),
  }));
  const line = points.map(({ x, y: at }) => `${x} ${at}`).join(' ');
  return `M${size.left} ${y}L${line} ${size.left + width} ${y}`;
}

/** A vertical line at 0, and the numbers below. */
function axis([low, high]: readonly [number, number], bottom: number): Html {
  const width = size.width - size.left - size.right;
  const place = (value: number) => Math.round(size.left + ((value - low) / (high - low)) * width);
  const far = 0.12 * (high - low);
  const values = [low, 0, high].filter((value) => value === 0 || Math.abs(value) > far);
  const numbers = values.map((value) => {
    const anchor = value === low && value < 0 ? 'start' : value === high ? 'end' : 'middle';
    return html`<text x="${place(value)}" y="${bottom + 32}" text-anchor="${anchor}">
      ${formatNumber(value, 2)}
    </text>`;
  });
  return html`${raw(`<line x1="${place(0)}" x2="${place(0)}" y1="0" y2="${bottom}"/>`)}${numbers}`;
}
