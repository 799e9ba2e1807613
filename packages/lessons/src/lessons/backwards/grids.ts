// The numbers of the figure from the input to the loss, each grid with its gradients.
import { formatNumber, formatPercent, html, type Html, type Text } from '@convbook/page/markup';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';
import type { Chain, Place } from './chain.ts';
import { mapSide, pooledSide, side, type Part, type Pass } from './network.ts';

interface PartFacts {
  readonly name: Text;
  /** Above the grid. */
  readonly caption: Text;
  readonly letter: string;
  readonly columns: number;
}

/** What the figure calls its parts, in the order in which they are computed. */
export const parts: Readonly<Record<Part, PartFacts>> = {
  input: facts('x', side, { en: 'Input', ko: '입력' }),
  filter: facts('k', 2, { en: 'Filter weight', ko: '필터 가중치' }, { en: 'Filter', ko: '필터' }),
  filterBias: facts(
    'b',
    1,
    { en: 'Bias of the filter', ko: '필터의 편향' },
    { en: 'Bias', ko: '편향' },
  ),
  map: facts('z', mapSide, { en: 'Feature map', ko: '특징 맵' }),
  activation: facts('a', mapSide, { en: 'After ReLU', ko: 'ReLU를 거친 값' }),
  pooled: facts('y', pooledSide, { en: 'Pooled', ko: '풀링한 값' }),
  weights: facts(
    'w',
    pooledSide ** 2,
    { en: 'Dense weight', ko: '완전연결층 가중치' },
    { en: 'Dense weights', ko: '완전연결층 가중치' },
  ),
  biases: facts(
    'c',
    1,
    { en: 'Bias of the dense layer', ko: '완전연결층 편향' },
    { en: 'Bias', ko: '편향' },
  ),
  scores: facts('s', 1, { en: 'Score', ko: '점수' }),
};

function facts(letter: string, columns: number, name: Text, caption = name): PartFacts {
  return { letter, columns, name, caption };
}

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

/** Every part, in the order in which they are computed. */
export const partNames: readonly Part[] = Object.keys(parts).filter(isPart);

/** The part that a grid shows: `map`, or `d-map` with its gradients. */
export function partNamed(gridName: string): Part | null {
  const name = gridName.replace(/^d-/, '');
  return isPart(name) ? name : null;
}

/** All grids; those numbers stand out that the chain rule of the chosen one needs. */
export function partGrids(pass: Pass, label: number, chosen: Place, chain: Chain): Html {
  return html`<div class="backwards-parts">
    ${partNames.map((name) => partPair(pass, name, chosen, chain))} ${outcome(pass, label)}
  </div>`;
}

function partPair({ parts: sides }: Pass, part: Part, chosen: Place, chain: Chain): Html {
  const { columns: across, values, gradient } = sides[part];
  const { name, caption, letter } = parts[part];
  const common = { chosen: chosen.part === part ? chosen : null };
  return html`<div class="backwards-pair">
    ${grid({
      caption: html`${caption} <i>${letter}</i>`,
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
