import * as vega from 'vega';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';
import { toDataUrl } from '../data-url.ts';
import { html, type Html } from '../html.ts';
import { palette } from './palette.ts';
import { embedSvg } from './svg.ts';

/** A chart of the notebook. */
export interface Chart {
  /** Prefix of every id inside the SVG and name of the downloaded spec; unique in the page. */
  id: string;
  title: string;
  /** Alternative text: what the chart shows and finds. */
  alt: string;
  /** Of the whole chart, in pixels. */
  height: number;
  /** Vega-lite spec with its data inline. Size, look and title are set when it is drawn. */
  spec: TopLevelSpec;
}

/** Widths drawn, in pixels: one for the text column, one for telephones; the stylesheet shows one. */
const widths = { wide: 704, narrow: 348 };

/** Room around the plot for axis labels and line names: the same in each chart, so that plots align. */
const padding = { left: 52, right: 62, top: 8, bottom: 42 };

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
export async function renderChart({ id, title, alt, height, spec }: Chart): Promise<Html> {
  const sized = (width: number) => ({
    ...spec,
    autosize: 'none',
    padding,
    width: width - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    config,
  });
  const drawings: Html[] = [];
  for (const [name, width] of Object.entries(widths)) {
    const svg = embedSvg(await drawSvg(sized(width) as TopLevelSpec), `${id}-${name}`, alt);
    drawings.push(html`<div class="chart ${name}">${svg}</div>`);
  }
  const download = JSON.stringify({ title, width: 600, height: 240, ...spec, config });
  const url = toDataUrl('application/json', Buffer.from(download));
  return html`<p class="chart-title">
      ${title}
      <a
        class="spec"
        href="${url}"
        download="${id}.vl.json"
        aria-label="Vega-lite spec of this chart: ${title}"
        >spec</a
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
