// The numbers of the figure from the input to the loss, each grid with its gradients.
import { formatNumber, formatPercent, html, type Html, type Text } from '@convbook/page/markup';
import { grid, toRows } from '../../figure/grid.ts';
import type { Chain, Place } from './chain.ts';
import { mapSide, pooledSide, side, type Part, type Pass } from './network.ts';

/** What the figure calls its parts. */
export const parts: Readonly<
  Record<Part, { readonly name: Text; readonly letter: string; readonly columns: number }>
> = {
  input: { name: { en: 'Input', ko: '입력' }, letter: 'x', columns: side },
  filter: { name: { en: 'Filter weight', ko: '필터 가중치' }, letter: 'k', columns: 2 },
  filterBias: { name: { en: 'Bias of the filter', ko: '필터의 편향' }, letter: 'b', columns: 1 },
  map: { name: { en: 'Feature map', ko: '특징 맵' }, letter: 'z', columns: mapSide },
  activation: {
    name: { en: 'After ReLU', ko: 'ReLU를 거친 값' },
    letter: 'a',
    columns: mapSide,
  },
  pooled: { name: { en: 'Max pooled', ko: '최대 풀링한 값' }, letter: 'y', columns: pooledSide },
  weights: {
    name: { en: 'Dense weight', ko: '완전연결층 가중치' },
    letter: 'w',
    columns: pooledSide ** 2,
  },
  biases: { name: { en: 'Dense bias', ko: '완전연결층 편향' }, letter: 'b', columns: 1 },
  scores: { name: { en: 'Score', ko: '점수' }, letter: 's', columns: 1 },
};

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

/** The part that a grid shows: `map`, or `d-map` with its gradients. */
export function partNamed(gridName: string): Part | null {
  const name = gridName.replace(/^d-/, '');
  return isPart(name) ? name : null;
}

/** Parts that stand in one column of the figure. */
const columns: readonly (readonly Part[])[] = [
  ['input'],
  ['filter', 'filterBias'],
  ['map'],
  ['activation'],
  ['pooled'],
  ['weights', 'biases'],
  ['scores'],
];

/** All grids; those numbers stand out that the chain rule of the chosen one needs. */
export function partGrids(pass: Pass, label: number, chosen: Place, chain: Chain): Html {
  return html`<div class="backwards-stages">
    ${columns.map(
      (names) =>
        html`<div class="backwards-stage">
          ${names.map((name) => partPair(pass, name, chosen, chain))}
          ${names[0] === 'scores' && outcome(pass, label)}
        </div>`,
    )}
  </div>`;
}

function partPair({ parts: sides }: Pass, part: Part, chosen: Place, chain: Chain): Html {
  const { columns: across, values, gradient } = sides[part];
  const { name, letter } = parts[part];
  const common = { chosen: chosen.part === part ? chosen : null };
  return html`<div class="backwards-pair">
    ${grid({
      caption: html`${name} <i>${letter}</i>`,
      part,
      rows: toRows(values, across),
      window: chain.values[part] ?? null,
      ...common,
      label: {
        en: `${name.en}: choose a number with the arrow keys`,
        ko: `${name.ko}. 화살표 키로 수를 고릅니다`,
      },
    })}
    ${grid({
      caption: html`∂L/∂<i>${letter}</i>`,
      part: `d-${part}`,
      rows: toRows(gradient, across),
      window: chain.gradients[part] ?? null,
      ...common,
      label: {
        en: `Gradient of the loss. ${name.en}: choose a number with the arrow keys`,
        ko: `손실의 기울기, ${name.ko}. 화살표 키로 수를 고릅니다`,
      },
    })}
  </div>`;
}

/** The probabilities, the loss, and what it is. */
function outcome({ probabilities, loss }: Pass, label: number): Html {
  const [right, lossText] = [probabilities[label], formatNumber(loss)];
  return html`<p class="backwards-outcome">
    ${probabilities.map(
      (probability, k) =>
        html`<span>
            ${{ en: `Class ${k}`, ko: `클래스 ${k}` }}: ${formatPercent(probability, 1)}
            ${k === label && html`<b>${{ en: '(right)', ko: '(정답)' }}</b>`}</span
          ><br />`,
    )}
    ${{ en: 'Loss', ko: '손실' }} L = −ln ${formatNumber(right)} = <b>${lossText}</b>
  </p>`;
}
