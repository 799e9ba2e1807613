import * as vega from 'vega';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';
import { toDataUrl } from '../data-url.ts';
import { html, type Html } from '../html/html.ts';
import { toText, type Text } from '../text/text.ts';
import { padding, widths } from './frame.ts';
import { inLanguage, koreanOf, markTexts } from './localize.ts';
import { lineSwatch, palette } from './palette.ts';
import { splitLayers, type ChartMeta, type Curve, type Readout } from './readout.ts';
import type { WeightedPoint } from './series.ts';
import { stepValues } from './step-values.ts';
import { embedSvg } from './svg.ts';

/** A chart of the notebook. */
export interface Chart {
  /** Prefix of every id inside the SVG and name of the downloaded spec; unique in the page. */
  id: string;
  title: Text | string;
  /** Alternative text: what the chart shows and finds. */
  alt: Text | string;
  /** Height of the whole chart, in pixels. */
  height: number;
  /**
   * Vega-lite spec with its data inline, and a Text wherever it says something. Size, look and title
   * are set when it is drawn.
   */
  spec: object;
  /** More layers, which a script shows in place of one of the spec's. */
  hiddenLayers?: readonly object[];
  /** How a script tells places and values; without it, it tells none. */
  readout?: Readout;
  /** Every step's value of the smoothed curve, for a script that smooths otherwise or shows a part. */
  steps?: readonly WeightedPoint[];
}

const config: Config = {
  background: 'transparent',
  aria: false,
  view: { stroke: null },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 6,
    labelColor: palette.label.light,
    titleColor: palette.label.light,
    domainColor: palette.axis.light,
    tickColor: palette.axis.light,
    gridColor: palette.grid.light,
    tickSize: 4,
    labelPadding: 5,
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false },
  text: { fontSize: 12 },
};

/** Digits of the numbers in a spec: enough for a step among millions. */
const specDigits = 8;

/** The chart as inline SVG in both widths, with its spec as a download. */
export async function renderChart(chart: Chart): Promise<Html> {
  const { id, title, alt, height, hiddenLayers = [], readout, steps = [] } = chart;
  const own = layersOf(chart.spec);
  const { drawn, curves, bars } = splitLayers([...own, ...hiddenLayers]);
  const spec = own.length === 0 ? chart.spec : { ...chart.spec, layer: drawn };
  const { marked, translate } = markTexts(spec);
  const sized = (width: number) => ({
    ...marked,
    autosize: 'none',
    padding,
    width: width - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    config,
  });
  const drawings: Html[] = [];
  let domains: ChartMeta['domains'] | undefined;
  for (const [name, width] of Object.entries(widths)) {
    const drawing = await draw(sized(width) as TopLevelSpec, readout !== undefined);
    const svg = embedSvg(translate(drawing.svg), `${id}-${name}`, alt);
    drawings.push(html`<div class="chart ${name}">${svg}</div>`);
    domains = drawing.domains;
  }
  const told = { ...chart.spec, layer: drawn.slice(0, own.length) };
  const download = {
    title: toText(title).en,
    width: 600,
    height: 240,
    ...inLanguage(own.length === 0 ? chart.spec : told, 'en'),
    config,
    ...(readout && domains ? { usermeta: metaOf({ ...readout, curves, bars, domains }, own) } : {}),
  };
  return html`<div class="charted" data-chart="${id}" ${readout && 'data-answers'}>
    <p class="chart-title">
      <span>${title}</span>
      ${curves.length > 1 && readout && legend(curves)} ${files(chart, download)}
    </p>
    <div class="chart-frame">${drawings}</div>
    ${steps.length > 0 && readout && stepValues(steps, readout.place.stepsPerUnit ?? 1)}
  </div>`;
}

function layersOf(spec: object): object[] {
  return 'layer' in spec && Array.isArray(spec.layer) ? (spec.layer as object[]) : [];
}

function metaOf(meta: Omit<ChartMeta, 'korean'>, layers: readonly object[]): object {
  const korean = koreanOf([meta, layers]);
  const curves = meta.curves.map((curve) => ({
    ...curve,
    layers: curve.layers.filter((layer) => layer < layers.length),
  }));
  return { ...inLanguage({ ...meta, curves }, 'en'), korean };
}

/** The downloads of a chart: its spec, and the drawings that a script makes of what is shown. */
function files({ id, title }: Chart, download: object): Html {
  const text = JSON.stringify(download, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(specDigits)) : value,
  );
  const url = toDataUrl('application/json', Buffer.from(text));
  const { en, ko } = toText(title);
  const save = (format: string) =>
    html` ·
      <button
        type="button"
        data-save="${format}"
        aria-label="${{ en: `${format} of this chart: ${en}`, ko: `이 차트의 ${format}: ${ko}` }}"
      >
        ${format}
      </button>`;
  return html`<span class="spec"
    ><a
      href="${url}"
      download="${id}.vl.json"
      aria-label="${{ en: `Vega-lite spec of this chart: ${en}`, ko: `이 차트의 Vega-Lite 명세: ${ko}` }}"
      >${{ en: 'spec', ko: '명세' }}</a
    ><span data-chart-tool hidden>${['SVG', 'PNG'].map(save)}</span></span
  >`;
}

/** Switches of the curves, which a script shows. */
function legend(curves: readonly Curve[]): Html {
  return html`<span
    class="curves"
    role="group"
    aria-label="${{ en: 'Curves shown', ko: '표시할 곡선' }}"
    data-chart-tool
    hidden
  >
    ${curves.map(
      (curve, k) =>
        html`<button type="button" aria-pressed="true" data-curve-switch="${k}">
          <i style="${lineSwatch(curve)}"></i>
          ${curve.name}
        </button> `,
    )}
  </span>`;
}

/** The drawing, and what its axes cover where that is asked for. */
async function draw(spec: TopLevelSpec, isMeasured: boolean) {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    if (!isMeasured) return { svg };
    const domainOf = (name: string) => (view.scale(name) as { domain(): number[] }).domain();
    return { svg, domains: { x: domainOf('x'), y: domainOf('y') } };
  } finally {
    view.finalize();
  }
}
