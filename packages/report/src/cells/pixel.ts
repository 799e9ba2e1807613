import { html } from '../html.ts';
import { canExplain } from '../live/explain-pixel.ts';
import type { Cell } from './cell.ts';
import { tryItCell } from './try-it.ts';

/** One number of a map taken apart: window, kernel, products, bias, sum. */
export const pixelCell: Cell = {
  id: 'pixel',
  title: 'How was this pixel computed?',
  async render(run, live, networks) {
    if (live === null || (await tryItCell.render(run, live, networks)) === null) return null;
    const layers = live.trained.model.layers.filter(canExplain);
    if (layers.length === 0) return null;
    return html`<p>
        Choose a layer, one of its maps and a pixel, or click a map of the cell above. What stands
        under the window are the real numbers of this model for the image that is in it: each input
        times its weight, and the bias; their sum, in 32-bit floats and in the order of the kernels,
        is the pixel, to the last bit. An activation that follows, such as ReLU, comes after it.
      </p>
      <div class="pixel wide" data-pixel hidden>
        <p class="try-controls">
          <label
            >Layer
            <select data-layer>
              ${layers.map(({ name }) => html`<option value="${name}">${name}</option>`)}
            </select></label
          >
          <label>Map <input type="number" min="1" value="1" data-map /></label>
          <label>Row <input type="number" min="1" value="1" data-row /></label>
          <label>Column <input type="number" min="1" value="1" data-column /></label>
        </p>
        <p class="pixel-sum" role="status" data-sum></p>
        <div class="windows" data-windows></div>
      </div>
      <p class="note" data-unavailable>
        This part computes while you look at it and needs JavaScript with WebAssembly.
      </p>`;
  },
};
