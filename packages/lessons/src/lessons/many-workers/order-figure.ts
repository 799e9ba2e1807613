import { formatCount, html, type Html } from '@convbook/page/markup';
import { treeSum } from '@convbook/trainer/sequential';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { adderOf } from './add-up.ts';

interface State {
  readonly values: readonly number[];
}

/** Places of the numbers: the first two are added first. */
const orders: readonly (readonly [number, number, number])[] = [
  [0, 1, 2],
  [1, 2, 0],
  [0, 2, 1],
];

function shown(value: number): string {
  const isPlain = Number.isInteger(value) && Math.abs(value) < 1e15;
  const text = isPlain ? formatCount(value) : String(value).replace('Infinity', '∞');
  return text.replaceAll('-', '−');
}

/** The bytes of a number, the most significant first. */
function hexOf(values: Float32Array | Float64Array): string {
  const bytes = new Uint8Array(values.slice(0, 1).buffer);
  return Array.from(bytes.toReversed(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Sums {
  readonly order: string;
  readonly wide: Float64Array;
  readonly narrow: Float32Array;
}

/** The sum in each order, by the trainer's own sums. */
function sumsOf({ values }: State, { module }: Compute): Sums[] {
  const add = adderOf(module);
  return orders.map((order) => {
    const [a, b, c] = order.map((place) => values[place]);
    return {
      order: `(${shown(a)} + ${shown(b)}) + ${shown(c)}`,
      wide: Float64Array.of(treeSum([a, b, c], 3)),
      narrow: add([Float32Array.of(a), Float32Array.of(b), Float32Array.of(c)], 1),
    };
  });
}

/** Three numbers, added in every order. */
export const order: Figure<State> = {
  id: 'many-workers-order',
  start: { values: [0.1, 0.2, 0.3] },
  controls: [
    {
      kind: 'button',
      label: { en: '0.1, 0.2, 0.3', ko: '0.1, 0.2, 0.3' },
      act: () => ({ values: [0.1, 0.2, 0.3] }),
    },
    {
      kind: 'button',
      label: { en: 'Two that cancel', ko: '서로 지워지는 두 수' },
      act: () => ({ values: [1e8, 1, -1e8] }),
    },
    {
      kind: 'numbers',
      label: { en: 'Three numbers of your own', ko: '직접 정한 세 수' },
      columns: 3,
      get: ({ values }) => values,
      set: (_, values) => ({ values }),
    },
  ],
  view(state, compute) {
    const sums = sumsOf(state, compute);
    const different = {
      wide: new Set(sums.map(({ wide }) => hexOf(wide))).size,
      narrow: new Set(sums.map(({ narrow }) => hexOf(narrow))).size,
    };
    return html`${table(sums)}
      <p class="lesson-sum" data-say>
        ${{
          en: `Three orders give ${results(different.wide)} in float64 and ${results(different.narrow)} in float32.`,
          ko: `세 가지 순서로 더한 결과는 64비트 실수에서 ${different.wide}가지, 32비트 실수에서 ${different.narrow}가지입니다.`,
        }}
      </p>`;
  },
};

export const orderFigure = defineFigure(order);

const results = (count: number) => (count === 1 ? 'one result' : `${count} results`);

function table(sums: readonly Sums[]): Html {
  const caption = {
    en: 'The same three numbers; the two in brackets are added first',
    ko: '같은 세 수이며, 괄호 안의 두 수를 먼저 더합니다',
  };
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table class="data workers-table">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${{ en: 'Order', ko: '순서' }}</th>
          <th scope="col">${{ en: 'Sum in float64', ko: '64비트 실수의 합' }}</th>
          <th scope="col">${{ en: 'Its bytes', ko: '바이트' }}</th>
          <th scope="col">${{ en: 'Sum in float32', ko: '32비트 실수의 합' }}</th>
          <th scope="col">${{ en: 'Its bytes', ko: '바이트' }}</th>
        </tr>
      </thead>
      <tbody>
        ${sums.map(
          ({ order, wide, narrow }) =>
            html`<tr>
              <th scope="row">${order}</th>
              ${valueCells(wide, sums[0].wide)} ${valueCells(narrow, sums[0].narrow)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A value that is not the first order's stands out. */
function valueCells(values: Float32Array | Float64Array, first: Float32Array | Float64Array): Html {
  const mark = hexOf(values) === hexOf(first) ? '' : 'workers-other';
  return html`<td class="${mark}">${shown(values[0])}</td>
    <td class="${mark}"><code>${hexOf(values)}</code></td>`;
}
