import { highest } from '@convbook/core';
import { formatCount, formatNumber, formatPercent, formatProbability } from '@convbook/page/text';
import { html, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { digitBytes, digitSide, digitValues, readDigits } from '../../data/digits.ts';
import { greyPicture } from '../../figure/picture.ts';
import { courseCurves, spreadCurves } from './curves.ts';
import { lookAt, untrained } from './look.ts';
import { mosaic } from './mosaic.ts';
import { firstSettings } from './settings.ts';
import type { Snapshot, State } from './state.ts';
import { hashTable } from './hash-table.ts';
import { readRecord } from './training-record.ts';

/** All of a training: where it stands, its curves, its filters, one digit, its numbers, its hashes. */
export function view(state: State, compute: Compute): Html {
  const shown = state.shown ?? untrained(state.settings);
  const record = isFirst(shown) ? readRecord(compute.data('training-record')) : null;
  return html`${standing(shown)} ${courseCurves(shown, record)} ${insides(shown, state, compute)}
  ${spreadCurves(shown)} ${hashTable(shown, record?.hashes ?? [])}`;
}

/** Whether a training is the one that the book's record has. */
const isFirst = ({ settings }: Snapshot) =>
  JSON.stringify(settings) === JSON.stringify(firstSettings);

function standing({ step, settings, course, speed, diverged }: Snapshot): Html {
  const [loss, right] = [course.losses.at(-1), course.heldOut.at(-1)];
  if (diverged !== null) {
    return html`<p class="lesson-sum train-here-standing" data-say>
      ${{
        en: `Step ${diverged} gave numbers without end: the learning rate ${settings.learningRate} is too high. Lower it.`,
        ko: `${diverged}스텝에서 수가 끝없이 커졌습니다. 학습률(${settings.learningRate})이 너무 높으니 낮추십시오.`,
      }}
    </p>`;
  }
  const facts = [
    { en: `Step ${step}`, ko: `${step}스텝` },
    loss !== undefined && { en: `loss ${formatNumber(loss)}`, ko: `손실 ${formatNumber(loss)}` },
    right && {
      en: `${formatPercent(right[1], 1)} of 500 held-out images right at step ${right[0]}`,
      ko: `평가용 500장 가운데 ${formatPercent(right[1], 1)} 맞힘(${right[0]}스텝)`,
    },
    speed !== null && {
      en: `${formatCount(Math.round(speed / 10) * 10)} images a second`,
      ko: `1초에 ${formatCount(Math.round(speed / 10) * 10)}장`,
    },
  ].filter((fact) => fact !== undefined && fact !== false);
  return html`<p class="lesson-sum train-here-standing" data-say>
    ${facts.map((fact, k) => html`${k > 0 && ' · '}${fact}`)}
  </p>`;
}

/** The filters, and what they make of the chosen digit. */
function insides(shown: Snapshot, { digit }: State, compute: Compute): Html {
  const { settings, step, parameters } = shown;
  const digits = readDigits(compute.data('held-out-digits'));
  const { maps, side, probabilities } = lookAt(compute, shown, digitBytes(digits, digit));
  const label = digits.labels[digit];
  const best = probabilities.indexOf(highest(probabilities));
  const { filters, kernelSize } = settings;
  return html`<div class="train-here-insides">
    <div>
      <p class="train-here-head">${{ en: `The ${filters} filters`, ko: `필터 ${filters}개` }}</p>
      ${mosaic(parameters.get('conv1.weight')?.data ?? new Float32Array(), {
        side: kernelSize,
        columns: 6,
        scale: 6,
        alt: {
          en: `${filters} filters after ${step} steps; ${step === 0 ? 'they are noise' : 'patches of one sign appear where they learned'}.`,
          ko: `${step}스텝 뒤의 필터 ${filters}개입니다. ${step === 0 ? '아직 무작위입니다' : '배운 필터에는 부호가 같은 덩어리가 생깁니다'}.`,
        },
      })}
    </div>
    <div>
      <p class="train-here-head">
        ${{ en: 'A digit it never trained on', ko: '학습에 쓰지 않은 숫자' }}
      </p>
      <div class="train-here-digit">
        ${greyPicture(digitValues(digits, digit), [digitSide, digitSide], {
          alt: { en: `A handwritten ${label}`, ko: `손으로 쓴 ${label}` },
          scale: 4,
        })}
        ${bars(probabilities, label, best)}
      </div>
    </div>
    <div>
      <p class="train-here-head">
        ${{ en: 'Its activation maps, one a filter', ko: '필터마다 하나인 활성화 맵' }}
      </p>
      ${mosaic(maps, {
        side,
        columns: 6,
        scale: 2,
        alt: {
          en: `${filters} activation maps of the ${label} after ${step} steps.`,
          ko: `${step}스텝 뒤에 숫자 ${label}에서 나온 활성화 맵 ${filters}개입니다.`,
        },
      })}
    </div>
  </div>`;
}

function bars(probabilities: readonly number[], label: number, best: number): Html {
  return html`<table class="train-here-bars">
    <caption>
      ${{
        en: `It says ${best}; it is a ${label}.`,
        ko: `예측 ${best} / 정답 ${label}`,
      }}
    </caption>
    <tbody>
      ${probabilities.map(
        (probability, digit) =>
          html`<tr class="${digit === label && 'right'}">
            <th scope="row">${digit}</th>
            <td>
              <span class="train-here-bar" style="--share:${probability.toFixed(3)}"></span>
            </td>
            <td class="number">${formatProbability(probability)}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}
