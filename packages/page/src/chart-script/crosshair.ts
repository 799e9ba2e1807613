/// <reference lib="dom" />
// The marks in a drawing: the place that is told, and the part that is being chosen.
import { padding } from '../charts/frame.ts';
import { endsOf, valueOf } from './marks.ts';
import type { Plot } from './plot.ts';
import type { Bar, Reading } from './stops.ts';
import { svgElement } from './svg.ts';

/** Marks the place of a reading and the range of a part, in pixels of the plot; null for neither. */
export function markPlace(
  svg: SVGSVGElement,
  plot: Plot,
  reading: Reading | null,
  range: readonly [number, number] | null,
): void {
  svg.querySelector('.crosshair')?.remove();
  if (reading === null && range === null) return;
  const move = `translate(${padding.left},${padding.top})`;
  svg.append(
    svgElement('g', { class: 'crosshair', transform: move }, [
      ...(range === null ? [] : [rangeMark(plot, range)]),
      ...(reading === null ? [] : placeMarks(plot, reading)),
    ]),
  );
}

function rangeMark({ height }: Plot, [a, b]: readonly [number, number]): SVGElement {
  return svgElement('rect', {
    class: 'range',
    x: Math.min(a, b),
    width: Math.abs(b - a),
    height,
  });
}

function placeMarks(plot: Plot, { bar, values, x }: Reading): SVGElement[] {
  if (bar !== null) return barMarks(plot, bar);
  const at = plot.x.toPixel(x);
  if (at < -1 || at > plot.width + 1) return [];
  return [
    svgElement('line', { x1: at, x2: at, y2: plot.height }),
    ...values.flatMap((value) => {
      const [cx, cy] = [plot.x.toPixel(value.x), plot.y.toPixel(value.y)];
      const isInside = cx >= -1 && cx <= plot.width + 1 && cy >= -1 && cy <= plot.height + 1;
      return isInside ? [svgElement('circle', { cx, cy, r: 4, fill: value.curve.color })] : [];
    }),
  ];
}

/** An outline of a bar; none where the bar is not shown. */
function barMarks(plot: Plot, { layer, datum }: Bar): SVGElement[] {
  const { encoding, mark } = layer;
  const inside = (pixel: number) => Math.min(plot.width, Math.max(0, pixel));
  const ends = endsOf(encoding, datum).map((value) => plot.x.toPixel(value));
  if (ends[1] < 0 || ends[0] > plot.width) return [];
  const [from, to] = ends.map(inside);
  const middle = plot.y.toPixel(valueOf(encoding.y, datum));
  const thickness = plot.bandwidth || (mark.type === 'bar' ? 0 : (mark.strokeWidth ?? 12));
  const box =
    thickness > 0
      ? { y: middle - thickness / 2 - 2, height: thickness + 4 }
      : { y: middle - 2, height: plot.height - middle + 2 };
  return [svgElement('rect', { class: 'outline', x: from - 2, width: to - from + 4, ...box })];
}
