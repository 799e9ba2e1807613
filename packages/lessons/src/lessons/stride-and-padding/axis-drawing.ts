// One axis of an input as a strip of places: padding, input, and under it where the filter lies.
import { html, type Html } from '@convbook/page/markup';
import { sizeOf, type Axis } from './sizes.ts';

const width = 480;
const bar = 7;
const top = 22;

export function axisDrawing(axis: Axis): Html {
  const { size, filter, stride, padding } = axis;
  const found = sizeOf(axis);
  const [outputs, dropped] = typeof found === 'string' ? [0, 0] : [found.outputs, found.dropped];
  const padded = size + 2 * padding;
  const cell = Math.min(44, width / padded);
  // Windows that overlap lie in different lanes.
  const lanes = Math.ceil(filter / stride);
  const height = top + cell + lanes * bar + 10;
  const places = [...Array(padded).keys()];
  const kindOf = (place: number) => {
    if (place >= padded - dropped) return 'dropped';
    return place < padding || place >= padding + size ? 'padding' : 'input';
  };
  return html`<svg
    class="stride-axis"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${altOf(axis, outputs, dropped)}"
  >
    ${places.map(
      (place) =>
        html`<rect
          class="${kindOf(place)}"
          x="${(place * cell + 1).toFixed(1)}"
          y="${top}"
          width="${(cell - 2).toFixed(1)}"
          height="${(cell - 2).toFixed(1)}"
        />`,
    )}
    ${padding > 0 && spanText(0, padding * cell, 'P')}
    ${spanText(padding * cell, (padding + size) * cell, `H = ${size}`)}
    ${padding > 0 && spanText((padding + size) * cell, padded * cell, 'P')}
    ${[...Array(outputs).keys()].map(
      (window) =>
        html`<rect
          class="place"
          x="${(window * stride * cell + 2).toFixed(1)}"
          y="${(top + cell + 4 + (window % lanes) * bar).toFixed(1)}"
          width="${(filter * cell - 4).toFixed(1)}"
          height="${bar - 3}"
        />`,
    )}
  </svg>`;
}

function spanText(from: number, to: number, text: string): Html {
  return html`<text x="${((from + to) / 2).toFixed(1)}" y="${top - 7}" text-anchor="middle"
    >${text}</text
  >`;
}

function altOf({ size, filter, padding }: Axis, outputs: number, dropped: number) {
  const padded = size + 2 * padding;
  return {
    en: `${size} places padded to ${padded}: the filter of ${filter} has ${outputs} places, and ${dropped} at the end are not reached`,
    ko: `${size}칸을 패딩하여 ${padded}칸이 되었습니다. 크기 ${filter}인 필터가 놓이는 자리는 ${outputs}곳이고, 끝의 ${dropped}칸은 쓰이지 않습니다`,
  };
}
