// A small histogram: the ends collect what lies beyond them.
import { highest } from '@convbook/core';
import { formatNumber, html, type Html, type HtmlValue, type Text } from '@convbook/page/markup';
import { countBins } from '../../figure/count-bins.ts';

interface Histogram {
  readonly title: Text;
  readonly values: Float32Array;
  readonly ends: readonly [low: number, high: number];
  /** Lines under the bars. */
  readonly facts: readonly HtmlValue[];
  /** States the finding. */
  readonly alt: Text;
  /** The ends that values may lie beyond. */
  readonly open: 'none' | 'high' | 'both';
}

const bins = 24;
const size = { width: 120, height: 64 };

export function histogram({ title, values, ends, facts, alt, open }: Histogram): Html {
  const counts = countBins(values, ends, bins);
  const most = highest(counts);
  const width = size.width / bins;
  const bars = counts
    .map((count, k) => {
      const height = Math.max(count > 0 ? 1 : 0, (count / most) * size.height);
      return `M${k * width} ${size.height}v${(-height).toFixed(1)}h${width - 0.6}V${size.height}z`;
    })
    .join('');
  const [low, high] = ends.map((end) => formatNumber(end));
  return html`<div class="beginnings-histogram">
    <p><b>${title}</b></p>
    <svg viewBox="0 0 ${size.width} ${size.height + 1}" role="img" aria-label="${alt}">
      <path class="bars" d="${bars}" />
      <path class="base" d="M0 ${size.height + 0.5}H${size.width}" />
    </svg>
    <p class="ends">
      <span>${open === 'both' && '≤ '}${low}</span><span>${open !== 'none' && '≥ '}${high}</span>
    </p>
    ${facts.map((fact) => html`<p>${fact}</p>`)}
  </div>`;
}
