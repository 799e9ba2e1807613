import { html, type Html, type Text } from '@convbook/page/markup';
import { digitBytes, digitSide, greyValues, readDigits } from '../../data/digits.ts';
import { defineFigure } from '../../figure/figure.ts';
import { greyPicture } from '../../figure/picture.ts';
import { cellAt } from '../../figure/rows.ts';
import { mark, surface } from '../../figure/surface.ts';
import { imageControl } from '../../figure/digit-control.ts';
import { answersTable, placesText, type Placed } from './flatten-words.ts';
import { inOrder, order, weights } from './networks.ts';

interface State {
  readonly image: number;
  /** The chosen pixel, where it stands when nothing is shuffled. */
  readonly row: number;
  readonly column: number;
  readonly isShuffled: boolean;
}

const size = [digitSide, digitSide] as const;
const rowSize = [1, digitSide ** 2] as const;

/** A pixel, then its neighbours that are in the image. */
function placesOf({ row, column, isShuffled }: State): Placed[] {
  const pixels = [
    { kind: 'chosen' as const, row, column },
    { kind: 'beside' as const, row, column: column - 1 },
    { kind: 'beside' as const, row, column: column + 1 },
    { kind: 'above' as const, row: row - 1, column },
    { kind: 'above' as const, row: row + 1, column },
  ];
  const isIn = (place: number) => place >= 0 && place < digitSide;
  return pixels
    .filter((pixel) => isIn(pixel.row) && isIn(pixel.column))
    .map((pixel) => {
      const own = pixel.row * digitSide + pixel.column;
      return { ...pixel, place: isShuffled ? order.indexOf(own) : own };
    });
}

function imageAlt(name: number, isShuffled: boolean): Text {
  return isShuffled
    ? {
        en: `The ${name} with its pixels shuffled: nothing can be recognised`,
        ko: `픽셀을 뒤섞은 ${name}. 알아볼 수 없습니다`,
      }
    : { en: `A handwritten ${name}`, ko: `손글씨 ${name}` };
}

/** The pixels in one row. */
function rowOf(values: readonly number[], places: readonly Placed[]): Html {
  return html`<div class="plain-network-vector">
    ${greyPicture(values, rowSize, {
      scale: 1,
      alt: {
        en: 'The same pixels in one row: the digit can no longer be seen',
        ko: '같은 픽셀을 한 줄로 늘어놓은 것. 숫자가 더는 보이지 않습니다',
      },
    })}
    ${places.map(({ kind, place }) =>
      mark({ row: 0, column: place, height: 1, width: 1 }, rowSize, `plain-network-${kind}`),
    )}
  </div>`;
}

/** An image becomes a row of numbers; the pixels above and below move away. */
export const flattenFigure = defineFigure<State>({
  id: 'plain-network-flatten',
  data: ['hundred-digits', weights],
  start: { image: 72, row: 9, column: 14, isShuffled: false },
  controls: [
    imageControl(),
    {
      kind: 'choice',
      label: { en: 'Pixels', ko: '픽셀의 순서' },
      options: [
        { value: 'kept', text: { en: 'as in the image', ko: '이미지 그대로' } },
        {
          value: 'shuffled',
          text: { en: 'shuffled, in every image alike', ko: '모든 이미지를 똑같이 뒤섞음' },
        },
      ],
      get: ({ isShuffled }) => (isShuffled ? 'shuffled' : 'kept'),
      set: (state, value) => ({ ...state, isShuffled: value === 'shuffled' }),
    },
  ],
  view(state, compute) {
    const digits = readDigits(compute.data('hundred-digits'));
    const bytes = digitBytes(digits, state.image);
    const shown = state.isShuffled ? inOrder(bytes) : bytes;
    const values = greyValues(shown);
    const places = placesOf(state);
    const alt = imageAlt(digits.labels[state.image], state.isShuffled);
    const marks = places.map(({ kind, place }) => {
      const at = { ...cellAt(place, digitSide), height: 1, width: 1 };
      return mark(at, size, `plain-network-${kind}`);
    });
    return html`<div class="lesson-row">
        ${surface({
          part: 'pixel',
          size,
          at: state,
          label: {
            en: 'Pixels of the digit; arrow keys choose one',
            ko: '숫자의 픽셀. 화살표 키로 고릅니다',
          },
          content: html`${greyPicture(values, size, { scale: 10, alt })} ${marks}`,
        })}
        <div class="plain-network-side">
          ${placesText(places, state.isShuffled)} ${answersTable(compute, shown, state.isShuffled)}
        </div>
      </div>
      ${rowOf(values, places)}`;
  },
  choose(state, { row, column, by }) {
    if (!state.isShuffled || by === 'arrow') return { ...state, row, column };
    return { ...state, ...cellAt(order[row * digitSide + column], digitSide) };
  },
});
