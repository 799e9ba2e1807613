// The test images that one chooses: what the script of `live/mistakes.ts` fills and shows.
import { formatCount, html, type Html, type HtmlValue, type Text } from '@convbook/page';
import type { ImageChoice, ImageOrder } from '../live/image-choice.ts';

/**
 * Fields to choose by, a place for the images, and the download of all predictions; hidden until the script has
 * begun.
 *
 * @param count Images in the test set.
 */
export function imageBrowser(count: number, shown: ImageChoice['shown']): Html {
  return html`<div class="image-browser wide" data-image-browser hidden>
    <form class="try-controls" id="image-choice" aria-label="${choose}">
      ${choiceOf({ en: 'Show', ko: '보기' }, 'shown', options(kinds, shown))}
      ${choiceOf({ en: 'Order', ko: '정렬' }, 'order', options(orders, 'worst'))}
      ${choiceOf({ en: 'Label', ko: '정답' }, 'label', any)}
      ${choiceOf({ en: 'Prediction', ko: '예측' }, 'prediction', any)}
      <label
        >${{ en: 'Number', ko: '번호' }}
        <input type="search" name="numbers" inputmode="numeric" size="6" placeholder="#"
      /></label>
      <button type="reset">${{ en: 'Reset', ko: '초기화' }}</button>
      ${confidence()}
    </form>
    <p class="note restricted" data-restricted hidden>
      <span data-restricted-count></span>
      <button type="button" data-unrestrict>
        ${{ en: 'Show all again', ko: '다시 전체 보기' }}
      </button>
    </p>
    <p class="matches" role="status" data-matches></p>
    <div class="mistakes" data-image-list data-matching></div>
    ${pages()} ${download(count)}
  </div>`;
}

const choose: Text = { en: 'Choose test images', ko: '시험 이미지 고르기' };

const kinds: Readonly<Record<ImageChoice['shown'], Text>> = {
  wrong: { en: 'mistakes', ko: '틀린 예측' },
  right: { en: 'right answers', ko: '맞은 예측' },
  all: { en: 'all test images', ko: '시험 이미지 전체' },
};

const orders: Readonly<Record<ImageOrder, Text>> = {
  worst: { en: 'least probable label first', ko: '정답의 확률이 낮은 순' },
  confident: { en: 'most confident first', ko: '예측의 확률이 높은 순' },
  unsure: { en: 'least confident first', ko: '예측의 확률이 낮은 순' },
  number: { en: 'by number', ko: '번호순' },
};

/** The script adds a line for each class. */
const any = html`<option value="">${{ en: 'any', ko: '모두' }}</option>`;

function options(texts: Readonly<Record<string, Text>>, chosen: string): Html[] {
  return Object.entries(texts).map(
    ([value, text]) =>
      html`<option value="${value}" ${value === chosen && 'selected'}>${text}</option>`,
  );
}

function choiceOf(label: Text, name: string, content: HtmlValue): Html {
  return html`<label
    >${label}
    <select name="${name}">
      ${content}
    </select></label
  > `;
}

/** Two sliders over the probability of the prediction, in percent. */
function confidence(): Html {
  const slider = (name: string, value: number, label: Text) =>
    html`<label
      >${label}
      <input type="range" name="${name}" min="0" max="100" value="${value}" />
      <output data-percent="${name}">${value}%</output></label
    >`;
  return html`<fieldset class="confidence">
    <legend>${{ en: 'Probability of the prediction', ko: '예측의 확률' }}</legend>
    ${slider('from', 0, { en: 'from', ko: '최소' })} ${slider('to', 100, { en: 'to', ko: '최대' })}
  </fieldset>`;
}

function pages(): Html {
  return html`<p class="try-controls pages" data-pages>
    <button type="button" data-list-back>${{ en: '← Previous', ko: '← 이전' }}</button>
    <label
      >${{ en: 'Page', ko: '쪽' }}
      <input type="number" form="image-choice" name="page" min="1" value="1"
    /></label>
    <span data-page-count></span>
    <button type="button" data-list-on>${{ en: 'Next →', ko: '다음 →' }}</button>
  </p>`;
}

function download(count: number): Html {
  return html`<p class="attribution left-out" data-left-out hidden></p>
    <p class="try-controls csv">
      <button type="button" data-csv>
        ${{ en: 'Download all predictions (CSV)', ko: '모든 예측 내려받기(CSV)' }}
      </button>
      ${{
        en: `A line for each of the ${formatCount(count)} test images: number, label, prediction, probabilities.`,
        ko: `시험 이미지 ${formatCount(count)}장의 번호, 정답, 예측, 확률을 한 줄씩 담았습니다.`,
      }}
    </p>`;
}
