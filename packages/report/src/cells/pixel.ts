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
          en: 'Every number of a map is computed from a window of the map below. Choose a layer and a pixel, or press Play: the window slides, and the map fills. Choose a number of the window to go down to the pixel that made it, and so on to the image. All numbers are those of this model for the current image; added in float32 in the order of the kernels, they give the pixel to the last bit.',
          ko: '맵의 모든 수는 아래층 맵의 윈도우에서 계산됩니다. 층과 픽셀을 고르거나 재생을 누르면 윈도우가 움직이면서 맵이 채워집니다. 윈도우의 수를 고르면 그 값을 만든 아래층 픽셀로 내려가며, 이렇게 이미지까지 갈 수 있습니다. 모두 지금 들어 있는 이미지에 대한 이 모델의 실제 값이며, 32비트 부동소수점으로 커널과 같은 순서로 더하면 마지막 비트까지 픽셀과 같습니다.',
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
        <div data-map-choice></div>
        <div class="pixel-trail" data-trail></div>
        ${player()}
        <div class="pixel-scene" data-scene></div>
        <div class="windows" data-windows></div>
        <p class="pixel-sum" role="status" data-sum></p>
        <ol class="pixel-steps" data-steps></ol>
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

/** The buttons of the walk over the map. */
function player(): Html {
  const step = (name: string, label: Text) =>
    html`<button type="button" data-walk="${name}">${label}</button>`;
  return html`<div
    class="try-controls walk"
    data-player
    role="group"
    aria-label="${{ en: 'Walk over the map', ko: '맵을 차례로 계산' }}"
  >
    ${step('begin', { en: '⇤ First pixel', ko: '⇤ 첫 픽셀' })}
    ${step('back', { en: '← Back', ko: '← 이전' })}
    <button type="button" class="play" data-play-walk>
      <span data-when>${{ en: 'Play', ko: '재생' }}</span>
      <span data-when hidden>${{ en: 'Pause', ko: '일시정지' }}</span>
    </button>
    ${step('forward', { en: 'Next →', ko: '다음 →' })}
    ${step('fill', { en: 'Fill the map ⇥', ko: '맵 모두 채우기 ⇥' })}
    <label
      >${{ en: 'A step is', ko: '한 번에' }}
      <select data-pace>
        ${paces.map(({ value, name }) => html`<option value="${value}">${name}</option>`)}
      </select></label
    >
  </div>`;
}

const paces: readonly { value: string; name: Text }[] = [
  { value: 'pixels', name: { en: 'a pixel', ko: '픽셀 하나' } },
  { value: 'products', name: { en: 'a product', ko: '곱 하나' } },
  { value: 'rows', name: { en: 'a row', ko: '한 행' } },
];
