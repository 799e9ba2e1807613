import { highest } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { allRows, summarize, type LayerSummary, type ModelSpec } from '@convbook/layers';
import {
  formatBytes,
  formatCount,
  formatNumber,
  formatPlural,
  formatShape,
  toText,
} from '@convbook/page';
import { droppedLines, isCut } from './analysis/dropped-lines.ts';
import {
  activationBytes,
  fullyConnected,
  layerFormulas,
  receptiveFields,
} from './analysis/layer-formulas.ts';
import { filterText, pairText } from './analysis/layer-words.ts';

/** How a summary is laid out as text. */
export interface SummaryTextOptions {
  /** Shapes as rows × columns × channels. */
  channelsLast?: boolean | undefined;
  /** With the formulas and their numbers. */
  formulas?: boolean | undefined;
}

interface TextColumn {
  head: string;
  left?: boolean;
  value(layer: LayerSummary, index: number): string;
}

/** The layer table of a model as plain text, for one sample. */
export function summaryText(model: ModelSpec, options: SummaryTextOptions = {}): string {
  const summary = summarize(model);
  const { parameters, parametersWithoutBias, multiplyAdds } = summary;
  const layers = allRows(summary.layers);
  const fields = receptiveFields(summary);
  const shape = (values: readonly number[]) =>
    formatShape(
      options.channelsLast && values.length === 3 ? [...values.slice(1), values[0]] : values,
    );
  const columns: TextColumn[] = [
    { head: 'layer', left: true, value: ({ name }) => (name.includes('.') ? `  ${name}` : name) },
    { head: 'input', left: true, value: ({ inputShape }) => shape(inputShape) },
    { head: 'filter', left: true, value: (layer) => toText(filterText(layer) ?? '-').en },
    { head: 'stride', value: ({ stride }) => pairText(stride) ?? '-' },
    { head: 'padding', value: ({ padding }) => pairText(padding) ?? '-' },
    { head: 'activation', left: true, value: ({ activation }) => activation ?? '-' },
    {
      head: 'output',
      left: true,
      value: (layer) => `${shape(layer.outputShape)}${isCut(layer) ? ' *' : ''}`,
    },
    { head: 'parameters', value: (layer) => formatCount(layer.parameters) },
    { head: 'without bias', value: (layer) => formatCount(layer.parametersWithoutBias) },
    { head: 'multiply-adds', value: (layer) => formatCount(layer.multiplyAdds) },
    { head: 'output bytes', value: (layer) => formatCount(activationBytes(layer)) },
    { head: 'sees', left: true, value: (_, k) => sizeText(fields[k]) },
  ];
  const bytes = layers.reduce((sum, layer) => sum + activationBytes(layer), 0);
  const total = [
    'total',
    '',
    '',
    '',
    '',
    '',
    '',
    ...[parameters, parametersWithoutBias, multiplyAdds, bytes].map(formatCount),
    '',
  ];
  const rows = layers.map((layer, k) => columns.map(({ value }) => value(layer, k)));
  const lines = alignColumns([columns.map(({ head }) => head), ...rows, total], columns);
  const { widths, parameters: dense } = fullyConnected(summary);
  return [
    `${printable(model.name ?? 'model')}, input ${shape(model.input)}, ${formatPlural(summary.layers.length, 'layer')}`,
    '',
    ...lines,
    ...layers
      .filter(isCut)
      .map(
        (layer) => `* rounded down: no window of ${layer.name} reaches ${droppedLines(layer).en}`,
      ),
    '',
    `parameters   ${formatBytes(4 * parameters)} as 32-bit floats`,
    `activations  ${formatBytes(bytes)} a sample`,
    `fully connected with as many outputs in each layer (${widths.map(formatCount).join(' > ')}):`,
    `             ${formatCount(dense)} parameters, ${formatNumber(dense / Math.max(1, parameters), 4)} times as many`,
    ...(options.formulas ? ['', ...layers.flatMap(formulaLines)] : []),
  ].join('\n');
}

function formulaLines(layer: LayerSummary): string[] {
  const { output, parameters, multiplyAdds } = layerFormulas(layer);
  const lines = [
    ['output', output],
    ['parameters', parameters],
    ['multiply-adds', multiplyAdds],
  ].filter(([, formula]) => formula !== null);
  return lines.map(([name, formula]) => `${layer.name.padEnd(10)} ${name?.padEnd(14)} ${formula}`);
}

/** The size of the input that one value sees. */
function sizeText(field: readonly [number, number] | null): string {
  return field === null ? 'all' : formatShape(field);
}

function alignColumns(rows: readonly string[][], columns: readonly TextColumn[]): string[] {
  const widths = columns.map((_, k) => highest(rows.map((row) => row[k].length)));
  return rows.map((row) =>
    row
      .map((text, k) => (columns[k].left ? text.padEnd(widths[k]) : text.padStart(widths[k])))
      .join('  ')
      .trimEnd(),
  );
}
