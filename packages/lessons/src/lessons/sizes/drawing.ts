// Two drawings of a layer: its windows over its input, and what one of its numbers sees of the image.
import { html, type Html, type Text } from '@convbook/page/markup';
import type { Measured } from './measured.ts';
import { unreachedOf } from './unreached.ts';

/** Pixels of a drawing's longer side. */
const longest = 230;

interface Box {
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
}

/** The first two windows, the padding, and the rows and columns that no window reaches; null without a window. */
export function windowDrawing(row: Measured): Html | null {
  const { inputShape, kernelSize, stride, padding, dropped } = row;
  const [, height, width] = inputShape;
  if (!kernelSize || !stride || !padding) return null;
  const [high, wide] = [height + 2 * padding[0], width + 2 * padding[1]];
  const window = { height: kernelSize[0], width: kernelSize[1] };
  const lost: Box[] = [
    { row: high - dropped[0], column: 0, height: dropped[0], width: wide },
    { row: 0, column: wide - dropped[1], height: high - dropped[0], width: dropped[1] },
  ];
  const fitsTwice = stride[1] + window.width <= wide;
  return drawing([high, wide], windowAlt(row), windowCaption(height, width), [
    rect('sizes-padding', { row: 0, column: 0, height: high, width: wide }),
    rect('sizes-image', { row: padding[0], column: padding[1], height, width }),
    ...lost
      .filter(({ height, width }) => height > 0 && width > 0)
      .map((box) => rect('sizes-gone', box)),
    fitsTwice && rect('sizes-next', { row: 0, column: stride[1], ...window }),
    rect('sizes-window', { row: 0, column: 0, ...window }),
  ]);
}

const windowCaption = (height: number, width: number): Text => ({
  en: `Its input, ${height}×${width}: the first window, the next one dashed, and what no window reaches hatched.`,
  ko: `이 층의 입력 ${height}×${width}. 첫 윈도우와 다음 윈도우(점선)를 그렸고, 어떤 윈도우도 닿지 않는 곳에는 빗금을 쳤습니다.`,
});

function windowAlt(row: Measured): Text {
  const { name } = row;
  const unreached = unreachedOf(row);
  if (unreached === null) {
    return {
      en: `The windows of ${name} reach all of its input.`,
      ko: `${name}의 윈도우는 입력 전체에 닿습니다.`,
    };
  }
  const { text, isPadding } = unreached;
  return {
    en: `No window of ${name} reaches the end of its input: ${text.en}, ${isPadding ? 'all padding' : 'whose values are lost'}.`,
    ko: `${name}의 윈도우는 입력의 끝 ${text.ko}에 닿지 않습니다. ${isPadding ? '모두 패딩입니다.' : '그 값은 버려집니다.'}`,
  };
}

/** The part of the image that the middle number of the output depends on. */
export function fieldDrawing(
  { name, field, outputShape }: Measured,
  [, height, width]: readonly [number, number, number],
): Html {
  const seen = field === null ? { row: 0, column: 0, height, width } : fieldBox(field, outputShape);
  const part = { rows: Math.min(height, seen.height), columns: Math.min(width, seen.width) };
  const text = {
    en: `One number of ${name} sees ${part.rows}×${part.columns} of the image’s ${height}×${width}.`,
    ko: `${name}의 수 하나가 보는 영역: 이미지 ${height}×${width} 가운데 ${part.rows}×${part.columns}.`,
  };
  return drawing([height, width], text, text, [
    rect('sizes-image', { row: 0, column: 0, height, width }),
    rect('sizes-field', seen),
  ]);
}

function fieldBox(
  { size, jump, start }: NonNullable<Measured['field']>,
  [, rows, columns]: readonly number[],
): Box {
  return {
    row: start[0] + Math.floor(rows / 2) * jump[0],
    column: start[1] + Math.floor(columns / 2) * jump[1],
    height: size[0],
    width: size[1],
  };
}

function drawing(
  [height, width]: readonly [number, number],
  alt: Text,
  caption: Text,
  shapes: readonly (Html | false)[],
): Html {
  const scale = longest / Math.max(height, width);
  return html`<div class="sizes-drawing">
    <svg
      viewBox="-0.5 -0.5 ${width + 1} ${height + 1}"
      width="${Math.round(width * scale)}"
      height="${Math.round(height * scale)}"
      role="img"
      aria-label="${alt}"
    >
      <pattern
        id="sizes-hatch"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
        width="${5 / scale}"
        height="${5 / scale}"
      >
        <line class="sizes-stripe" y2="${5 / scale}" />
      </pattern>
      ${shapes}
    </svg>
    <p class="caption">${caption}</p>
  </div>`;
}

function rect(name: string, { row, column, height, width }: Box): Html {
  return html`<rect
    class="${name}"
    x="${column}"
    y="${row}"
    width="${width}"
    height="${height}"
  />`;
}
