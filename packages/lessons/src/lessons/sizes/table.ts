import {
  formatBytes,
  formatCount,
  formatShape,
  html,
  type Html,
  type Text,
} from '@convbook/page/markup';
import { totals, type Measured, type MeasuredNetwork } from './measured.ts';
import type { Network } from './network.ts';
import { unreachedOf } from './unreached.ts';

/** How shapes are written: `[channels, height, width]` as PyTorch does, or channels last as Keras does. */
export type Order = 'chw' | 'hwc';

export function shapeText(shape: readonly number[], order: Order): string {
  if (shape.length !== 3 || order === 'chw') return formatShape(shape);
  const [channels, height, width] = shape;
  return formatShape([height, width, channels]);
}

/** Every layer in a row; the rows after one that does not fit wait for it. */
export function sizesTable(
  network: Network,
  { rows, error }: MeasuredNetwork,
  { chosen, order }: { readonly chosen: number; readonly order: Order },
): Html {
  const total = totals(rows);
  const caption = {
    en: 'One row a layer. Press a row to change it.',
    ko: '한 층이 한 행입니다. 행을 누르면 그 층을 바꿀 수 있습니다.',
  };
  const body = network.rows.map((_, k) => {
    const cells =
      k < rows.length
        ? measuredCells(rows[k], total, order)
        : waitingCells(k === rows.length ? error : null);
    return html`<tr data-place="layers ${k} 0" class="${k === chosen && 'chosen'}">
      <td>${k + 1}</td>
      ${cells}
    </tr> `;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table
      class="data sizes-table"
      tabindex="0"
      data-grid="layers"
      data-at="layers ${chosen} 0"
      data-size="${network.rows.length} 1"
      aria-label="${{ en: 'Layers; arrow keys choose one', ko: '층의 표. 위아래 화살표 키로 층을 고릅니다' }}"
    >
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">${{ en: 'Place', ko: '순서' }}</span></th>
          ${heads(order).map((head, k) => html`<th scope="col" class="${k > 1 && 'number'}">${head}</th> `)}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td></td>
          <th scope="row">${{ en: 'input', ko: '입력' }}</th>
          <td></td>
          <td class="number">${shapeText(network.input, order)}</td>
          <td colspan="5"></td>
        </tr>
        ${body}
      </tbody>
      <tfoot>
        <tr>
          <td></td>
          <td colspan="3">
            ${error === null ? { en: 'Total', ko: '합계' } : { en: 'Total so far', ko: '여기까지의 합계' }}
          </td>
          <td class="number">${formatCount(total.parameters)}</td>
          <td class="number">${formatCount(total.parametersWithoutBias)}</td>
          <td class="number">${formatCount(total.multiplyAdds)}</td>
          <td></td>
          <td class="number">${formatBytes(total.outputBytes)}</td>
        </tr>
      </tfoot>
    </table>
  </div>`;
}

const heads = (order: Order): (Text | Html)[] => [
  { en: 'Layer', ko: '층' },
  { en: 'Filters@window', ko: '필터@윈도우' },
  html`${{ en: 'Output', ko: '출력' }} ${order === 'chw' ? '(C, H, W)' : '(H, W, C)'}`,
  { en: 'Parameters', ko: '매개변수' },
  { en: 'Without bias', ko: '편향 제외' },
  { en: 'Multiply-adds', ko: '곱셈-누산' },
  { en: 'Sees', ko: '수용 영역' },
  { en: 'Memory', ko: '메모리' },
];

function measuredCells(row: Measured, total: ReturnType<typeof totals>, order: Order): Html {
  const { name, activation, outputShape, parameters, parametersWithoutBias, multiplyAdds } = row;
  return html`<th scope="row">
      <code>${name}</code
      >${activation !== null && html` <span class="sizes-soft">+ ${activation}</span>`}
    </th>
    <td>${windowText(row)}</td>
    <td class="number">${shapeText(outputShape, order)} ${lostNote(row)}</td>
    <td class="number">${formatCount(parameters)} ${bar(parameters, total.parameters)}</td>
    <td class="number">${formatCount(parametersWithoutBias)}</td>
    <td class="number">${formatCount(multiplyAdds)} ${bar(multiplyAdds, total.multiplyAdds)}</td>
    <td class="number">
      ${row.field === null ? { en: 'all', ko: '전체' } : formatShape(row.field.size)}
    </td>
    <td class="number">${formatBytes(row.outputBytes)}</td>`;
}

/** `20@4×4, stride 2, pad 1`; what is as usual is left out. */
function windowText({ kind, filters, kernelSize, stride, padding }: Measured): Html {
  if (!kernelSize || !stride || !padding) return html`${filters}`;
  const usual = kind === 'conv2d' ? 1 : kernelSize[0];
  const size = formatShape(kernelSize);
  return html`${filters === null ? size : `${filters}@${size}`}${
    stride[0] !== usual && html`, ${{ en: 'stride', ko: '스트라이드' }} ${stride[0]}`
  }${padding[0] > 0 && html`, ${{ en: 'pad', ko: '패딩' }} ${padding[0]}`}`;
}

function lostNote(row: Measured): Html | null {
  const unreached = unreachedOf(row);
  if (unreached === null) return null;
  const { en, ko } = unreached.text;
  return unreached.isPadding
    ? html`<span class="sizes-unused"
        >${{ en: `${en} of padding unused`, ko: `패딩 ${ko} 남음` }}</span
      >`
    : html`<span class="sizes-lost">${{ en: `${en} lost`, ko: `${ko} 버림` }}</span>`;
}

function bar(part: number, whole: number): Html {
  return html`<span
    class="sizes-bar"
    style="--share:${(whole === 0 ? 0 : part / whole).toFixed(3)}"
  ></span>`;
}

function waitingCells(error: string | null): Html {
  if (error === null) {
    return html`<td colspan="8" class="sizes-soft">
      ${{ en: 'waits for the layer above', ko: '위의 층이 정해져야 합니다' }}
    </td>`;
  }
  return html`<td colspan="8" class="sizes-error">
    ${{ en: 'This layer does not fit. The program says:', ko: '이 층은 맞지 않습니다. 프로그램은 이렇게 알립니다.' }}
    <code lang="en">${error}</code>
  </td>`;
}
