/// <reference lib="dom" />
// A part of a chart as SVG, with the look of the whole that Vega drew.
import { padding } from '../charts/frame.ts';
import { palette } from '../charts/palette.ts';
import type { CurveLine } from './curves.ts';
import { curveNames, layerMarks, lineMark } from './marks.ts';
import type { Plot } from './plot.ts';
import type { ChartModel } from './spec.ts';
import { svgElement } from './svg.ts';
import { textElement } from './text-element.ts';
import { linearTicks, logarithmicTicks, type Tick } from './ticks.ts';

/** Pixels between the ticks of the horizontal axis, about. */
const tickDistance = 75;

/** The drawing of what a plot shows. */
export function drawPart(
  model: ChartModel,
  drawingWidth: number,
  plot: Plot,
  shown: readonly CurveLine[],
): SVGSVGElement {
  const { width, height } = plot;
  const clip = `${model.id}-part-${drawingWidth}`;
  const frame = svgElement('rect', { width, height });
  const inside = svgElement('g', { 'clip-path': `url(#${clip})` }, marksOf(model, plot, shown));
  const parts = [
    svgElement('clipPath', { id: clip }, [frame]),
    ...horizontalAxis(model, plot),
    ...verticalAxis(model, plot),
    inside,
    ...curveNames(
      shown.filter(({ at }) => isNamed(model, at)),
      plot,
    ),
  ];
  const move = `translate(${padding.left},${padding.top})`;
  return svgElement('svg', { viewBox: `0 0 ${drawingWidth} ${model.height}`, role: 'img' }, [
    svgElement('g', { fill: 'none', transform: move }, parts),
  ]);
}

function isNamed({ layers, meta }: ChartModel, curve: number): boolean {
  return meta.curves[curve].layers.some((k) => layers[k].mark.type === 'text');
}

function marksOf(model: ChartModel, plot: Plot, shown: readonly CurveLine[]): SVGElement[] {
  return model.layers.flatMap((layer, k) => {
    const at = model.meta.curves.findIndex(({ layers }) => layers.includes(k));
    const curve = shown.find((one) => one.at === at);
    if (at !== -1 && (curve === undefined || layer.mark.type === 'text')) return [];
    if (layer.mark.type !== 'line') return layerMarks(model, layer, plot);
    const points = layer.data.values.map(({ x, y }) => ({ x: Number(x), y: Number(y) }));
    return [lineMark(curve?.points ?? points, layer.mark, plot)];
  });
}

function horizontalAxis({ x, textOf }: ChartModel, plot: Plot): SVGElement[] {
  const { width, height, xDomain } = plot;
  const count = Math.round(width / tickDistance);
  const isPercent = x.axis?.format?.includes('%') ?? false;
  const isLog = x.scale?.type === 'log';
  const ticks = isLog ? logarithmicTicks(xDomain, count) : linearTicks(xDomain, count, isPercent);
  const place = ({ value }: Tick) => plot.x.toPixel(value);
  const hasGrid = x.axis?.grid ?? false;
  const { label: color } = palette;
  return [
    ...ticks.map((tick) => line(place(tick), height, place(tick), height + 4, 'axis')),
    ...(hasGrid ? ticks.map((tick) => line(place(tick), 0, place(tick), height, 'grid')) : []),
    line(0, height, width, height, 'axis'),
    ...ticks.map((tick) =>
      textElement(tick.label, {
        x: place(tick),
        y: height + 18,
        anchor: 'middle',
        color: color.light,
      }),
    ),
    textElement(textOf(x.title ?? ''), {
      x: width / 2,
      y: height + 35,
      anchor: 'middle',
      color: color.light,
    }),
  ];
}

function verticalAxis({ y, meta }: ChartModel, plot: Plot): SVGElement[] {
  if (y.axis === null) return [];
  const { width, yDomain } = plot;
  const count = y.axis?.tickCount ?? 5;
  const isPercent = y.axis?.format?.includes('%') ?? false;
  const place = ({ value }: Tick) => plot.y.toPixel(value);
  const isRows = y.type === 'ordinal';
  const ticks = isRows
    ? meta.domains.y.map((value) => ({ value, label: String(value) }))
    : y.scale?.type === 'log'
      ? logarithmicTicks(yDomain, count)
      : linearTicks(yDomain, count, isPercent);
  return [
    ...(isRows ? [] : ticks.map((tick) => line(0, place(tick), width, place(tick), 'grid'))),
    ...ticks.map((tick) =>
      textElement(tick.label, {
        x: -5,
        y: place(tick) + 4,
        anchor: 'end',
        color: palette.label.light,
      }),
    ),
  ];
}

function line(x1: number, y1: number, x2: number, y2: number, shade: 'axis' | 'grid'): SVGElement {
  const place = { x1, y1, x2, y2 };
  return svgElement('line', { ...place, stroke: palette[shade].light, 'stroke-width': 1 });
}
