/// <reference lib="dom" />
import type { Place, Reach } from '../figure/figure.ts';
import { within } from '../figure/within.ts';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Hears of places that are pressed, dragged over, or reached by keys in a grid that has the focus. */
export function watchPlaces(view: HTMLElement, choose: (place: Place) => void): void {
  watchPointer(view, choose);
  view.addEventListener('keydown', (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    const { at, size } = event.target.closest<HTMLElement>('[data-grid]')?.dataset ?? {};
    if (at === undefined || size === undefined) return;
    const isEnter = event.key === 'Enter' || event.key === ' ';
    const by = isEnter ? ([0, 0] as const) : arrows[event.key];
    if (!by) return;
    event.preventDefault();
    const { part, row, column } = placeOf(at, 'arrow');
    const [rows, columns] = size.split(' ').map(Number);
    const next = { row: row + by[0], column: column + by[1] };
    const isIn = next.row >= 0 && next.column >= 0 && next.row < rows && next.column < columns;
    if (isIn) choose({ part, ...next, by: isEnter ? 'enter' : 'arrow' });
  });
}

function watchPointer(view: HTMLElement, choose: (place: Place) => void): void {
  let isDown = false;
  let last = '';
  const chooseUnder = (event: PointerEvent, by: Reach) => {
    const place = placeUnder(view, event);
    if (place === null || place === last) return;
    last = place;
    choose(placeOf(place, by));
  };
  view.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    isDown = true;
    last = '';
    chooseUnder(event, 'press');
  });
  view.addEventListener('pointermove', (event) => {
    if (isDown) return chooseUnder(event, 'drag');
    const isOver = event.target instanceof Element && event.target.closest('[data-hover]');
    if (isOver && event.pointerType === 'mouse') chooseUnder(event, 'hover');
  });
  addEventListener('pointerup', () => (isDown = false));
  addEventListener('pointercancel', () => (isDown = false));
}

/** The cell under a pointer, or the place of a surface; null where there is neither. */
function placeUnder(view: HTMLElement, { clientX, clientY }: PointerEvent): string | null {
  const under = document.elementFromPoint(clientX, clientY);
  const element = under?.closest<HTMLElement>('[data-place], [data-surface]');
  if (!element || !view.contains(element)) return null;
  const { place, surface = '' } = element.dataset;
  if (place !== undefined) return place;
  const [part, rows, columns] = surface.split(' ');
  const { left, top, width, height } = element.getBoundingClientRect();
  const along = (distance: number, length: number, places: number) =>
    within(Math.floor((distance / length) * places), 0, places - 1);
  const row = along(clientY - top, height, Number(rows));
  return `${part} ${row} ${along(clientX - left, width, Number(columns))}`;
}

function placeOf(text: string, by: Reach): Place {
  const [part, row, column] = text.split(' ');
  return { part, row: Number(row), column: Number(column), by };
}
