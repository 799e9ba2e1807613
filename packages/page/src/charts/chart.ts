import * as vega from 'vega';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';
import { toDataUrl } from '../data-url.ts';
import { html, type Html } from '../html/html.ts';
import { toText, type Text } from '../text/text.ts';
import { inLanguage, markTexts } from './localize.ts';
import { palette } from './palette.ts';
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
}

/**
 * Widths drawn, in pixels: one for the text column, one for telephones and for two charts abreast; the
 * stylesheet shows one.
 */
const widths = { wide: 704, narrow: 400 };

/** Room around the plot for axis labels and line names: the same in each chart, so that plots align. */
export const padding = { left: 52, right: 62, top: 8, bottom: 42 };

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

/** The chart as inline SVG in both widths, with its spec as a download. */
export async function renderChart({ hiddenLayers = [], ...chart }: Chart): Promise<Html> {
  const { id, title, alt, height, spec } = chart;
  const drawn = 'layer' in spec ? { ...spec, layer: [spec.layer, hiddenLayers].flat() } : spec;
  const { marked, translate } = markTexts(drawn);
  const sized = (width: number) => ({
    ...marked,
    autosize: 'none',
    padding,
    width: width - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    config,
  });
  const { en, ko } = toText(title);
  const drawings: Html[] = [];
  for (const [name, width] of Object.entries(widths)) {
    const svg = embedSvg(
      translate(await drawSvg(sized(width) as TopLevelSpec)),
      `${id}-${name}`,
      alt,
    );
    drawings.push(html`<div class="chart ${name}">${svg}</div>`);
  }
  const download = JSON.stringify({
    title: en,
    width: 600,
    height: 240,
    ...inLanguage(spec, 'en'),
    config,
  });
  const url = toDataUrl('application/json', Buffer.from(download));
  return html`<p class="chart-title">
      ${title}
      <a
        class="spec"
        href="${url}"
        download="${id}.vl.json"
        aria-label="${{ en: `Vega-lite spec of this chart: ${en}`, ko: `이 차트의 Vega-Lite 명세: ${ko}` }}"
        >${{ en: 'spec', ko: '명세' }}</a
      >
    </p>
    ${drawings}`;
}

async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
