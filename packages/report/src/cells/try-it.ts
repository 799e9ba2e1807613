import { html, type Html } from '../html.ts';
import { liveSamples, payloadElement } from '../live/payload.ts';
import type { Cell } from './cell.ts';

/** The model at work in the page: an image in, probabilities and every layer's maps out. */
export const tryItCell: Cell = {
  id: 'try-it',
  title: 'Try it',
  render(run, live) {
    if (live === null) return null;
    const [channels, height, width] = live.trained.model.input;
    if (width === undefined || (channels !== 1 && channels !== 3)) return null;
    const draws = channels === 1 && height === 28 && width === 28;
    const names = run.record.data.classNames;
    return html`<p>
        The trained model is inside this page and runs on the kernels it was trained with.
        ${draws ? 'Draw a digit: it is centred and scaled as MNIST’s were.' : 'Give it an image: it is scaled to the size of the input.'}
        Watch how each layer’s maps follow: strokes first, then what the strokes have in common. A
        probability near 100% for a scribble would be bad, and is usual: the model must choose one
        of its classes and has never seen anything else.
      </p>
      <div class="try-it wide" data-live hidden>
        <div class="try-input">
          ${draws && drawing()}
          <p class="try-controls">
            ${draws && html`<button type="button" data-clear>Clear</button>`}
            ${sampleChoice(liveSamples(run).length, names, run)}
            <label class="file"
              >Image file, or drop one here <input type="file" accept="image/*" data-file
            /></label>
          </p>
          <p class="try-controls" role="group" aria-label="Shift the image">
            Shift
            <button type="button" data-shift="-1,0" aria-label="left">←</button>
            <button type="button" data-shift="1,0" aria-label="right">→</button>
            <button type="button" data-shift="0,-1" aria-label="up">↑</button>
            <button type="button" data-shift="0,1" aria-label="down">↓</button>
          </p>
        </div>
        <div>
          <p class="chart-title">Input, ${height} × ${width}</p>
          <canvas
            class="pixels seen"
            width="${width}"
            height="${height}"
            data-seen
            role="img"
            aria-label="The input of the model"
          ></canvas>
        </div>
        <div>
          <p class="chart-title" role="status" data-answer>Nothing drawn yet</p>
          <table class="data answers">
            <caption class="hidden">
              <span>Probability and logit of each class</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">Class</th>
                <th scope="col">Probability</th>
                <th scope="col"><span class="hidden">Bar</span></th>
                <th scope="col" class="number">Logit</th>
              </tr>
            </thead>
            <tbody data-classes></tbody>
          </table>
        </div>
      </div>
      <div class="wide" data-maps hidden></div>
      <p class="note" data-unavailable>
        This part computes while you look at it and needs JavaScript with WebAssembly.
      </p>
      ${payloadElement(run, live)}`;
  },
};

function drawing(): Html {
  return html`<canvas
    class="draw"
    width="280"
    height="280"
    data-draw
    role="img"
    aria-label="Draw a digit here with mouse or finger; with the keyboard choose a test image instead"
  ></canvas>`;
}

function sampleChoice(count: number, names: readonly string[], run: Parameters<Cell['render']>[0]) {
  if (count === 0) return null;
  return html`<label
    >Test image
    <select data-sample>
      <option value="">choose</option>
      ${liveSamples(run).map(
        ({ index, label }, k) =>
          html`<option value="${k}">#${index}, label ${names[label]}</option>`,
      )}
    </select></label
  >`;
}
