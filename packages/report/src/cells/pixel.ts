import { html, raw, type Html, type Text } from '@convbook/page';
import { isSum } from '../live/explain-pixel.ts';
import { canShow, shownLayers } from '../live/shown-layers.ts';
import type { Cell } from './cell.ts';
import { tryItCell, unavailable } from './try-it.ts';
import { weightsLeftOut } from './weights-left-out.ts';

/** One number of a map taken apart: window, kernel, products, bias, sum. */
export const pixelCell: Cell = {
  id: 'pixel',
  title: { en: 'How was this pixel computed?', ko: '이 픽셀은 어떻게 계산되었는가?' },
  async render(run, live, networks) {
    if ((await tryItCell.render(run, live, networks)) === null) return null;
    if (live === null) return weightsLeftOut(run, whatIsHere);
    const layers = shownLayers(live.trained.model.layers).filter(canShow);
    const hasSums = layers.some(({ layer }) => isSum(layer));
    if (layers.length === 0) return null;
    return html`<p>
        ${{
          en: 'Choose a layer, one of its maps and a pixel: here, or on a map in the cell above. The pictures show which part of the image the pixel sees, the window that its layer reads, and the pixel on its map. Below are the actual numbers of this model for the current image: each input times its weight, and the bias. Added as 32-bit floats in the order of the kernels, they give the pixel, to the last bit. Then come the steps that follow, such as ReLU and pooling.',
          ko: '여기에서, 또는 위 셀의 맵에서 층과 맵과 픽셀을 고르십시오. 그림은 픽셀의 수용 영역, 층이 읽는 윈도우, 맵 위의 픽셀 위치를 차례로 나타냅니다. 그 아래의 수는 지금 들어 있는 이미지에 대한 이 모델의 실제 값, 곧 입력마다 가중치를 곱한 값과 편향입니다. 이들을 32비트 부동소수점으로 커널과 같은 순서로 더하면 마지막 비트까지 픽셀과 같습니다. 이어서 ReLU와 풀링처럼 뒤따르는 단계가 나옵니다.',
        }}
        ${
          hasSums && {
            en: 'A pixel of a residual block is one addition: what its layers give, plus what its shortcut adds.',
            ko: '잔차 블록의 픽셀은 덧셈 하나, 곧 안의 층들의 출력에 지름길의 값을 더한 것입니다.',
          }
        }
      </p>
      <div class="pixel wide" data-pixel hidden>
        <p class="try-controls">
          <label
            >${{ en: 'Layer', ko: '층' }}
            <select data-layer>
              ${layers.map(({ layer: { name } }) => html`<option value="${name}">${name}</option>`)}
            </select></label
          >
          ${place('map', { en: 'Map', ko: '맵' })} ${place('row', { en: 'Row', ko: '행' })}
          ${place('column', { en: 'Column', ko: '열' })}
        </p>
        <div class="pixel-scene" data-scene></div>
        <p class="pixel-sum" role="status" data-sum></p>
        <ol class="pixel-steps" data-steps></ol>
        <div class="windows" data-windows></div>
      </div>
      ${unavailable()}`;
  },
};

const whatIsHere: Text = {
  en: 'Here any number of a map is taken apart into products, bias and sum.',
  ko: '여기서는 맵의 수 하나를 곱과 편향과 합으로 풀어 볼 수 있습니다.',
};

function place(name: 'map' | 'row' | 'column', label: Text): Html {
  const field = html`<input type="number" min="1" value="1" ${raw(`data-${name}`)} />`;
  return name === 'map'
    ? html`<label><span data-map-name>${label}</span> ${field}</label>`
    : html`<label data-for-maps>${label} ${field}</label>`;
}
