/// <reference lib="dom" />
import { formatNumber, html, renderTable, type Html } from '@convbook/page/markup';
import { defineFigure, type Figure, type Host } from '../../figure/figure.ts';
import { within } from '../../figure/within.ts';
import { heightAt, race, runners, type Point, type RunnerName } from './race.ts';
import { updateText } from './update-text.ts';
import {
  heightPlot,
  pathsText,
  reachX,
  reachY,
  stoppedAfter,
  valleyBox,
  valleyPlot,
  type Run,
} from './valley-plot.ts';

export interface ValleyState {
  readonly start: Point;
  readonly steps: number;
  /** Every rate is multiplied by 2 to this power. */
  readonly power: number;
  readonly momentum: number;
  /** The only optimizer that is shown, with its numbers. */
  readonly shown: RunnerName | 'all';
}

const most = 60;
/** Places of the start along each side, for the arrow keys. */
const [rows, columns] = [33, 41];
const stepX = (2 * reachX) / (columns - 1);
const stepY = (2 * reachY) / (rows - 1);

const isName = (value: string): value is RunnerName => runners.some(({ name }) => name === value);

/** Optimizers race down a valley from a start that one drags. */
export const valley: Figure<ValleyState> = {
  id: 'downhill-valley',
  // The start and the steps of "Deep Learning from Scratch".
  start: { start: [-7, 2], steps: 30, power: 0, momentum: 0.9, shown: 'all' },
  controls: [
    {
      kind: 'choice',
      label: { en: 'Show', ko: '보기' },
      options: [
        { value: 'all', text: { en: 'all of them', ko: '모두' } },
        ...runners.map(({ name, title }) => ({ value: name, text: title })),
      ],
      get: ({ shown }) => shown,
      set: (state, value) => ({ ...state, shown: isName(value) ? value : 'all' }),
    },
    {
      kind: 'range',
      label: { en: 'Steps', ko: '스텝' },
      least: 1,
      most: () => most,
      get: ({ steps }) => steps,
      set: (state, steps) => ({ ...state, steps }),
      plays: true,
    },
    {
      kind: 'range',
      label: { en: 'Learning rates ×', ko: '학습률 ×' },
      least: -4,
      step: 0.25,
      most: () => 3,
      get: ({ power }) => power,
      set: (state, power) => ({ ...state, power }),
      shown: (power) => formatNumber(2 ** power),
    },
    {
      kind: 'range',
      label: { en: 'Momentum μ, β₁', ko: '모멘텀 μ, β₁' },
      least: 0,
      step: 0.01,
      most: () => 0.99,
      get: ({ momentum }) => momentum,
      set: (state, momentum) => ({ ...state, momentum }),
    },
  ],
  view(state, compute) {
    const factor = 2 ** state.power;
    const runs = runners
      .filter(({ name }) => state.shown === 'all' || name === state.shown)
      .map((runner) => ({ runner, moments: race(compute, runner, { ...state, factor }) }));
    const found = pathsText(runs, state.steps);
    const row = Math.round((reachY - state.start[1]) / stepY);
    const column = Math.round((state.start[0] + reachX) / stepX);
    return html`<div class="lesson-row">
        <div
          class="downhill-valley"
          tabindex="0"
          role="group"
          data-grid="start"
          data-at="start ${row} ${column}"
          data-size="${rows} ${columns}"
          aria-label="${{
            en: 'Start in the valley; arrow keys move it',
            ko: '골짜기의 출발점. 화살표 키로 옮깁니다',
          }}"
        >
          ${valleyPlot(runs, state.start, found)}
        </div>
        ${heightPlot(runs, state.steps, found)}
      </div>
      <p class="lesson-sum downhill-sum" data-say>${found}</p>
      ${runs.length === 1 ? lastUpdate(runs[0], state, factor) : results(runs, state.steps, factor)}`;
  },
  choose: (state, { row, column }) => ({
    ...state,
    start: [-reachX + column * stepX, reachY - row * stepY],
  }),
  attach: dragStart,
};

export const valleyFigure = defineFigure(valley);

/** Where each stands, and by which rule it came there. */
function results(runs: readonly Run[], steps: number, factor: number): Html {
  const end = ({ moments }: Run) => moments[moments.length - 1].at;
  return renderTable({
    caption: { en: 'Where each optimizer stands', ko: '옵티마이저마다 도착한 곳' },
    columns: [
      {
        head: { en: 'Optimizer', ko: '옵티마이저' },
        value: (run) => run.runner.title,
        heading: true,
      },
      {
        head: { en: 'Rate η', ko: '학습률 η' },
        value: (run) => formatNumber(run.runner.rate * factor),
        numeric: true,
      },
      {
        head: { en: 'Steps', ko: '스텝' },
        value: (run) => {
          const stopped = stoppedAfter(run, steps);
          if (stopped === null) return String(steps);
          return { en: `${stopped}, stopped`, ko: `${stopped}에서 멈춤` };
        },
        numeric: true,
      },
      { head: 'x', value: (run) => formatNumber(end(run)[0]), numeric: true },
      { head: 'y', value: (run) => formatNumber(end(run)[1]), numeric: true },
      { head: 'f(x, y)', value: (run) => formatNumber(heightAt(end(run))), numeric: true },
      { head: { en: 'Rule of a step', ko: '한 스텝의 규칙' }, value: (run) => run.runner.rule },
    ],
    rows: runs,
  });
}

/** The numbers of the step that came last. */
function lastUpdate({ runner, moments }: Run, { momentum }: ValleyState, factor: number): Html {
  const [from, to] = moments.slice(-2);
  const step = moments.length - 1;
  const lines = updateText(runner, runner.rate * factor, momentum, [from, to], step);
  return html`<div class="downhill-update">
    <p>
      <b>${runner.title}</b>: ${runner.rule}, η = ${formatNumber(runner.rate * factor)}.
      ${{ en: `Step ${step} in numbers:`, ko: `${step}번째 스텝의 계산:` }}
    </p>
    ${lines.map(({ axis, text }) => html`<p><i>${axis}</i>: ${text}</p>`)}
  </div>`;
}

/** The start follows a mouse or a finger over the valley. */
function dragStart(part: HTMLElement, host: Host<ValleyState>): void {
  let isDown = false;
  const move = (event: PointerEvent) => {
    const picture = part.querySelector('.downhill-valley svg');
    if (!picture) return;
    const { left, top, width, height } = picture.getBoundingClientRect();
    const across = shareOf((event.clientX - left) / width, valleyBox.left, valleyBox.right);
    const down = shareOf((event.clientY - top) / height, valleyBox.top, valleyBox.bottom);
    const start: Point = [rounded(reachX * (2 * across - 1)), rounded(reachY * (1 - 2 * down))];
    host.show({ ...host.read(), start });
  };
  part.addEventListener('pointerdown', (event) => {
    const isOver = event.target instanceof Element && event.target.closest('.downhill-valley svg');
    if (event.button !== 0 || !isOver) return;
    isDown = true;
    move(event);
  });
  addEventListener('pointermove', (event) => isDown && move(event));
  addEventListener('pointerup', () => (isDown = false));
  addEventListener('pointercancel', () => (isDown = false));
}

const shareOf = (place: number, from: number, to: number) =>
  within((place - from) / (to - from), 0, 1);

const rounded = (value: number) => Math.round(value * 100) / 100;
