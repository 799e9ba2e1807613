// The part of a notebook that shows one test image from everywhere; the page's script fills it.
import { html, raw, type Html, type Text } from '@convbook/page';
import type { Run } from '@convbook/run';
import type { LiveParts } from '../live/live-parts.ts';
import { canCarryModel, weightsLeftOut } from './weights-left-out.ts';

/** The dialog, closed; null where the run has no answers to test images yet. */
export function inspectorDialog(run: Run, live: LiveParts | null): Html | null {
  const { evaluation, samples } = run;
  if (evaluation === null || samples?.shape.length !== 3) return null;
  return html`<dialog class="inspector" aria-labelledby="inspected">
    <div class="inspector-bar">
      <h2 id="inspected" tabindex="-1" data-inspected></h2>
      <p data-place></p>
      ${arrow('previous', '←', { en: 'Previous image', ko: '이전 이미지' })}
      ${arrow('next', '→', { en: 'Next image', ko: '다음 이미지' })}
      ${button('copy-link', { en: 'Copy link', ko: '링크 복사' })}
      ${button('close', { en: 'Close', ko: '닫기' })}
      <p class="hidden" role="status" data-copied></p>
    </div>
    <p class="note" data-missing hidden></p>
    <div class="inspector-body" data-found>
      <div>
        <canvas class="pixels seen" role="img" data-large></canvas>
        <p class="inspector-answer" data-said></p>
        <p class="try-controls" data-leads hidden>
          ${button('try', { en: 'Send to Try it', ko: '직접 해 보기로 보내기' })}
          ${button('explain-pixel', { en: 'Explain a pixel', ko: '픽셀 계산 과정 보기' })}
        </p>
      </div>
      <table class="data answers">
        <caption>
          ${{ en: 'Probability of each class', ko: '클래스별 확률' }}
        </caption>
        <tbody data-probabilities></tbody>
      </table>
    </div>
    ${live !== null && canCarryModel(run) ? whenLive : leftOut(run)}
  </dialog>`;
}

function button(name: string, text: Text): Html {
  return html`<button type="button" ${raw(`data-${name}`)}>${text}</button> `;
}

function arrow(name: string, sign: string, text: Text): Html {
  return html`<button type="button" ${raw(`data-${name}`)} aria-label="${text}">${sign}</button> `;
}

const whatIsHere: Text = {
  en: 'Here the image’s maps in every layer and what the prediction is based on are computed.',
  ko: '여기서는 모든 층의 맵과 예측의 근거를 계산해 볼 수 있습니다.',
};

function leftOut(run: Run): Html {
  const note =
    (canCarryModel(run) ? weightsLeftOut(run, whatIsHere) : null) ??
    html`<p class="note">${noModel}</p>`;
  return html`<div class="inspector-part">${note}</div>`;
}

const noModel: Text = {
  en: 'This page was made without the model: maps of this image cannot be computed here.',
  ko: '이 페이지에는 모델이 없어서 이 이미지의 맵을 계산할 수 없습니다.',
};

const whenLive = html`<div class="inspector-part" data-live-part>
    <h3>${{ en: 'What the prediction is based on', ko: '예측의 근거' }}</h3>
    <div data-why></div>
  </div>
  <div class="inspector-part" data-live-part>
    <h3>${{ en: 'Its maps in every layer', ko: '층마다의 맵' }}</h3>
    <div data-every-layer></div>
  </div>`;
