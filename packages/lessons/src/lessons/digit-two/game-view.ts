import { formatCount, formatNumber, html, type Html, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';
import { pixelsOf, side, type Digit } from './digits.ts';
import { filterSide } from './filters.ts';
import { afterPooling, afterRelu, answerText } from './map-words.ts';
import { mapsOf, type Maps } from './maps.ts';
import { bestChange, bestFilter, filterCount, type Best, type Game } from './search.ts';

export interface GameState extends Game {
  /** Nine, each −1, 0 or 1. */
  readonly weights: readonly number[];
  readonly help: string;
  /** The weight that was changed last or that keys stand on. */
  readonly cursor: { readonly row: number; readonly column: number } | null;
}

/** A filter, what it makes of two digits, and how well it tells them apart. */
export function gameView(state: GameState, compute: Compute): Html {
  const { found, other, weights, cursor } = state;
  const [own, others] = [found, other].map(
    (digit) => mapsOf(compute, pixelsOf(digit), [weights], state.bias)[0],
  );
  return html`<div class="digit-two-game">
      <div>
        ${grid({
          caption: { en: 'Your filter: press a weight', ko: '내 필터: 가중치를 누르십시오' },
          part: 'own',
          label: {
            en: 'Weights of your filter; arrow keys move, Enter changes a weight',
            ko: '내 필터의 가중치. 화살표 키로 옮기고 Enter 키로 바꿉니다',
          },
          rows: toRows(weights, filterSide),
          chosen: cursor,
        })}
        ${state.help === 'best' && bestGrid(bestOf(state, compute))}
      </div>
      <div>${digitRow(found, own)} ${digitRow(other, others)}</div>
    </div>
    <div data-say>
      <p class="lesson-sum">${scoreText(state, own.answer, others.answer)}</p>
      ${state.help === 'hint' && hint(state, compute)}
      ${state.help === 'best' && bestText(bestOf(state, compute))}
    </div>`;
}

function digitRow(digit: Digit, { active, pooled, answer }: Maps): Html {
  return html`<p class="digit-two-name">
      <b>${{ en: `the ${digit}`, ko: `숫자 ${digit}` }}</b>${answerText(answer)}
    </p>
    <div class="digit-two-maps">
      ${grid({
        caption: { en: 'Digit', ko: '숫자' },
        rows: toRows(pixelsOf(digit), side),
      })}
      ${grid({ caption: afterRelu, rows: active })} ${grid({ caption: afterPooling, rows: pooled })}
    </div>`;
}

function scoreText({ found, other }: GameState, own: number, others: number): Text {
  const score = formatNumber(own - others);
  const sum = `${formatNumber(own)} − ${formatNumber(others)} = ${score}`;
  return {
    en: `Score: the answer to the ${found} less the answer to the ${other}, ${sum}.`,
    ko: `점수: 숫자 ${found}의 반응에서 숫자 ${other}의 반응을 뺀 값, ${sum}점.`,
  };
}

function hint(state: GameState, compute: Compute): Html {
  const change = bestChange(compute.module, state, state.weights);
  if (change === null) {
    return html`<p>
      ${{
        en: 'Hint: no change of a single weight raises the score. A better filter, if there is one, needs two changes at once.',
        ko: '힌트: 가중치 하나만 바꾸어서는 점수가 오르지 않습니다. 더 나은 필터가 있다면 둘 이상을 함께 바꾸어야 합니다.',
      }}
    </p>`;
  }
  const [row, column] = [Math.floor(change.at / filterSide) + 1, (change.at % filterSide) + 1];
  const [value, score] = [formatNumber(change.value), formatNumber(change.score)];
  return html`<p>
    ${{
      en: `Hint: set row ${row}, column ${column} to ${value}; the score becomes ${score}.`,
      ko: `힌트: ${row}행 ${column}열의 가중치를 바꾸어 보십시오. 값이 ${value}이면 ${score}점입니다.`,
    }}
  </p>`;
}

const bestOf = (state: GameState, { module }: Compute) => bestFilter(module, state);

function bestGrid({ weights, score }: Best): Html {
  const points = formatNumber(score);
  return grid({
    caption: { en: `A best filter, score ${points}`, ko: `가장 좋은 필터, ${points}점` },
    rows: toRows(weights, filterSide),
  });
}

function bestText({ score, count }: Best): Html {
  const [all, equal, points] = [formatCount(filterCount), formatCount(count), formatNumber(score)];
  return html`<p>
    ${{
      en: `All ${all} filters of the weights −1, 0 and 1 were tried with this bias: the highest score is ${points}, and ${equal} of them reach it.`,
      ko: `가중치가 −1, 0, 1인 필터 ${all}개를 이 편향으로 모두 시험한 결과, 최고점은 ${points}점이고 이 점수를 얻는 필터는 ${equal}개입니다.`,
    }}
  </p>`;
}
