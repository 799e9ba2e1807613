// Curves of a figure, drawn anew after each change: the charts of the notebook are made by a library that is too large
// for a page.
import { linearTicks, logarithmicTicks } from '@convbook/page/ticks';
import { html, type Html, type HtmlValue, type Text } from '@convbook/page/markup';
import { within } from './within.ts';

export interface PlotLine {
  readonly name: Text | string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Number of its colour, 0 to 5: see `lessons.css`. */
  readonly color: number;
  readonly dashed?: boolean;
}

export interface PlotAxis {
  readonly label: Text | string;
  readonly domain: readonly [low: number, high: number];
  readonly isLog?: boolean;
  readonly isPercent?: boolean;
}

interface Plot {
  readonly lines: readonly PlotLine[];
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** States the finding. */
  readonly alt: Text;
  /** Stands out on its line. */
  readonly dots?: readonly { readonly at: readonly [number, number]; readonly color: number }[];
  /** Drawn behind the lines, in the plot's own units of pixels; see `plotMargin`. */
  readonly behind?: HtmlValue;
  readonly width?: number;
  readonly height?: number;
}

const margin = { left: 52, right: 20, top: 12, bottom: 40 };
/** Pixels between the edge of a plot and its axes, for what is drawn behind the lines. */
export const plotMargin: Readonly<typeof margin> = margin;

/** Curves with axes and a legend. */
export function plot({
  lines,
  x,
  y,
  alt,
  dots = [],
  behind,
  width = 480,
  height = 260,
}: Plot): Html {
  const across = placeOn(x, margin.left, width - margin.right);
  const up = placeOn(y, height - margin.bottom, margin.top);
  const path = (points: PlotLine['points']) =>
    points
      .filter((point) => point.every(Number.isFinite))
      .map(([a, b], k) => `${k === 0 ? 'M' : 'L'}${across(a).toFixed(1)} ${up(b).toFixed(1)}`)
      .join('');
  return html`<div class="lesson-plot">
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${alt}">
      ${behind}
      ${ticksOf(x, 6).map(
        ({ value, label }) =>
          html`<line
              class="grid"
              x1="${across(value)}"
              x2="${across(value)}"
              y1="${margin.top}"
              y2="${height - margin.bottom}"
            />
            <text x="${across(value)}" y="${height - margin.bottom + 16}" text-anchor="middle"
              >${label}</text
            >`,
      )}
      ${ticksOf(y, 5).map(
        ({ value, label }) =>
          html`<line
              class="grid"
              y1="${up(value)}"
              y2="${up(value)}"
              x1="${margin.left}"
              x2="${width - margin.right}"
            />
            <text x="${margin.left - 6}" y="${up(value) + 4}" text-anchor="end">${label}</text>`,
      )}
      <text x="${(margin.left + width - margin.right) / 2}" y="${height - 6}" text-anchor="middle">
        ${x.label}
      </text>
      ${lines.map(
        ({ points, color, dashed }) =>
          html`<path class="line color-${color} ${dashed && 'dashed'}" d="${path(points)}" />`,
      )}
      ${dots.map(
        ({ at: [a, b], color }) =>
          html`<circle class="dot color-${color}" cx="${across(a)}" cy="${up(b)}" r="4" />`,
      )}
    </svg>
    <p class="plot-legend">
      <span class="plot-y">${y.label}</span>
      ${lines.map(
        ({ name, color, dashed }) =>
          html`<span class="plot-name color-${color} ${dashed && 'dashed'}">${name}</span> `,
      )}
    </p>
  </div>`;
}

/** Where a value of an axis lies between two ends, in pixels; values beyond the axis lie at its end. */
function placeOn(axis: PlotAxis, from: number, to: number): (value: number) => number {
  const scale = axis.isLog ? Math.log10 : (value: number) => value;
  const [low, high] = axis.domain.map(scale);
  return (value) => {
    const share = high === low ? 0.5 : (scale(value) - low) / (high - low);
    return from + within(share, 0, 1) * (to - from);
  };
}

function ticksOf({ domain: [low, high], isLog, isPercent }: PlotAxis, count: number) {
  return isLog ? logarithmicTicks([low, high], count) : linearTicks([low, high], count, isPercent);
}
