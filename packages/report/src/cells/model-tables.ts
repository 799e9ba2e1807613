import { allRows, type LayerSummary, type ModelSummary } from '@convbook/layers';
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatShape,
  hidden,
  html,
  renderTable,
  type Html,
  type HtmlValue,
} from '@convbook/page';
import { activationBytes, layerFormulas, receptiveFields } from '../analysis/layer-formulas.ts';
import { layerName } from './layer-name.ts';

/** How each layer's shape and counts come about, and what one output sees of the image. */
export function formulaTable(summary: ModelSummary): Html {
  const fields = receptiveFields(summary);
  const rows = allRows(summary.layers);
  const formula = (of: 'parameters' | 'multiplyAdds') => (layer: LayerSummary) =>
    layerFormulas(layer)[of] ?? '–';
  return renderTable<LayerSummary>({
    caption: {
      en: 'A filter has one weight for each input that it sees, and one bias; it is applied once at every position of its output',
      ko: '필터는 자신이 보는 입력마다 가중치 하나와 편향 하나를 가지며, 출력의 모든 위치에서 한 번씩 쓰입니다',
    },
    columns: [
      {
        head: { en: 'Layer', ko: '층' },
        heading: true,
        value: layerName,
      },
      {
        head: { en: 'Rows and columns', ko: '행과 열' },
        value: (layer) => inTwoLines(layerFormulas(layer).output),
      },
      { head: { en: 'Parameters', ko: '매개변수' }, value: formula('parameters') },
      { head: { en: 'Multiply-adds', ko: '곱셈-누산(MAC)' }, value: formula('multiplyAdds') },
      {
        head: { en: 'Receptive field', ko: '수용 영역(receptive field)' },
        value: (layer) => {
          const field = fields[rows.indexOf(layer)];
          return field === null ? { en: 'all', ko: '전체' } : formatShape(field);
        },
      },
    ],
    rows,
  });
}

/** Rows and columns under each other where they differ. */
function inTwoLines(formula: string | null): HtmlValue {
  const [rows, columns] = formula?.split(', columns ') ?? ['–'];
  if (columns === undefined) return rows;
  return html`${{ en: 'rows', ko: '행' }} ${rows.replace(/^rows /, '')}<br />${{ en: 'columns', ko: '열' }}
    ${columns}`;
}

/** Shares of parameters and of multiply-adds as bars. */
export function costTable({ layers, parameters, multiplyAdds }: ModelSummary): Html {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const bar = (value: number) =>
    html`<span class="bar" style="--share:${value.toFixed(3)}"></span>`;
  const rows = allRows(layers)
    .filter((layer) => !layer.inner && (layer.parameters > 0 || layer.multiplyAdds > 0))
    .map((layer) => ({
      name: layer.name,
      size: share(layer.parameters, parameters),
      work: share(layer.multiplyAdds, multiplyAdds),
      bytes: activationBytes(layer),
    }));
  return renderTable({
    caption: {
      en: `Where the ${formatCount(parameters)} parameters and ${formatCount(multiplyAdds)} multiply-adds are`,
      ko: `매개변수 ${formatCount(parameters)}개와 곱셈-누산 ${formatCount(multiplyAdds)}번이 있는 곳`,
    },
    style: 'data costs',
    columns: [
      {
        head: { en: 'Layer', ko: '층' },
        heading: true,
        value: ({ name }) => html`<code>${name}</code>`,
      },
      {
        head: { en: 'Parameters', ko: '매개변수' },
        numeric: true,
        value: ({ size }) => formatPercent(size, 1),
      },
      {
        head: hidden({ en: 'Share of the parameters', ko: '매개변수의 비율' }),
        value: ({ size }) => bar(size),
      },
      {
        head: { en: 'Multiply-adds', ko: '곱셈-누산(MAC)' },
        numeric: true,
        value: ({ work }) => formatPercent(work, 1),
      },
      {
        head: hidden({ en: 'Share of the multiply-adds', ko: '곱셈-누산의 비율' }),
        value: ({ work }) => bar(work),
      },
      {
        head: { en: 'Output', ko: '출력' },
        numeric: true,
        value: ({ bytes }) => formatBytes(bytes),
      },
    ],
    rows,
  });
}
