/// <reference lib="dom" />
// A chart that answers to mouse, touch and keyboard.
import { createActions, type Actions } from './actions.ts';
import { addControls, type Controls } from './controls.ts';
import { createDrawings, type Drawings } from './drawings.ts';
import { listenToPointers } from './gestures.ts';
import { wishOf } from './keys.ts';
import { readChart } from './spec.ts';
import { createState, type ChartState, type KeptView } from './state.ts';
import { partOf, pinch } from './zoom.ts';

/** A chart that the reader has come to. */
export interface LiveChart {
  /** Switches a curve off, or on again. */
  toggle(curve: number): void;
  /** Reads again how far curves are smoothed. */
  refresh(): void;
  /** The reader is elsewhere. */
  leave(): void;
}

interface Parts {
  state: ChartState;
  drawings: Drawings;
  controls: Controls;
  actions: Actions;
}

/** Lets a chart of the page answer; `onChange` hears what the reader chose. */
export function createChart(
  part: HTMLElement,
  kept: KeptView,
  onChange: (view: KeptView) => void,
): LiveChart {
  const model = readChart(part);
  const controls = addControls(part);
  const state = createState(model, kept, shownWindow(part));
  const drawings = createDrawings(model, controls.frame, state.view());
  const actions = createActions(state, drawings, controls, onChange);
  const parts = { state, drawings, controls, actions };
  const cancelDrag = listenToHands(parts);
  listenToKeys(parts, cancelDrag);
  listenToClicks(parts);
  return {
    toggle: actions.toggle,
    refresh: () => actions.smooth(shownWindow(part)),
    leave: () => actions.point(null),
  };
}

/** Steps that the smoothed curve shows the mean of: see `smoothing.ts` of the charts. */
function shownWindow(part: HTMLElement): number {
  const shown = part.querySelector<SVGElement>('[data-window]:not([display])');
  return Number(shown?.dataset.window ?? 1);
}

/** Listens to pointers; the function that it returns gives up a drag, and says whether there was one. */
function listenToHands({ state, drawings, controls, actions }: Parts): () => boolean {
  const { frame, slider } = controls;
  let pinched = state.part();
  // The keys go on from where the mouse was; a drag selects no text.
  frame.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('button')) return;
    event.preventDefault();
    slider.classList.add('by-pointer');
    slider.focus({ preventScroll: true });
  });
  slider.addEventListener('blur', () => {
    slider.classList.remove('by-pointer');
    actions.point(null);
  });
  return listenToPointers(frame, {
    placeOf: drawings.placeOf,
    point(place) {
      const { count, nearest } = state.stops();
      if (place !== null && count > 0) {
        return actions.point(nearest(drawings.plot(), place.x, place.y));
      }
      if (!slider.matches(':focus-visible:not(.by-pointer)')) actions.point(null);
    },
    choose: (range) => actions.point(actions.at(), range),
    zoom([a, b]) {
      const { x } = drawings.plot();
      const part = partOf(state.axis, x.toValue(a), x.toValue(b));
      if (part !== null) actions.zoom(part);
    },
    pinch(from, to, isFirst) {
      if (isFirst) pinched = state.part();
      actions.zoom(pinch(state.axis, pinched, from, to));
    },
  }).cancel;
}

function listenToKeys(
  { state, drawings, controls, actions }: Parts,
  cancelDrag: () => boolean,
): void {
  const { slider } = controls;
  const whole = () => {
    if (cancelDrag()) return true;
    if (state.view().part === null && actions.at() === null) return false;
    if (state.view().part === null) actions.point(null);
    else actions.zoom(null);
    return true;
  };
  slider.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const wish = wishOf(event.key, actions.at(), state.stops().range(state.part()));
    drawings.look();
    if (wish === null || (wish === 'whole' && !whole())) return;
    slider.classList.remove('by-pointer');
    if (wish !== 'whole' && 'times' in wish) actions.zoomBy(wish.times);
    if (wish !== 'whole' && 'to' in wish) actions.go(wish.to);
    event.preventDefault();
    // Other parts of the page answer to Escape and arrows, too.
    event.stopPropagation();
  });
}

function listenToClicks({ controls, actions }: Parts): void {
  const { frame, slider, more, less, whole } = controls;
  more.addEventListener('click', () => actions.zoomBy(1 / 2));
  less.addEventListener('click', () => actions.zoomBy(2));
  whole.addEventListener('click', () => {
    actions.zoom(null);
    slider.focus({ preventScroll: true });
  });
  frame.addEventListener('dblclick', ({ target }) => {
    if (target instanceof Element && !target.closest('button')) actions.zoom(null);
  });
  // The name of a curve at its end is a switch, too.
  frame.addEventListener('click', ({ target }) => {
    const name = target instanceof Element ? target.closest('text') : null;
    const curve = name?.closest<SVGElement>('[data-curve]')?.dataset.curve;
    if (curve !== undefined) actions.toggle(Number(curve));
  });
}
