import {
  answerPart,
  cameraPart,
  clearButton,
  drawingCanvas,
  html,
  inputPart,
  type Html,
  type Text,
} from '@convbook/page';
import { whatToDraw } from '@convbook/page/text';
import { picturesOf } from '@convbook/run';
import { choosableImages, payloadElement } from '../live/payload.ts';
import type { Cell } from './cell.ts';
import { canCarryModel, weightsLeftOut } from './weights-left-out.ts';

/** The model at work in the page: an image in, probabilities and every layer's maps out. */
export const tryItCell: Cell = {
  id: 'try-it',
  title: { en: 'Try it', ko: '직접 해 보기' },
  async render(run, live) {
    const [, height, width] = run.record.model.input;
    if (!canCarryModel(run)) return null;
    if (live === null) return weightsLeftOut(run, whatIsHere);
    const names = run.record.data.classNames;
    const pictures = picturesOf(run.record.data);
    const { ground } = pictures;
    const what = whatToDraw(names, pictures);
    const chosen = choosableImages(run);
    const labels = run.evaluation?.labels ?? [];
    return html`<p>
        ${{
          en: 'The trained model is inside this page and runs on the kernels it was trained with.',
          ko: '학습된 모델이 이 페이지 안에 있으며, 학습에 쓴 것과 같은 커널로 계산합니다.',
        }}
        ${
          ground === null
            ? {
                en: 'Give it an image: it is scaled to the size of the input.',
                ko: '이미지를 넣어 보십시오. 입력의 크기에 맞게 조절합니다.',
              }
            : {
                en: `Draw ${what.en}, or give it an image: it is read as the images of the data set were made.`,
                ko: `${what.ko} 그리거나 이미지를 넣어 보십시오. 데이터의 이미지를 만든 방법대로 읽습니다.`,
              }
        }
        ${ground === null ? whatToWatch.given : whatToWatch.drawn}
      </p>
      <div class="try-it wide" data-live hidden>
        <div class="try-input">
          ${ground !== null && drawingCanvas(drawingLabel(what), ground, [height, width])}
          <p class="try-controls">
            ${ground !== null && clearButton()} ${sampleChoice(chosen, labels, names)}
            <label class="file"
              >${{ en: 'Image file, or drop one here', ko: '이미지 파일(여기에 끌어다 놓아도 됨)' }}
              <input type="file" accept="image/*" data-file
            /></label>
          </p>
          ${cameraPart()}
          <p
            class="try-controls"
            role="group"
            aria-label="${{ en: 'Shift the image', ko: '이미지 옮기기' }}"
          >
            ${{ en: 'Shift', ko: '옮기기' }}
            ${shifts.map(
              ({ by, sign, name }) =>
                html`<button type="button" data-shift="${by}" aria-label="${name}">
                  ${sign}
                </button> `,
            )}
          </p>
        </div>
        ${inputPart([height, width])} ${answerPart(names.length)}
      </div>
      <details class="fold wide" data-explain-fold hidden>
        <summary>
          ${{
            en: 'Why? Gradient and Grad-CAM of this image, trained and random',
            ko: '왜 그렇게 예측했는가? 이 이미지의 기울기와 Grad-CAM, 무작위 가중치와 비교',
          }}
        </summary>
      </details>
      <div class="wide" data-maps hidden></div>
      ${unavailable()} ${await payloadElement(live, run, chosen)}`;
  },
};

const whatIsHere: Text = {
  en: 'Here one draws, or gives an image, and sees what the model answers.',
  ko: '여기서는 그림을 그리거나 이미지를 넣고 모델의 답을 볼 수 있습니다.',
};

const whatToWatch: Readonly<Record<'drawn' | 'given', Text>> = {
  drawn: {
    en: 'Watch how each layer’s maps follow. Then try a scribble: the model must choose one of its classes and has never seen anything else, so do not trust a probability near 100% by itself.',
    ko: '층마다 맵이 어떻게 따라 변하는지 보십시오. 낙서도 해 보십시오. 모델은 클래스 가운데 하나를 골라야 하고 다른 것은 본 적이 없으므로, 확률이 100%에 가깝다는 것만으로 믿지 마십시오.',
  },
  given: {
    en: 'Watch how each layer’s maps follow. Then try an image of something else: the model must choose one of its classes and has never seen anything else, so do not trust a probability near 100% by itself.',
    ko: '층마다 맵이 어떻게 따라 변하는지 보십시오. 전혀 다른 이미지도 넣어 보십시오. 모델은 클래스 가운데 하나를 골라야 하고 다른 것은 본 적이 없으므로, 확률이 100%에 가깝다는 것만으로 믿지 마십시오.',
  },
};

const shifts: readonly { by: string; sign: string; name: Text }[] = [
  { by: '-1,0', sign: '←', name: { en: 'left', ko: '왼쪽' } },
  { by: '1,0', sign: '→', name: { en: 'right', ko: '오른쪽' } },
  { by: '0,-1', sign: '↑', name: { en: 'up', ko: '위' } },
  { by: '0,1', sign: '↓', name: { en: 'down', ko: '아래' } },
];

/** The note in place of a part that needs a script, until the script has begun. */
export function unavailable(): Html {
  return html`<p class="note" data-unavailable>
    ${{
      en: 'This part computes while you look at it and needs JavaScript with WebAssembly.',
      ko: '이 부분은 보는 동안 계산하므로 WebAssembly를 지원하는 JavaScript가 필요합니다.',
    }}
  </p>`;
}

/** The label of the canvas to draw on. */
function drawingLabel(what: Text): Text {
  return {
    en: `Draw ${what.en} here with the mouse or a finger; with the keyboard, choose a test image instead`,
    ko: `마우스나 손가락으로 여기에 ${what.ko} 그리십시오. 키보드를 쓴다면 시험 이미지를 고를 수 있습니다`,
  };
}

function sampleChoice(
  chosen: readonly number[],
  labels: ArrayLike<number>,
  names: readonly string[],
): Html | null {
  if (chosen.length === 0) return null;
  return html`<label
    >${{ en: 'Test image', ko: '시험 이미지' }}
    <select data-sample>
      <option value="">${{ en: 'choose', ko: '고르기' }}</option>
      ${chosen.map((index) => {
        const label = names[labels[index]];
        const name = { en: `#${index}, label ${label}`, ko: `#${index}, 정답 ${label}` };
        return html`<option value="${index}">${name}</option>`;
      })}
    </select></label
  >`;
}
