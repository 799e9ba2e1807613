import {
  formatProbability,
  html,
  renderTable,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page/markup';
import { digitSide, greyValues } from '../../data/digits.ts';
import type { Compute } from '../../figure/compute.ts';
import { grid } from '../../figure/grid.ts';
import { toRows } from '../../figure/rows.ts';
import { greyPicture } from '../../figure/picture.ts';
import { surface } from '../../figure/surface.ts';
import { modelNames, type ModelName } from './models.ts';
import { networkOf, predicted, probabilities } from './networks.ts';
import { farthest, shifted, shifts, type Shift } from './shift.ts';

/** Images of the hundred that a network gets right, null as long as nobody knows. */
export type Count = (name: ModelName, shift: Shift) => number | null;

const size = [digitSide, digitSide] as const;
const across = 2 * farthest + 1;

const names: Readonly<Record<ModelName, Text>> = {
  plain: { en: 'Plain', ko: '완전연결' },
  convolutional: { en: 'Convolutional', ko: '합성곱' },
};

/** `2 down and 1 to the left`; null where nothing moves. */
function wayText({ down, right }: Shift): Text | null {
  if (down === 0 && right === 0) return null;
  const parts = [
    down !== 0 && {
      en: `${Math.abs(down)} ${down > 0 ? 'down' : 'up'}`,
      ko: `${down > 0 ? '아래' : '위'}로 ${Math.abs(down)}픽셀`,
    },
    right !== 0 && {
      en: `${Math.abs(right)} to the ${right > 0 ? 'right' : 'left'}`,
      ko: `${right > 0 ? '오른쪽' : '왼쪽'}으로 ${Math.abs(right)}픽셀`,
    },
  ].filter((part) => part !== false);
  return {
    en: parts.map(({ en }) => en).join(' and '),
    ko: parts.map(({ ko }) => ko).join(', '),
  };
}

/** `moved 2 down and 1 to the left` */
function shiftText(shift: Shift): Text {
  const way = wayText(shift);
  if (way === null) return { en: 'not moved', ko: '옮기지 않음' };
  return { en: `moved ${way.en}`, ko: `${way.ko} 옮김` };
}

/** The digit, which can be dragged. */
export function shiftedDigit(bytes: Uint8Array, label: number, shift: Shift): Html {
  const where = shiftText(shift);
  const values = greyValues(shifted(bytes, shift));
  return surface({
    part: 'digit',
    size,
    at: { row: shift.down + farthest, column: shift.right + farthest },
    keys: [across, across],
    label: {
      en: 'The digit; drag it, or move it with the arrow keys',
      ko: '숫자. 끌거나 화살표 키로 옮깁니다',
    },
    content: greyPicture(values, size, {
      scale: 10,
      alt: {
        en: `A handwritten ${label}, ${where.en}`,
        ko: `손글씨 ${label}, ${where.ko}`,
      },
    }),
  });
}

/** Probabilities of the ten digits, network beside network. */
export function answerBars(compute: Compute, bytes: Uint8Array, label: number, shift: Shift): Html {
  const image = shifted(bytes, shift);
  const answers = modelNames.map((name) => {
    const [values] = probabilities(networkOf(compute, name), [image]);
    return { name, values, best: predicted(values) };
  });
  return renderTable({
    caption: { en: 'Probability of each digit', ko: '숫자별 확률' },
    style: 'data plain-network-answers',
    columns: [
      {
        head: { en: 'Digit', ko: '숫자' },
        value: (digit) =>
          digit === label
            ? html`${digit} <span class="plain-network-label">${{ en: 'label', ko: '정답' }}</span>`
            : digit,
        heading: true,
      },
      ...answers.map(({ name, values, best }) => ({
        head: names[name],
        value: (digit: number) => bar(values[digit], digit === best, best === label),
      })),
    ],
    rows: Array.from({ length: 10 }, (_, digit) => digit),
  });
}

function bar(probability: number, isBest: boolean, isRight: boolean): HtmlValue {
  const shown = formatProbability(probability);
  return html`<span class="plain-network-bar ${isBest && !isRight && 'wrong'}"
    ><i style="--share:${probability.toFixed(4)}"></i
    >${isBest ? html`<b>${shown}</b>` : shown}</span
  >`;
}

/** A map for each network: how many of the hundred images it gets right after each shift. */
export function accuracyMaps(count: Count, { down, right }: Shift): Html[] {
  return modelNames.map((name) => {
    const { en, ko } = names[name];
    return grid({
      caption: {
        en: `${en}: right of 100 images`,
        ko: `${ko}: 100장 가운데 맞힌 수`,
      },
      part: name,
      rows: toRows(
        shifts.map((shift) => count(name, shift)),
        across,
      ),
      chosen: { row: down + farthest, column: right + farthest },
      label: {
        en: `${en} network: images right of 100 after each shift; arrow keys move the digit`,
        ko: `${ko} 신경망이 옮긴 뒤 100장 가운데 맞힌 수. 화살표 키로 숫자를 옮깁니다`,
      },
    });
  });
}

function allMoved(shift: Shift): Text {
  const way = wayText(shift);
  if (way === null)
    return { en: 'None of the hundred images moved', ko: '이미지 100장을 옮기지 않으면' };
  return { en: `All hundred images moved ${way.en}`, ko: `이미지 100장을 모두 ${way.ko} 옮기면` };
}

/** The counts of the chosen shift, beside those without any. */
export function shiftSentence(count: Count, shift: Shift): Html {
  const here = modelNames.map((name) => count(name, shift) ?? '…');
  const home = modelNames.map((name) => count(name, { down: 0, right: 0 }) ?? '…');
  const where = allMoved(shift);
  const isHome = wayText(shift) === null;
  const unmoved = {
    en: ` Unmoved: ${home.join(' and ')}.`,
    ko: ` 옮기지 않으면 ${home.join('장과 ')}장입니다.`,
  };
  return html`<p class="lesson-sum" data-say>
    ${{
      en: html`${where.en}: the plain network gets <b>${here[0]}</b> right, the convolutional one
        <b>${here[1]}</b>.${!isHome && unmoved.en}`,
      ko: html`${where.ko} 완전연결 신경망은 <b>${here[0]}장</b>, 합성곱 신경망은
        <b>${here[1]}장</b>을 맞힙니다.${!isHome && unmoved.ko}`,
    }}
  </p>`;
}
