import { defineFigure } from '../../figure/figure.ts';
import { controls } from './controls.ts';
import { runTraining } from './run-training.ts';
import { firstState, type State } from './state.ts';
import { view } from './view.ts';

/** A network that trains while one looks. */
export const trainFigure = defineFigure<State>({
  id: 'train-here-run',
  data: ['training-digits', 'held-out-digits', 'training-record'],
  start: firstState,
  controls,
  view,
  looksAlike: (before, after) =>
    before.shown === after.shown &&
    before.digit === after.digit &&
    (after.shown !== null || before.settings === after.settings),
  attach: runTraining,
});
