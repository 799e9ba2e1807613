import { html, type Html, type Text } from '@convbook/page';

/** A slider over some moments, at the last of them, and a button that plays them, `milliseconds` each. */
export function playControls(moments: number, milliseconds: number, name: Text): Html {
  const last = moments - 1;
  return html`<p class="play-controls">
    ${playButton(milliseconds)}
    <input type="range" min="0" max="${last}" value="${last}" step="1" aria-label="${name}" />
  </p>`;
}

/** `notebook.js` moves the slider beside it to its end. */
function playButton(milliseconds: number): Html {
  return html`<button type="button" data-play="${milliseconds}">
    <span data-when="paused">${{ en: '▶ Play', ko: '▶ 재생' }}</span
    ><span data-when="playing" hidden>${{ en: '❚❚ Pause', ko: '❚❚ 멈춤' }}</span>
  </button>`;
}
