import { html, type Html } from '@convbook/page';

/** A button for beside a slider: `notebook.js` moves that to its end, a step each so many milliseconds. */
export function playButton(milliseconds: number): Html {
  return html`<button type="button" data-play="${milliseconds}">
    <span data-when="paused">${{ en: '▶ Play', ko: '▶ 재생' }}</span
    ><span data-when="playing" hidden>${{ en: '❚❚ Pause', ko: '❚❚ 멈춤' }}</span>
  </button>`;
}
