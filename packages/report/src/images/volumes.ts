import { highest } from '@convbook/core';
import type { LayerSummary, ModelSummary } from '@convbook/layers';
import {
  formatCount,
  formatList,
  formatShape,
  html,
  scroller,
  type Html,
  type Text,
} from '@convbook/page';

// All in the drawing's own units, which are pixels where nothing is scaled.
const baseline = 150;
const tallest = 108;
const gap = 58;
const margin = 34;
const lineHeight = baseline + 30;
/** As wide as figures are: see `.cell > .wide`. */
const widest = 920;

interface Volume {
  shape: readonly number[];
  /** Width of the front for the channels, height for the rows, slant for the columns. */
  width: number;
  height: number;
  depth: number;
}

/** The data on its way through the model: a box a volume, its front as wide as it has channels and as high as rows. */
export function volumeDiagram(summary: ModelSummary): Html {
  const shapes = [
    summary.layers[0].inputShape,
    ...summary.layers.map((layer) => layer.outputShape),
  ];
  const rows = highest(shapes.map(([, height = 1, width = 1]) => Math.max(height, width)));
  const volumes = shapes.map((shape) => toVolume(shape, rows));
  const places = placesOf(volumes);
  const parts = volumes.map((volume, k) => {
    const { line, left } = places[k];
    const layer = summary.layers.at(k);
    return html`<g transform="translate(0 ${line * lineHeight})">
      ${box(volume, left)}${layer && arrow(volume, left, layer)}
    </g>`;
  });
  const width = highest(places.map(({ right }) => right)) + margin;
  const lines = 1 + highest(places.map(({ line }) => line));
  return scroller(
    { en: 'Diagram of the volumes', ko: '층별 데이터 형상 그림' },
    html`<svg
      class="volumes"
      role="img"
      aria-label="${describe(summary)}"
      viewBox="0 0 ${width} ${lines * lineHeight}"
      style="--width:${width}px"
    >
      ${parts}
    </svg>`,
  );
}

/** Where a volume begins and where the way out of it ends, in the drawing's units. */
interface Place {
  line: number;
  left: number;
  right: number;
}

/** The volumes from left to right, in as many lines as the page is narrow. */
function placesOf(volumes: readonly Volume[]): Place[] {
  let [line, left] = [0, margin];
  return volumes.map((volume, k) => {
    const width = Math.max(volume.width + volume.depth, 26);
    const wayOut = k === volumes.length - 1 ? 0 : gap - 18;
    if (left + width + wayOut + margin > widest) [line, left] = [line + 1, margin];
    const place = { line, left, right: left + width + wayOut };
    left += width + gap;
    return place;
  });
}

function describe({ layers }: ModelSummary): Text {
  const input = formatShape(layers[0].inputShape);
  const outputs = layers.map(({ name, outputShape }) => [name, formatShape(outputShape)]);
  const steps = outputs.map(([name, shape]) => `${name} gives ${shape}`);
  return {
    en: `Volumes from layer to layer: the input is ${input}; ${formatList(steps)}.`,
    ko: `층에서 층으로 흐르는 데이터의 형상: 입력 ${input}, ${outputs.map(([name, shape]) => `${name} 출력 ${shape}`).join(', ')}.`,
  };
}

/** Lengths are square roots, channels logarithms: a map of 4 × 4 and one of 28 × 28 can both be seen. */
function toVolume(shape: readonly number[], rows: number): Volume {
  const [channels, height, width] = shape;
  if (height === undefined || width === undefined) {
    const size = Math.log2(channels + 1) / 13;
    return { shape, width: 9, height: Math.round(12 + tallest * Math.min(1, size)), depth: 0 };
  }
  const length = (side: number) => Math.round(tallest * Math.sqrt(side / rows));
  return {
    shape,
    width: Math.round(4 + 7 * Math.log2(channels)),
    height: length(height),
    depth: Math.round(length(width) * 0.32),
  };
}

function box({ shape, width, height, depth }: Volume, x: number): Html {
  const top = baseline - height;
  const middle = x + (width + depth) / 2;
  const side =
    depth > 0 &&
    html`<path
        class="top"
        d="M${x} ${top}l${depth} ${-depth / 2}h${width}l${-depth} ${depth / 2}z"
      /><path
        class="side"
        d="M${x + width} ${top}l${depth} ${-depth / 2}v${height}l${-depth} ${depth / 2}z"
      />`;
  return html`<rect x="${x}" y="${top}" width="${width}" height="${height}" />${side}<text
      x="${middle}"
      y="${baseline + 20}"
      text-anchor="middle"
    >
      ${shape.length === 1 ? formatCount(shape[0]) : formatShape(shape)}
    </text>`;
}

/** The way through a layer; a block's shortcut goes around it. */
function arrow({ width, depth }: Volume, x: number, { name, inner }: LayerSummary): Html {
  const start = x + Math.max(width + depth, 26) + 9;
  const end = start + gap - 18;
  return html`<path class="arrow" d="M${start} ${baseline - 20}H${end}m-5 -4l5 4l-5 4" />${
      inner &&
      html`<path
        class="arrow"
        d="M${start} ${baseline - 14}c6 14 ${end - start - 6} 14 ${end - start} 0m-6 1l6 -1l1 6"
      />`
    }<text class="name" x="${(start + end) / 2}" y="${baseline - 28}" text-anchor="middle">
      ${name}
    </text>`;
}
