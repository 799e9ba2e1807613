/// <reference lib="dom" />
// The products of a pixel: the window of one channel as grids, or the largest in a list; and the sum as it grows.
import { make, say } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import type { PixelExplanation, Term } from './explain-pixel.ts';
import { nameOfInput } from './input-names.ts';
import { numberGrid, type GridCell, type GridLink } from './number-grid.ts';
import { numberTable, openLater, type ListLine } from './number-list.ts';
import { digits, short } from './numbers.ts';
import type { PixelActions } from './pixel-actions.ts';
import { channelSums, shownChannel, type ChannelSum } from './shown-channel.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** Windows up to this side are grids; of other products, and of channels, so many of the largest are listed. */
const most = { side: 11, listed: 16, channels: 32 };

/** The parts that show products. */
export function productParts(
  shown: ShownPixel,
  explained: PixelExplanation,
  actions: PixelActions,
): HTMLElement[] {
  const [channels, height, width] = explained.window;
  const running = runningSum(shown, explained);
  if (height * width === 1 || width > most.side || height > most.side) {
    return [...running, ...listParts(shown, explained, actions)];
  }
  const channel = shownChannel(explained, shown);
  const choice = channels > 1 ? [channelChoice(explained, channel, actions)] : [];
  return [gridRow(shown, explained, channel, actions), ...running, ...choice];
}

/** The sum after the products that the walk has taken in; nothing once it has all of them. */
function runningSum({ walk }: ShownPixel, { bias, terms }: PixelExplanation): HTMLElement[] {
  if (walk.terms === null) return [];
  const last = terms.at(walk.terms - 1);
  const line = make('p', '', { class: 'running-sum', 'data-running': String(walk.terms) });
  if (walk.terms === 0 || last === undefined) {
    const start = digits(bias);
    say(line, { en: `The sum starts at the bias: ${start}`, ko: `합은 편향에서 시작: ${start}` });
    return [line];
  }
  const product = last.isOutside
    ? { en: 'outside of the map, adds nothing', ko: '맵의 바깥이라 더하지 않음' }
    : sameIn(`${digits(last.input)} × ${digits(last.weight)} = ${digits(last.product)}`);
  say(line, {
    en: `Product ${walk.terms} of ${terms.length}: ${product.en}; the sum so far is ${digits(last.after)}`,
    ko: `곱 ${terms.length}개 중 ${walk.terms}번째: ${product.ko}. 지금까지의 합 ${digits(last.after)}`,
  });
  return [line];
}

function sameIn(text: string): Text {
  return { en: text, ko: text };
}

function gridRow(
  shown: ShownPixel,
  { window: [channels, height, width], terms }: PixelExplanation,
  { place, channel }: ChannelSum,
  actions: PixelActions,
): HTMLElement {
  const area = height * width;
  const own = terms.slice(place * area, (place + 1) * area);
  const taken = shown.walk.terms === null ? Infinity : shown.walk.terms - place * area;
  const row = make('div', '', { class: 'window-row' });
  const name = ({ en, ko }: Text) =>
    channels === 1
      ? { en, ko }
      : { en: `${en}, channel ${channel + 1}`, ko: `${ko}, 채널 ${channel + 1}` };
  const cells = (key: 'input' | 'weight' | 'product'): GridCell[] =>
    own.map((term, k) => ({
      value: term[key],
      isOutside: term.isOutside,
      isCurrent: k === taken - 1,
      isLater: key === 'product' && k >= taken,
      link: key === 'input' ? linkOf(shown, term, actions) : null,
    }));
  row.append(
    numberGrid(name({ en: 'Input', ko: '입력' }), cells('input'), width, 1),
    make('span', '×', { class: 'sign' }),
    numberGrid(name({ en: 'Weights', ko: '가중치' }), cells('weight'), width),
    make('span', '=', { class: 'sign' }),
    numberGrid(name({ en: 'Products', ko: '곱' }), cells('product'), width),
  );
  return row;
}

function linkOf(
  { pixel: { one } }: ShownPixel,
  term: Term,
  actions: PixelActions,
): GridLink | null {
  const index = inputIndex(one.layer.inputShape, term);
  const follow = term.isOutside ? null : actions.wayDown(index);
  return follow && { name: nameOfInput(one, index), follow };
}

function inputIndex([, height = 1, width = 1]: readonly number[], term: Term): number {
  return (term.channel * height + term.row) * width + term.column;
}

/** A button for each channel with what it adds; of very many only those that add most. */
function channelChoice(
  explained: PixelExplanation,
  chosen: ChannelSum,
  actions: PixelActions,
): HTMLElement {
  const part = make('div', '', {
    class: 'channel-choice',
    role: 'group',
    'aria-label': { en: 'Channels of the window', ko: '윈도우의 채널' },
  });
  const sums = channelSums(explained);
  const shown = [...sums]
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds))
    .slice(0, most.channels)
    .sort((a, b) => a.channel - b.channel);
  part.append(make('span', choiceTitle(shown.length, sums.length), { class: 'choice-title' }));
  for (const { channel, adds } of shown) {
    const button = make('button', `${channel + 1}: ${short(adds)}`, {
      type: 'button',
      'data-key': `channel-${channel}`,
      'aria-pressed': String(channel === chosen.channel),
    });
    button.addEventListener('click', () => actions.chooseChannel(channel));
    part.append(button);
  }
  return part;
}

function choiceTitle(shown: number, all: number): Text {
  return shown === all
    ? { en: 'Each channel adds', ko: '채널마다 더하는 값' }
    : {
        en: `The ${shown} of ${all} channels that add most`,
        ko: `채널 ${all}개 중 가장 크게 더하는 ${shown}개`,
      };
}

const columns: readonly Text[] = [
  { en: 'Input', ko: '입력' },
  { en: 'Value', ko: '값' },
  { en: 'Weight', ko: '가중치' },
  { en: 'Product', ko: '곱' },
];

/** The largest contributions, each with where it comes from, and all of them on request. */
function listParts(
  shown: ShownPixel,
  { terms }: PixelExplanation,
  actions: PixelActions,
): HTMLElement[] {
  const inside = terms.filter(({ isOutside }) => !isOutside);
  const sorted = [...inside].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const [some, all] = [Math.min(most.listed, sorted.length), terms.length];
  const largest = numberTable(
    { en: `The ${some} largest of ${all} products`, ko: `곱 ${all}개 중 가장 큰 ${some}개` },
    columns,
    linesOf(shown, sorted.slice(0, some), actions),
  );
  if (some === all) return [largest];
  const title = { en: `All ${all} products`, ko: `곱 ${all}개 모두` };
  const inOrder = { en: 'In the order in which they are added', ko: '더하는 순서대로' };
  return [
    largest,
    openLater(title, () => numberTable(inOrder, columns, linesOf(shown, inside, actions))),
  ];
}

function linesOf(
  { pixel: { one } }: ShownPixel,
  terms: readonly Term[],
  actions: PixelActions,
): ListLine[] {
  return terms.map((term) => {
    const index = inputIndex(one.layer.inputShape, term);
    const values = [term.input, term.weight, term.product];
    return { name: nameOfInput(one, index), values, follow: actions.wayDown(index) };
  });
}
