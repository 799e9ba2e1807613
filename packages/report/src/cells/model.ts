import { summarize, type LayerSummary, type ModelSummary } from '@convbook/layers';
import { droppedLines, isCut } from '../dropped-lines.ts';
import { formatCount, formatNumber, formatPercent, formatShape } from '../format.ts';
import { html, type Html } from '../html.ts';
import { volumeDiagram } from '../images/volumes.ts';
import { fullyConnected } from '../layer-formulas.ts';
import { sourceCode } from '../source-code.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';
import { modelSource } from './model-source.ts';
import { costTable, formulaTable } from './model-tables.ts';

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
      <figure class="wide">
        ${volumeDiagram(summary)}
        <figcaption>
          What flows through the model for one image. A box is as wide as it has channels
          (logarithmically), as high as rows and as deep as columns; a bar is a list of numbers.
        </figcaption>
      </figure>
      <p>
        Shapes are channels × rows × columns of one image. A convolution of filter size <i>F</i>,
        stride <i>S</i> and padding <i>P</i> turns <i>H</i> rows into ⌊(<i>H</i> + 2<i>P</i> −
        <i>F</i>) ∕ <i>S</i>⌋ + 1, and pooling does the same with its window.
      </p>
      <figure class="wide">${layerTable(summary)}${roundedDown(summary)}</figure>
      <p>
        The same with the numbers put in. A filter has a weight for each input it sees, and a bias;
        it is used once at every place of its output.
      </p>
      <figure class="wide">${formulaTable(summary)}</figure>
      <p>${shares(summary)}</p>
      <figure>${costTable(summary)}</figure>
      ${comparison(summary)}`;
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

/** What the same would cost if every output saw every input. */
function comparison(summary: ModelSummary): Html | null {
  if (!summary.layers.some(({ kind }) => kind === 'conv2d')) return null;
  const { widths, parameters } = fullyConnected(summary);
  const times = parameters / summary.parameters;
  return html`<p>
    A fully connected net with as many outputs in each layer
    (${widths.map(formatCount).join(' → ')}) would have ${formatCount(parameters)} parameters,
    ${times < 100 ? formatNumber(times, 2) : formatCount(Math.round(times))} times as many: a
    convolution shares its weights between all places of an image and sees only a window of it.
  </p>`;
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
      {
        head: 'Output',
        value: (layer) => `${formatShape(layer.outputShape)}${isCut(layer) ? ' *' : ''}`,
      },
      { head: 'Parameters', numeric: true, value: ({ parameters }) => formatCount(parameters) },
      {
        head: 'Without bias',
        numeric: true,
        value: ({ parametersWithoutBias }) => formatCount(parametersWithoutBias),
      },
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
      html`<strong>${formatCount(totals.parametersWithoutBias)}</strong>`,
      html`<strong>${formatCount(totals.multiplyAdds)}</strong>`,
    ],
  });
}

/** Which rows and columns the ⌊…⌋ of the formula leaves out, where it does. */
function roundedDown({ layers }: ModelSummary): Html | null {
  const cut = layers.filter(isCut);
  if (cut.length === 0) return null;
  const items = cut.map(
    (layer) =>
      html`<br />* Rounded down: no window of <code>${layer.name}</code> reaches
        ${droppedLines(layer)} of its input.`,
  );
  return html`<figcaption>${items}</figcaption>`;
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
