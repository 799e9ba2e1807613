/// <reference lib="dom" />
import { html } from '@convbook/page/markup';
import { digitBytes, readDigits } from '../../data/digits.ts';
import { defineFigure, type Place } from '../../figure/figure.ts';
import { imageControl } from '../../figure/digit-control.ts';
import { numberRange } from '../../figure/number-range.ts';
import type { Cell } from '../../figure/rows.ts';
import { within } from '../../figure/within.ts';
import { modelNames } from './models.ts';
import { weights } from './networks.ts';
import { countCorrect, farthest, knownCorrect, shifts, type Shift } from './shift.ts';
import { accuracyMaps, answerBars, shiftedDigit, shiftSentence, type Count } from './shift-view.ts';

interface State extends Shift {
  readonly image: number;
  /** Where a drag began, and the shift at that moment. */
  readonly held: (Shift & Cell) | null;
  /** Whether the view leaves places of the maps blank until `attach` has counted them. */
  readonly isPatient: boolean;
}

const kept = (value: number) => within(value, -farthest, farthest);

const reach = [-farthest, farthest] as const;
const patient = (state: State): State => ({ ...state, isPatient: true });

const chooseImage = imageControl<State>();

/** A digit moves, and two networks say what they see. */
export const shiftFigure = defineFigure<State>({
  id: 'plain-network-shift',
  data: ['hundred-digits', weights],
  start: { image: 72, down: 2, right: 2, held: null, isPatient: false },
  controls: [
    {
      ...chooseImage,
      set: (state: State, value: number) => patient(chooseImage.set(state, value)),
    },
    numberRange('down', { en: 'Down', ko: '아래로' }, reach, patient),
    numberRange('right', { en: 'Right', ko: '오른쪽으로' }, reach, patient),
    {
      kind: 'button',
      label: { en: 'Back to the middle', ko: '가운데로' },
      act: (state) => patient({ ...state, down: 0, right: 0 }),
    },
  ],
  view(state, compute) {
    const digits = readDigits(compute.data('hundred-digits'));
    const bytes = digitBytes(digits, state.image);
    const label = digits.labels[state.image];
    const count: Count = (name, shift) =>
      state.isPatient ? knownCorrect(compute, name, shift) : countCorrect(compute, name, shift);
    return html`<div class="lesson-row">
        ${shiftedDigit(bytes, label, state)}
        <div class="plain-network-side">${answerBars(compute, bytes, label, state)}</div>
      </div>
      <div class="lesson-row plain-network-maps">${accuracyMaps(count, state)}</div>
      ${shiftSentence(count, state)}`;
  },
  choose(state, place) {
    return patient(move(state, place));
  },
  // The book is printed with both maps: they are counted again once a reader comes to them.
  attach(part, host, compute) {
    const tasks = shifts.flatMap((shift) =>
      modelNames.map((name) => () => countCorrect(compute, name, shift)),
    );
    let isCounted = false;
    const count = () => {
      if (isCounted) return;
      isCounted = true;
      inSlices(tasks, () => host.read().isPatient && host.show(host.read()));
    };
    for (const event of ['pointerover', 'pointerdown', 'focusin', 'input', 'keydown', 'click']) {
      part.addEventListener(event, count, { once: true });
    }
  },
});

function move(state: State, { part, row, column, by }: Place): State {
  if (part !== 'digit' || by === 'arrow') {
    return { ...state, down: kept(row - farthest), right: kept(column - farthest) };
  }
  if (by === 'press' || state.held === null) {
    return { ...state, held: { row, column, down: state.down, right: state.right } };
  }
  const { held } = state;
  const [down, right] = [held.down + row - held.row, held.right + column - held.column];
  return { ...state, down: kept(down), right: kept(right) };
}

/** Tasks after which the view shows what is known: a row of both maps. */
const tasksShown = 2 * (2 * farthest + 1);

/** Runs tasks one after another, and lets the page draw between them. */
function inSlices(tasks: readonly (() => void)[], show: () => void): void {
  const next = (at: number) => {
    if (at % tasksShown === 0) show();
    if (at === tasks.length) return;
    tasks[at]();
    setTimeout(() => next(at + 1));
  };
  next(0);
}
