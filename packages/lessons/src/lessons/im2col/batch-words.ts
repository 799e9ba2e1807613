import { formatCount, formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import { columnsOf, placeOf, rowsOf, side, windowsOf, type BatchState } from './batch.ts';

/** Where the chosen row comes from. */
export function placeText(state: BatchState): Text {
  const { image, row, column } = placeOf(state);
  const [at, rows] = [state.at + 1, rowsOf(state)];
  return {
    en: `Row ${at} of ${rows} is the window of image ${image + 1} for row ${row + 1}, column ${column + 1} of the output.`,
    ko: `${rows}행 가운데 ${at}행은 이미지 ${image + 1}에서 출력의 ${row + 1}행 ${column + 1}열을 만드는 윈도우입니다.`,
  };
}

/** All sizes, with their numbers put in. */
export function sizesText(state: BatchState): Html {
  const { images: n, channels: c, kernel: k, stride, padding, filters } = state;
  const [rows, columns, across] = [rowsOf(state), columnsOf(state), windowsOf(state)];
  const [from, to] = [n * c * side ** 2, rows * columns];
  const isWhole = Number.isInteger((side + 2 * padding - k) / stride);
  const fraction = `(${side} + 2 × ${padding} − ${k}) / ${stride}`;
  const line = (name: Text, sum: string) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${sum}</td>
    </tr> `;
  return html`<table class="im2col-sizes">
    <tbody>
      ${line(
        { en: 'places along a side', ko: '한 변의 위치 수' },
        `${isWhole ? fraction : `⌊${fraction}⌋`} + 1 = ${across}`,
      )}
      ${line(
        { en: 'rows: images × places', ko: '행: 이미지 수 × 위치 수' },
        `${n} × ${across} × ${across} = ${rows}`,
      )}
      ${line(
        { en: 'columns: channels × window', ko: '열: 채널 × 윈도우' },
        `${c} × ${k} × ${k} = ${columns}`,
      )}
      ${line(
        { en: 'im2col', ko: 'im2col' },
        `(${n}, ${c}, ${side}, ${side}) → (${rows}, ${columns})`,
      )}
      ${line(
        { en: 'numbers: matrix / input', ko: '수의 개수: 행렬 / 입력' },
        `${formatCount(to)} / ${formatCount(from)} ${Number.isInteger((100 * to) / from) ? '=' : '≈'} ${formatNumber(to / from)}`,
      )}
      ${line(
        { en: 'product with the filters', ko: '필터 행렬과의 곱' },
        `(${rows}, ${columns}) · (${columns}, ${filters}) = (${rows}, ${filters})`,
      )}
      ${line(
        { en: 'back to maps', ko: '특징 맵으로 되돌리기' },
        `(${n}, ${across}, ${across}, ${filters}) → (${n}, ${filters}, ${across}, ${across})`,
      )}
    </tbody>
  </table>`;
}
