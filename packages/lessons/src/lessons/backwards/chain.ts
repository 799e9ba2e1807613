// The chain rule for one number: the gradients that come back to it, each times what it is multiplied by on the way.
import type { Text } from '@convbook/page/markup';
import { cellAt, type Area } from '../../figure/rows.ts';
import { inBrackets } from '../../figure/written-sum.ts';
import { classes, mapSide, pooledSide, type Part, type Pass } from './network.ts';
import { area, around, placesBefore, winnerOf } from './windows.ts';

/** A place in a part. */
export interface Place {
  readonly part: Part;
  readonly row: number;
  readonly column: number;
}

/** How a gradient comes about. */
export interface Chain {
  /** The rule in letters. */
  readonly rule: string;
  readonly why: Text;
  /** Factors of each summand. */
  readonly terms: readonly (readonly number[])[];
  /** Numbers and gradients that take part. */
  readonly values: Partial<Record<Part, Area>>;
  readonly gradients: Partial<Record<Part, Area>>;
}

const wholeMap = area(0, 0, mapSide, mapSide);

/** @param label The right class. */
export function chainOf(pass: Pass, label: number, { part, row, column }: Place): Chain {
  const { parts, probabilities } = pass;
  const gradient = (of: Part, at: number) => parts[of].gradient[at];
  switch (part) {
    case 'scores':
      return {
        rule: '∂L/∂s = p − t',
        why: {
          en: `Softmax and cross-entropy together leave the probability, less 1 for the right class: class ${row} is ${row === label ? 'right' : 'wrong'}.`,
          ko: `소프트맥스와 교차 엔트로피를 함께 미분하면 확률에서 정답이면 1, 아니면 0을 뺀 값만 남습니다. ${row}번 클래스는 ${row === label ? '정답입니다' : '정답이 아닙니다'}.`,
        },
        terms: [[probabilities[row]], [row === label ? -1 : 0]],
        values: {},
        gradients: {},
      };
    case 'biases':
      return {
        rule: '∂L/∂c = ∂L/∂s',
        why: {
          en: 'A bias is added to its score as it is, so it has the gradient of the score.',
          ko: '편향은 점수에 그대로 더해지므로 점수의 기울기를 그대로 가집니다.',
        },
        terms: [[gradient('scores', row)]],
        values: {},
        gradients: { scores: area(row, 0) },
      };
    case 'weights':
      return {
        rule: '∂L/∂w = ∂L/∂s · y',
        why: {
          en: 'A weight counts as much as the number that it multiplies: where that is 0, the weight learns nothing.',
          ko: '가중치의 기울기는 그 가중치가 곱해지는 입력에 비례합니다. 입력이 0이면 가중치는 아무것도 배우지 못합니다.',
        },
        terms: [[gradient('scores', row), parts.pooled.values[column]]],
        values: { pooled: area(Math.floor(column / pooledSide), column % pooledSide) },
        gradients: { scores: area(row, 0) },
      };
    case 'pooled':
      return pooledChain(pass, row * pooledSide + column);
    case 'activation':
      return poolingChain(pass, row, column);
    case 'map':
      return reluChain(pass, row, column);
    case 'filterBias':
      return {
        rule: '∂L/∂b = Σ ∂L/∂z',
        why: {
          en: 'The bias is added at every place of the map, so its gradients of all places add up.',
          ko: '편향은 특징 맵의 모든 자리에 더해지므로 모든 자리의 기울기를 더합니다.',
        },
        terms: parts.map.gradient.map((value) => [value]),
        values: {},
        gradients: { map: wholeMap },
      };
    case 'filter':
      return filterChain(pass, row, column);
    case 'input':
      return inputChain(pass, row, column);
    default:
      part satisfies never;
      throw new Error('chainOf: expected a known part; add it');
  }
}

function pooledChain({ parts: { scores, weights } }: Pass, at: number): Chain {
  return {
    rule: '∂L/∂y = Σ ∂L/∂s · w',
    why: {
      en: 'The number goes into the score of every class: each sends its gradient back through the weight that it came by.',
      ko: '이 수는 모든 클래스의 점수에 들어갑니다. 점수마다 자신의 기울기를, 들어올 때 거친 가중치를 곱해 돌려보냅니다.',
    },
    terms: scores.gradient.map((value, k) => [value, weights.values[k * weights.columns + at]]),
    values: { weights: area(0, at, classes, 1) },
    gradients: { scores: area(0, 0, classes, 1) },
  };
}

/** Windows of 2×2 with stride 1: a number is in up to four. */
function poolingChain({ parts: { activation, pooled } }: Pass, row: number, column: number): Chain {
  const windows = placesBefore(row, column, pooledSide);
  const won = windows.filter((at) => winnerOf(activation.values, at) === row * mapSide + column);
  return {
    rule: won.length === 0 ? '∂L/∂a = 0' : '∂L/∂a = Σ ∂L/∂y',
    why:
      won.length === 0
        ? {
            en: 'It is the largest in no window, so it changes nothing, and no gradient comes back.',
            ko: '어느 윈도우에서도 최댓값이 아니므로 결과에 영향이 없고, 돌아오는 기울기도 없습니다.',
          }
        : {
            en: `It is the largest in ${won.length} of its ${windows.length} windows (the first where several are equal), and gets the gradient of each of these.`,
            ko: `이 수가 든 윈도우 ${windows.length}개 가운데 ${won.length}개에서 최댓값이고(같은 값이면 먼저 나온 것), 그 윈도우의 기울기를 모두 받습니다.`,
          },
    terms: won.map((at) => [pooled.gradient[at.row * pooledSide + at.column]]),
    values: {},
    gradients: { pooled: around(windows) },
  };
}

function reluChain({ parts: { map, activation } }: Pass, row: number, column: number): Chain {
  const at = row * mapSide + column;
  const isOn = map.values[at] > 0;
  return {
    rule: isOn ? '∂L/∂z = ∂L/∂a · 1' : '∂L/∂z = ∂L/∂a · 0',
    why: isOn
      ? {
          en: 'It is above 0: ReLU lets the gradient through unchanged.',
          ko: '0보다 크므로 ReLU가 기울기를 그대로 통과시킵니다.',
        }
      : {
          en: 'It is not above 0: ReLU stops the gradient.',
          ko: '0보다 크지 않으므로 ReLU가 기울기를 막습니다.',
        },
    terms: [[activation.gradient[at], isOn ? 1 : 0]],
    values: {},
    gradients: { activation: area(row, column) },
  };
}

function filterChain({ parts: { map, input } }: Pass, row: number, column: number): Chain {
  return {
    rule: '∂L/∂k[i, j] = Σ ∂L/∂z[r, c] · x[r + i, c + j]',
    why: {
      en: 'The same weight works at every place of the map. Each place sends its gradient, times the input that lay under the weight there: again a convolution, of the input with the gradients.',
      ko: '같은 가중치가 특징 맵의 모든 자리에서 쓰입니다. 자리마다 그때 가중치 아래에 있던 입력을 곱한 기울기를 보내므로, 이것도 입력과 기울기의 합성곱입니다.',
    },
    terms: map.gradient.map((value, at) => {
      const place = cellAt(at, mapSide);
      return [value, input.values[(place.row + row) * input.columns + place.column + column]];
    }),
    values: { input: area(row, column, mapSide, mapSide) },
    gradients: { map: wholeMap },
  };
}

function inputChain({ parts: { map, filter } }: Pass, row: number, column: number): Chain {
  const places = placesBefore(row, column, mapSide);
  return {
    rule: '∂L/∂x[r, c] = Σ ∂L/∂z[r − i, c − j] · k[i, j]',
    why: {
      en: `The pixel lies in ${places.length === 1 ? 'one window' : `${places.length} windows`} of the filter. Each sends its gradient, times the weight that lay on the pixel: the filter runs over the gradients, flipped.`,
      ko: `이 픽셀은 필터의 윈도우 ${places.length}개에 들어 있습니다. 윈도우마다 픽셀에 놓였던 가중치를 곱한 기울기를 보냅니다. 곧 필터를 뒤집어 기울기 위로 옮기는 것과 같습니다.`,
    },
    terms: places.map((at) => [
      map.gradient[at.row * mapSide + at.column],
      filter.values[(row - at.row) * 2 + column - at.column],
    ]),
    values: {
      filter: around(places.map((at) => ({ row: row - at.row, column: column - at.column }))),
    },
    gradients: { map: around(places) },
  };
}

/** The summands with their numbers: `0.5 × 2 + (−0.1) × 3`; those that are 0 are left out where others are not. */
export function sumText(terms: Chain['terms']): string {
  const counted = terms.filter((factors) => factors.every((factor) => factor !== 0));
  if (counted.length === 0) return '0';
  return counted
    .map((factors) => factors.map((value) => inBrackets(value)).join(' × '))
    .join(' + ');
}
