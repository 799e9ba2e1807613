import type { LayerSummary, ModelSummary } from '@convbook/layers';
import { formatBytes, formatCount, formatPercent, formatShape } from '../format.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { activationBytes, layerFormulas, receptiveFields } from '../layer-formulas.ts';
import { renderTable } from '../table.ts';

/** How each layer's shape and counts come about, and what one output sees of the image. */
export function formulaTable(summary: ModelSummary): Html {
  const fields = receptiveFields(summary);
  const formula = (of: 'parameters' | 'multiplyAdds') => (layer: LayerSummary) =>
    layerFormulas(layer)[of] ?? '–';
  return renderTable<LayerSummary>({
    caption: 'The formulas with the numbers put in',
    columns: [
      { head: 'Layer', heading: true, value: ({ name }) => html`<code>${name}</code>` },
      { head: 'Rows and columns', value: (layer) => inTwoLines(layerFormulas(layer).output) },
      { head: 'Parameters', value: formula('parameters') },
      { head: 'Multiply-adds', value: formula('multiplyAdds') },
      {
        head: 'Sees of the input',
        value: (layer) => {
          const field = fields[summary.layers.indexOf(layer)];
          return field === null ? 'all' : formatShape(field);
        },
      },
    ],
    rows: summary.layers,
  });
}

/** Rows and columns under each other where they differ. */
function inTwoLines(formula: string | null): HtmlValue {
  const [rows, columns] = formula?.split(', columns') ?? ['–'];
  return columns === undefined ? rows : html`${rows}<br />columns${columns}`;
}

/** Shares of parameters and of multiply-adds as bars. */
export function costTable({ layers, parameters, multiplyAdds }: ModelSummary): Html {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const bar = (value: number) =>
    html`<span class="bar" style="--share:${value.toFixed(3)}"></span>`;
  const rows = layers
    .filter((layer) => layer.parameters > 0 || layer.multiplyAdds > 0)
    .map((layer) => ({
      name: layer.name,
      size: share(layer.parameters, parameters),
      work: share(layer.multiplyAdds, multiplyAdds),
      bytes: activationBytes(layer),
    }));
  return renderTable({
    caption: `Where the ${formatCount(parameters)} parameters and ${formatCount(multiplyAdds)} multiply-adds are`,
    style: 'data costs',
    columns: [
      { head: 'Layer', heading: true, value: ({ name }) => html`<code>${name}</code>` },
      { head: 'Parameters', numeric: true, value: ({ size }) => formatPercent(size, 1) },
      {
        head: html`<span class="hidden">Share of the parameters</span>`,
        value: ({ size }) => bar(size),
      },
      { head: 'Multiply-adds', numeric: true, value: ({ work }) => formatPercent(work, 1) },
      {
        head: html`<span class="hidden">Share of the multiply-adds</span>`,
        value: ({ work }) => bar(work),
      },
      { head: 'Output', numeric: true, value: ({ bytes }) => formatBytes(bytes) },
    ],
    rows,
  });
}
