import { highest, uniform } from '@convbook/core';
import { formatPercent, html, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { shardGradient, shardsOf } from './gradients.ts';
import { hashTable, workerCounts } from './hash-table.ts';
import { race, type Race } from './race.ts';

export interface State {
  readonly workers: number;
  /** Images a unit of time, of as many workers as there can be. */
  readonly speeds: readonly number[];
  /** How often speeds were drawn. */
  readonly draws: number;
  /** The worker that the arrow keys are at. */
  readonly at: number;
}

const fastest = 8;

/** Workers share a batch; the hash of its gradient stays. */
export const workers: Figure<State> = {
  id: 'many-workers-race',
  data: ['some-digits'],
  start: { workers: 3, speeds: [5, 2, 4, 8, 3, 6, 1, 7], draws: 0, at: 0 },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Workers', ko: '워커 수' },
      options: workerCounts.map((count) => ({ value: String(count), text: String(count) })),
      get: ({ workers }) => String(workers),
      set: (state, value) => ({ ...state, workers: Number(value), at: 0 }),
    },
    { kind: 'button', label: { en: 'Other speeds', ko: '다른 속도' }, act: drawn },
    {
      kind: 'button',
      label: { en: 'Equal speeds', ko: '같은 속도' },
      act: (state) => ({ ...state, speeds: state.speeds.map(() => fastest / 2) }),
    },
  ],
  view(state, compute) {
    const counts = shardsOf(compute).map(({ count }) => count);
    const run = race(counts, state.speeds.slice(0, state.workers));
    return html`${timeline(state, run)}
      <p class="lesson-sum" data-say>${sentence(run)}</p>
      ${hashTable(compute, state.speeds, state.workers)}`;
  },
  choose(state, { row, column, by }) {
    // The arrow keys come to another worker without a change of its speed.
    if (by === 'arrow' && row !== state.at) return { ...state, at: row };
    return { ...state, at: row, speeds: state.speeds.with(row, column + 1) };
  },
  attach(_part, _host, compute) {
    computeInTurns(compute, 0);
  },
};

export const raceFigure = defineFigure(workers);

/** A shard at a time, so that the page stays free between two. */
function computeInTurns(compute: Compute, index: number): void {
  if (index === shardsOf(compute).length) return;
  setTimeout(() => {
    shardGradient(compute, index);
    computeInTurns(compute, index + 1);
  });
}

function drawn(state: State): State {
  const draws = state.draws + 1;
  const values = uniform(draws, 'speeds', new Float64Array(state.speeds.length), 1, fastest + 1);
  return { ...state, draws, speeds: Array.from(values, Math.floor) };
}

function sentence({ waits, end }: Race) {
  const most = waits.indexOf(highest(waits));
  const share = formatPercent(waits.reduce((a, b) => a + b) / (waits.length * end), 0);
  if (waits[most] === 0) {
    return { en: 'Nobody waits.', ko: '아무도 기다리지 않습니다.' };
  }
  const longest = formatPercent(waits[most] / end, 0);
  return {
    en: `Worker ${most + 1} waits longest: ${longest} of the step. Together the workers wait ${share} of their time.`,
    ko: `${most + 1}번 워커가 스텝의 ${longest} 동안 기다려 가장 오래 기다립니다. 워커 전체로는 시간의 ${share}를 기다립니다.`,
  };
}

function timeline({ workers, speeds, at }: State, run: Race): Html {
  const rows = run.waits.map((wait, worker) =>
    workerRow(run, worker, speeds[worker], wait, worker === at),
  );
  return html`<div
    class="workers-race"
    role="group"
    tabindex="0"
    data-grid="speed"
    data-at="speed ${at} ${speeds[at] - 1}"
    data-size="${workers} ${fastest}"
    aria-label="${{
      en: 'Speeds of the workers: drag, or use the arrow keys',
      ko: '워커의 속도. 끌거나 화살표 키를 쓰십시오',
    }}"
  >
    ${rows}
  </div>`;
}

function workerRow(
  { spans, end }: Race,
  worker: number,
  speed: number,
  wait: number,
  isAt: boolean,
): Html {
  const own = spans.filter((span) => span.worker === worker);
  const names = own.map(({ shard }) => shard + 1).join(', ');
  const alt = {
    en: `Worker ${worker + 1} computes shards ${names || 'none'} and waits ${formatPercent(wait / end, 0)} of the step.`,
    ko: `워커 ${worker + 1}: 샤드 ${names || '없음'}, 스텝의 ${formatPercent(wait / end, 0)} 동안 기다림.`,
  };
  const place = (from: number, to: number) =>
    `--from:${((100 * from) / end).toFixed(2)}%;--for:${((100 * (to - from)) / end).toFixed(2)}%`;
  return html`<div class="workers-row ${isAt && 'at'}">
    <span>${{ en: `Worker ${worker + 1}`, ko: `워커 ${worker + 1}` }}</span>
    <span class="workers-speed">
      ${Array.from(
        { length: fastest },
        (_, step) =>
          html`<i data-place="speed ${worker} ${step}" class="${step < speed && 'on'}"></i>`,
      )}
      <b>×${speed}</b>
    </span>
    <span class="workers-bar" role="img" aria-label="${alt}">
      ${own.map(
        ({ shard, from, to }) =>
          html`<i class="workers-busy-${shard % 2}" style="${place(from, to)}">${shard + 1}</i>`,
      )}
      ${wait > 0 && html`<i class="workers-wait" style="${place(end - wait, end)}"></i>`}
    </span>
  </div> `;
}
