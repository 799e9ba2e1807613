// The parts of a page that classifies pictures; the scripts of `@convbook/page/browser` make them work.
import { answersShown, nothingGiven, type Text } from '../text/index.ts';
import { html, type Html } from './html.ts';
import { hidden } from './table.ts';

/** The colours of drawings: ground and ink. */
export interface DrawingGround {
  readonly grey: number;
  readonly ink: 'bright' | 'dark';
}

/** Most pixels of a drawing's side: each pixel of the input is a whole number of these. */
const drawingSide = 280;

/** A canvas to draw on, for an input of this height and width. */
export function drawingCanvas(
  label: Text,
  { grey, ink }: DrawingGround,
  [height, width]: readonly [number, number],
): Html {
  const times = Math.max(1, Math.floor(drawingSide / Math.max(height, width)));
  return html`<canvas
    class="draw"
    width="${width * times}"
    height="${height * times}"
    data-draw
    data-ground="rgb(${grey} ${grey} ${grey})"
    data-ink="${ink === 'bright' ? '#fff' : '#000'}"
    role="img"
    aria-label="${label}"
  ></canvas>`;
}

/** Erases the drawing. */
export function clearButton(): Html {
  return html`<button type="button" data-clear>${{ en: 'Clear', ko: '지우기' }}</button>`;
}

/** The camera, which the script shows where the browser lets a page have it. */
export function cameraPart(): Html {
  return html`<div data-camera hidden>
    <video class="seen" muted playsinline hidden></video>
    <p class="try-controls">
      <button type="button" data-camera-start>${{ en: 'Camera', ko: '카메라' }}</button>
      <button type="button" data-camera-take hidden>
        ${{ en: 'Take a picture', ko: '사진 찍기' }}
      </button>
      <button type="button" data-camera-stop hidden>
        ${{ en: 'Stop the camera', ko: '카메라 끄기' }}
      </button>
      <span role="status" data-camera-said></span>
    </p>
  </div>`;
}

/** A picture as the model reads it. */
export function inputPart([height, width]: readonly [number, number]): Html {
  return html`<div>
    <p class="chart-title"><span>${{ en: 'Input', ko: '입력' }}, ${height} × ${width}</span></p>
    <canvas
      class="pixels seen"
      width="${width}"
      height="${height}"
      data-seen
      role="img"
      aria-label="${{ en: 'The input of the model', ko: '모델의 입력' }}"
    ></canvas>
  </div>`;
}

/** The answer in a line, how the picture was read, and a table of so many classes. */
export function answerPart(classes: number): Html {
  return html`<div>
    <p class="chart-title" role="status" data-answer>${nothingGiven}</p>
    <p class="note" data-reading></p>
    <table class="data answers">
      <caption class="hidden">
        ${answersCaption(classes)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${{ en: 'Class', ko: '클래스' }}</th>
          <th scope="col">${{ en: 'Probability', ko: '확률' }}</th>
          <th scope="col">${hidden({ en: 'Bar', ko: '막대' })}</th>
          <th scope="col" class="number">${{ en: 'Logit', ko: '로짓' }}</th>
        </tr>
      </thead>
      <tbody data-classes></tbody>
    </table>
  </div>`;
}

function answersCaption(classes: number): Text {
  const shown = answersShown(classes);
  if (shown === classes)
    return { en: 'Probability and logit of each class', ko: '클래스별 확률과 로짓' };
  return {
    en: `Probability and logit of the ${shown} most probable classes`,
    ko: `확률이 가장 높은 클래스 ${shown}개의 확률과 로짓`,
  };
}
