import {
  answerPart,
  cameraPart,
  clearButton,
  drawingCanvas,
  formatCount,
  formatPercent,
  html,
  inputPart,
  type Html,
  type Text,
} from '@convbook/page';
import { whatToDraw } from '@convbook/page/text';
import type { RunRecord } from '@convbook/run';
import type { ModelDescription } from '@convbook/runtime';

/** Largest side of an input that is drawn on: its pixels are as large as a pen. */
const mostDrawn = 32;

/** The text about the model: a heading, its classes, how good it is, and for what. */
export function pageBody(record: RunRecord, described: ModelDescription, data: Html): Html {
  const { classNames, imageShape, pictures } = described;
  const [channels, height, width] = imageShape;
  const isDrawn =
    channels === 1 && pictures.ground !== null && Math.max(height, width) <= mostDrawn;
  return html`<div class="classifier">
    <header>
      <p class="kicker">Convbook</p>
      <h1>${pageTitle(record)}</h1>
      <p class="lead">${leadText(described, isDrawn)}</p>
    </header>
    <main id="content">
      <p class="note" data-unavailable role="status">
        ${{
          en: 'This page computes on your device: open it in a browser that allows JavaScript and WebAssembly.',
          ko: '이 페이지는 사용자의 기기에서 계산합니다. JavaScript와 WebAssembly를 허용하는 브라우저에서 여십시오.',
        }}
      </p>
      <div class="try-it" data-live hidden>
        <div class="try-input">
          ${isDrawn && drawingPart(described)} ${fileField()} ${cameraPart()}
        </div>
        ${inputPart([height, width])} ${answerPart(classNames.length)}
      </div>
      ${aboutPart(record)}
    </main>
    ${data}
  </div>`;
}

/** The page's name. */
export function pageTitle({ model, data }: RunRecord): Text {
  const name = `${data.name} · ${model.name}`;
  return { en: `Classifier: ${name}`, ko: `분류기: ${name}` };
}

/** Most classes that the first sentence names. */
const mostNames = 12;

function leadText({ classNames }: ModelDescription, isDrawn: boolean): Text {
  const count = formatCount(classNames.length);
  const names = classNames.slice(0, mostNames).join(', ');
  const more = classNames.length > mostNames ? ' …' : '';
  return isDrawn
    ? {
        en: `Draw something or give a picture; the model tells which of ${count} classes it is: ${names}${more}`,
        ko: `그림을 그리거나 이미지를 넣으면 모델이 클래스 ${count}개 가운데 하나를 고릅니다: ${names}${more}`,
      }
    : {
        en: `Give a picture; the model tells which of ${count} classes it is: ${names}${more}`,
        ko: `이미지를 넣으면 모델이 클래스 ${count}개 가운데 하나를 고릅니다: ${names}${more}`,
      };
}

function drawingPart({ classNames, imageShape, pictures }: ModelDescription): Html | null {
  if (pictures.ground === null) return null;
  const what = whatToDraw(classNames, pictures);
  const label = {
    en: `Draw ${what.en} here with the mouse or a finger; with the keyboard, choose or paste a picture instead`,
    ko: `마우스나 손가락으로 여기에 ${what.ko} 그리십시오. 키보드를 쓴다면 이미지를 고르거나 붙여 넣을 수 있습니다`,
  };
  const [, height, width] = imageShape;
  return html`${drawingCanvas(label, pictures.ground, [height, width])}
    <p class="try-controls">${clearButton()}</p>`;
}

function fileField(): Html {
  return html`<p class="drop">
    <label class="choose"
      >${{ en: 'Choose a picture', ko: '이미지 고르기' }}
      <input type="file" accept="image/*" data-file
    /></label>
    ${{
      en: 'or drop it on this page, or paste it',
      ko: '또는 이 페이지에 끌어다 놓거나 붙여 넣으십시오',
    }}
  </p>`;
}

function aboutPart({ model, data, result }: RunRecord): Html {
  return html`<section class="about" aria-labelledby="about">
    <h2 id="about">${{ en: 'About this model', ko: '이 모델에 대하여' }}</h2>
    <p>
      ${{
        en: `Model ${model.name}, trained on ${formatCount(data.trainSamples)} images of ${data.name}.`,
        ko: `모델 ${model.name}: ${data.name}의 이미지 ${formatCount(data.trainSamples)}장으로 학습했습니다.`,
      }}
      ${
        result && {
          en: `Test accuracy ${formatPercent(result.testAccuracy)}: it classifies ${formatCount(result.testCorrect)} of ${formatCount(result.testSamples)} test images correctly.`,
          ko: `시험 정확도 ${formatPercent(result.testAccuracy)}: 시험 이미지 ${formatCount(result.testSamples)}장 가운데 ${formatCount(result.testCorrect)}장을 맞혔습니다.`,
        }
      }
    </p>
    <p>
      ${{
        en: 'The test images come from the same data set; for other pictures the accuracy may be much lower. The model picks one of its classes even for a picture of something else, and a high probability does not make an answer right. Do not rely on it where a mistake does harm.',
        ko: '시험 이미지는 같은 데이터에서 왔으므로, 다른 이미지에서는 정확도가 훨씬 낮을 수 있습니다. 이미지에 무엇이 있든 클래스 가운데 하나를 고르며, 확률이 높다고 답이 맞는 것은 아닙니다. 틀리면 해가 되는 일에는 쓰지 마십시오.',
      }}
    </p>
    <p>
      ${{
        en: 'The page works offline: pictures stay on this device.',
        ko: '이 페이지는 오프라인에서 작동하며, 이미지는 이 기기를 떠나지 않습니다.',
      }}
    </p>
  </section>`;
}
