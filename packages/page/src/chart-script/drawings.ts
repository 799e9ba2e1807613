/// <reference lib="dom" />
// Both drawings of a chart, wide and narrow: the stylesheet shows one, and what is done to one is done to both.
import { describe, find } from '../browser/find.ts';
import { padding, widths } from '../charts/frame.ts';
import { inLanguages, type Text } from '../text/text.ts';
import { markPlace } from './crosshair.ts';
import type { CurveLine } from './curves.ts';
import { drawPart } from './draw.ts';
import type { PlotPlace } from './gestures.ts';
import { plotOf, type Plot, type View } from './plot.ts';
import type { ChartModel } from './spec.ts';
import type { Reading } from './stops.ts';

/** A drawing that answers. */
interface Drawing {
  readonly width: number;
  /** The whole, as it came with the page. */
  readonly whole: SVGSVGElement;
  /** The drawing that is shown: the whole, or a part of it. */
  svg: SVGSVGElement;
  plot: Plot;
}

/** The drawings of a chart. */
export type Drawings = ReturnType<typeof createDrawings>;

/** The drawings in an element. */
export function createDrawings(model: ChartModel, frame: HTMLElement, view: View) {
  const drawings = Object.entries(widths).map(([name, width]): Drawing => {
    const whole = find<SVGSVGElement>(`.chart.${name} svg`, frame);
    return { width, whole, svg: whole, plot: plotOf(model, width, view, []) };
  });
  /** The drawing that the stylesheet shows, as of the last look: a look after a change would lay out the page. */
  let [seen] = drawings;
  const look = () => {
    seen = drawings.find(({ svg }) => svg.getClientRects().length > 0) ?? seen;
    return seen;
  };

  return {
    /** Shows the whole without the curves that are off, or a part. */
    draw(view: View, shown: readonly CurveLine[], said: Text) {
      for (const drawing of drawings) {
        const { whole, width } = drawing;
        markPlace(drawing.svg, drawing.plot, null, null);
        if (drawing.svg !== whole) drawing.svg.remove();
        drawing.plot = plotOf(model, width, view, shown);
        drawing.svg = view.part === null ? whole : drawPart(model, width, drawing.plot, shown);
        whole.toggleAttribute('data-off', view.part !== null);
        for (const curve of whole.querySelectorAll<SVGElement>('[data-curve]')) {
          curve.toggleAttribute('data-off', view.off.has(Number(curve.dataset.curve)));
        }
        if (view.part === null) continue;
        describe(drawing.svg, 'aria-label', nameOfPart(whole, said));
        whole.after(drawing.svg);
      }
    },
    /** Marks a place or a range; both are of the visible drawing. */
    mark(reading: Reading | null, range: readonly [number, number] | null) {
      for (const drawing of drawings) {
        markPlace(drawing.svg, drawing.plot, reading, drawing === seen ? range : null);
      }
    },
    /** The plot that is visible. */
    plot: () => seen.plot,
    /** Sees which drawing is visible, before anything changes. */
    look,
    /** Where a pointer is in it. */
    placeOf({ clientX, clientY }: MouseEvent): PlotPlace {
      const { svg, width, plot } = look();
      const frameOfSvg = svg.getBoundingClientRect();
      const times = width / frameOfSvg.width;
      const x = (clientX - frameOfSvg.left) * times - padding.left;
      const y = (clientY - frameOfSvg.top) * times - padding.top;
      return { x, y, width: plot.width, height: plot.height };
    },
    /** Where a place of the axis is, as a share of the element's width; one that is not shown is at the edge. */
    shareOf(x: number): number {
      const { plot, width } = seen;
      const inside = Math.min(plot.width, Math.max(0, plot.x.toPixel(x)));
      return (padding.left + inside) / width;
    },
  };
}

/** The alternative text of the whole, and which part is shown. */
function nameOfPart(whole: SVGSVGElement, said: Text): Text {
  const label = (language: string) =>
    whole.getAttribute(`data-${language}-aria-label`) ?? whole.getAttribute('aria-label') ?? '';
  return inLanguages((language) => `${said[language]} ${label(language)}`);
}
