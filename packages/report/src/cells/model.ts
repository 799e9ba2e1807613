import { summarize, type LayerSummary, type ModelSummary } from '@convbook/layers';
import { formatCount, formatPercent, formatShape } from '../format.ts';
import { html, type Html } from '../html.ts';
import { sourceCode } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';
import { modelSource } from './model-source.ts';

/** The model's definition and what each layer does to its input. */
export const modelCell: Cell = {
  id: 'model',
  title: 'Model',
  render({ record }) {
    const summary = summarize(record.model);
    return html`<p>
        A model is a list of layers; each takes what the one before it gives. This is the whole
        definition:
      </p>
      ${sourceCode(modelSource(record.model))}
      <p>
        Shapes are channels × rows × columns of one image. A convolution of filter size <i>F</i>,
        stride <i>S</i> and padding <i>P</i> turns <i>H</i> rows into ⌊(<i>H</i> + 2<i>P</i> −
        <i>F</i>) ∕ <i>S</i>⌋ + 1, and pooling does the same with its window. ${shares(summary)}
      </p>
      <figure class="wide">${layerTable(summary)}</figure>`;
  },
};

/** Where the parameters and where the multiply-adds are. */
function shares({ layers, parameters, multiplyAdds }: ModelSummary): Html | null {
  if (parameters === 0 || multiplyAdds === 0) return null;
  const largest = layers.reduce((a, b) => (b.parameters > a.parameters ? b : a));
  const busiest = layers.reduce((a, b) => (b.multiplyAdds > a.multiplyAdds ? b : a));
  const size = formatPercent(largest.parameters / parameters, 1);
  const work = formatPercent(busiest.multiplyAdds / multiplyAdds, 1);
  return largest === busiest
    ? html`Here <code>${largest.name}</code> has ${size} of the parameters and ${work} of the
        multiply-adds.`
    : html`Here <code>${largest.name}</code> has ${size} of the parameters, while ${work} of the
        multiply-adds are in <code>${busiest.name}</code>: a filter has few weights, but each is
        used at every place of the image.`;
}

function layerTable({ layers, ...totals }: ModelSummary): Html {
  return renderTable<LayerSummary>({
    caption: 'Layers, with shapes and counts for one image',
    columns: [
      { head: 'Layer', heading: true, value: ({ name }) => html`<code>${name}</code>` },
      { head: 'Input', value: ({ inputShape }) => formatShape(inputShape) },
      { head: 'Filter', value: filterText },
      { head: 'Stride', value: ({ stride }) => pairText(stride) },
      { head: 'Padding', value: ({ padding }) => pairText(padding) },
      { head: 'Activation', value: ({ activation }) => activation ?? '–' },
      { head: 'Output', value: ({ outputShape }) => formatShape(outputShape) },
      { head: 'Parameters', numeric: true, value: ({ parameters }) => formatCount(parameters) },
      {
        head: 'Multiply-adds',
        numeric: true,
        value: ({ multiplyAdds }) => formatCount(multiplyAdds),
      },
    ],
    rows: layers,
    total: [
      html`<strong>Total</strong>`,
      ...Array.from({ length: 6 }, () => null),
      html`<strong>${formatCount(totals.parameters)}</strong>`,
      html`<strong>${formatCount(totals.multiplyAdds)}</strong>`,
    ],
  });
}

function filterText({ filters, kernelSize }: LayerSummary): string {
  const size = kernelSize === null ? '' : formatShape(kernelSize);
  if (filters === null) return size || '–';
  return size === '' ? `${formatCount(filters)} units` : `${formatCount(filters)} of ${size}`;
}

function pairText(pair: readonly [number, number] | null): string {
  if (pair === null) return '–';
  return pair[0] === pair[1] ? String(pair[0]) : formatShape(pair);
}
