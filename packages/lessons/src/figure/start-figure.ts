/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// A figure at work in a page.
import { find, refill } from '@convbook/page/browser';
import type { Compute } from './compute.ts';
import type { AnyFigure, Control, Figure, Place } from './figure.ts';

/** Milliseconds between two steps of a range that plays. */
const pace = 350;

/** Starts a figure where the page has it. */
export function startFigure(figure: AnyFigure, compute: Compute): void {
  const part = document.querySelector<HTMLElement>(`[data-figure="${figure.id}"]`);
  if (part) figure.use((own) => start(own, part, compute));
}

function start<State>(figure: Figure<State>, part: HTMLElement, compute: Compute): void {
  const view = find<HTMLElement>('[data-view]', part);
  const holder = find<HTMLElement>('[data-controls]', part);
  let state = figure.start;
  const show = (next: State) => {
    state = next;
    const focused = document.activeElement?.closest<HTMLElement>('[data-grid]')?.dataset.grid;
    refill(view, figure.view(state, compute).toString());
    if (focused !== undefined) {
      view.querySelector<HTMLElement>(`[data-grid="${focused}"]`)?.focus({ preventScroll: true });
    }
    for (const sync of syncs) sync(state);
  };
  const syncs = figure.controls.map((control, k) =>
    startControl(control, find(`[data-control="${figure.id}-${k}"]`, part), {
      read: () => state,
      show,
    }),
  );
  const { choose } = figure;
  if (choose) watchPlaces(view, (place) => show(choose(state, place)));
  holder.hidden = figure.controls.length === 0;
}

interface Host<State> {
  read(): State;
  show(state: State): void;
}

/** @returns Shows a state in the control. */
function startControl<State>(
  control: Control<State>,
  element: HTMLElement,
  host: Host<State>,
): (state: State) => void {
  switch (control.kind) {
    case 'range': {
      const [input, output] = [
        find<HTMLInputElement>('input', element),
        find<HTMLOutputElement>('output', element),
      ];
      const move = () => host.show(control.set(host.read(), input.valueAsNumber));
      const stop = control.plays ? startPlaying(element, input, move) : () => undefined;
      input.addEventListener('input', () => {
        stop();
        move();
      });
      return (state) => {
        input.max = String(control.most(state));
        input.value = output.value = String(control.get(state));
      };
    }
    case 'choice': {
      const select = find<HTMLSelectElement>('select', element);
      select.addEventListener('change', () => host.show(control.set(host.read(), select.value)));
      return (state) => {
        select.value = control.get(state);
      };
    }
    case 'numbers': {
      const fields = [...element.querySelectorAll('input')];
      const read = () => fields.map(({ valueAsNumber }) => valueAsNumber || 0);
      element.addEventListener('input', () => host.show(control.set(host.read(), read())));
      return (state) =>
        control.get(state).forEach((value, k) => {
          // A field that is being typed in keeps what stands in it.
          if (fields[k] !== document.activeElement) fields[k].value = String(value);
        });
    }
    case 'button':
      element.addEventListener('click', () => host.show(control.act(host.read())));
      return () => undefined;
    default:
      control satisfies never;
      throw new Error('startControl: expected a known kind; add it');
  }
}

/** @returns Stops it. */
function startPlaying(element: HTMLElement, input: HTMLInputElement, move: () => void): () => void {
  const button = find<HTMLButtonElement>('[data-play]', element);
  const [paused, playing] = button.querySelectorAll<HTMLElement>('[data-when]');
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    paused.hidden = false;
    playing.hidden = true;
  };
  button.addEventListener('click', () => {
    if (timer !== 0) return stop();
    if (input.value === input.max) input.value = input.min;
    timer = window.setInterval(() => {
      input.stepUp();
      move();
      if (input.value === input.max) stop();
    }, pace);
    paused.hidden = true;
    playing.hidden = false;
    move();
  });
  return stop;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Hears of places that are pressed, dragged over, or reached by arrow keys in a grid that has the focus. */
function watchPlaces(view: HTMLElement, choose: (place: Place) => void): void {
  let isDown = false;
  let last = '';
  const chooseUnder = (event: PointerEvent) => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const cell = under?.closest<HTMLElement>('[data-place]');
    if (!cell || !view.contains(cell)) return;
    const { place = '' } = cell.dataset;
    if (place === last) return;
    last = place;
    choose(placeOf(place));
  };
  view.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    isDown = true;
    last = '';
    chooseUnder(event);
  });
  view.addEventListener('pointermove', (event) => isDown && chooseUnder(event));
  addEventListener('pointerup', () => (isDown = false));
  addEventListener('pointercancel', () => (isDown = false));
  view.addEventListener('keydown', (event) => {
    const grid = (event.target as Element).closest<HTMLElement>('[data-grid]');
    const by = arrows[event.key];
    if (!grid || !by) return;
    event.preventDefault();
    const { part, row, column } = placeOf(grid.dataset.at ?? '');
    const [rows, columns] = (grid.dataset.size ?? '').split(' ').map(Number);
    const next = { row: row + by[0], column: column + by[1] };
    const isIn = next.row >= 0 && next.column >= 0 && next.row < rows && next.column < columns;
    if (isIn) choose({ part, ...next });
  });
}

function placeOf(text: string): Place {
  const [part, row, column] = text.split(' ');
  return { part, row: Number(row), column: Number(column) };
}
