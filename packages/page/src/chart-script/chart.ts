/// <reference lib="dom" />
// A chart that answers: the crosshair, the part that is shown, the curves that are on.
import { describe, find, make, say } from '../browser/find.ts';
import type { Text } from '../text/text.ts';
import { curveLines } from './curves.ts';
import { createDrawings } from './drawings.ts';
import { listenToPointers } from './gestures.ts';
import { wishOf } from './keys.ts';
import { zoomAxis, type View } from './plot.ts';
import { fillReadout, readingText } from './readout.ts';
import type { Domain } from './scale.ts';
import { readChart } from './spec.ts';
import { stopsOf } from './stops.ts';
import { partText } from './words.ts';
import { moveTo, partOf, pinch, zoomAround } from './zoom.ts';

/** What is kept of a chart when a growing page replaces it. */
export type KeptView = Pick<View, 'part' | 'off'>;

/** A chart that the reader has come to. */
export interface LiveChart {
  /** Switches a curve off, or on again. */
  toggle(curve: number): void;
  /** Reads again how far curves are smoothed. */
  refresh(): void;
  /** The pointer is elsewhere. */
  leave(): void;
}

const wholeShown: Text = { en: 'The whole chart is shown.', ko: '차트 전체를 표시합니다.' };

/** Lets a chart of the page answer; null where it does not say how. */
export function createChart(
  part: HTMLElement,
  kept: KeptView,
  onChange: (view: KeptView) => void,
): LiveChart | null {
  const model = readChart(part);
  if (model === null) return null;
  const axis = zoomAxis(model);
  const frame = find<HTMLElement>('.chart-frame', part);
  const slider = find<HTMLElement>('[role="slider"]', frame);
  const { box, buttons, status } = addControls(part, frame);
  let view: View = { ...kept, window: windowOf(frame) };
  let at: number | null = null;
  let lines = curveLines(model, view.window);
  const shownLines = () => lines.filter((line) => !view.off.has(line.at));
  let stops = stopsOf(model, shownLines());
  const drawings = createDrawings(model, frame, view);

  const shownPart = (): Domain => view.part ?? axis.whole;
  const partSaid = (): Text => {
    if (view.part === null) return wholeShown;
    const { en, ko } = partText(model.meta, view.part, model.textOf);
    return { en: `Shown ${en}.`, ko: `${ko} 표시합니다.` };
  };
  const point = (stop: number | null, range: readonly [number, number] | null = null) => {
    at = stop === null || stops.count === 0 ? null : Math.min(stops.count - 1, Math.max(0, stop));
    const reading = at === null ? null : stops.read(at);
    drawings.mark(reading, range);
    box.hidden = reading === null;
    slider.setAttribute('aria-valuemax', String(Math.max(0, stops.count - 1)));
    slider.setAttribute('aria-valuenow', String(at ?? 0));
    if (reading === null) return;
    fillReadout(box, reading);
    const share = drawings.shareOf(reading.x);
    box.classList.toggle('left', share > 0.5);
    box.style.setProperty('--share', share.toFixed(4));
    describe(slider, 'aria-valuetext', readingText(reading));
  };
  const draw = () => {
    const x = at === null ? null : stops.read(at).x;
    stops = stopsOf(model, shownLines());
    drawings.draw(view, shownLines(), partSaid());
    const [, , whole] = buttons;
    whole.hidden = view.part === null;
    frame.classList.toggle('in-part', view.part !== null);
    for (const own of part.querySelectorAll<HTMLElement>('[data-curve-switch]')) {
      const isOn = !view.off.has(Number(own.dataset.curveSwitch));
      own.setAttribute('aria-pressed', String(isOn));
    }
    const plot = drawings.plot();
    point(x === null || stops.count === 0 ? null : stops.nearest(plot, plot.x.toPixel(x), 0));
  };
  const change = (changed: Partial<View>) => {
    view = { ...view, ...changed };
    draw();
    onChange({ part: view.part, off: view.off });
  };
  const zoom = (wanted: Domain | null) => {
    if (wanted === view.part) return;
    change({ part: wanted });
    say(status, partSaid());
  };
  /** Shows `times` as much around the crosshair, or around the middle. */
  const zoomBy = (times: number) => {
    const plot = drawings.plot();
    const middle = plot.x.toValue(plot.width / 2);
    const place = at === null ? middle : stops.read(at).x;
    zoom(zoomAround(axis, shownPart(), place, times));
  };
  const toggle = (curve: number) => {
    const off = new Set(view.off);
    if (!off.delete(curve)) off.add(curve);
    change({ off });
  };

  let pinched = shownPart();
  const pointers = listenToPointers(frame, {
    placeOf: drawings.placeOf,
    point: (place) => {
      if (place === null && slider.matches(':focus-visible')) return;
      point(place && stops.count > 0 ? stops.nearest(drawings.plot(), place.x, place.y) : null);
    },
    choose: (range) => point(at, range),
    zoom: ([a, b]) => {
      const { x } = drawings.plot();
      const wanted = partOf(axis, x.toValue(a), x.toValue(b));
      if (wanted !== null) zoom(wanted);
    },
    pinch: (from, to, isFirst) => {
      if (isFirst) pinched = shownPart();
      zoom(pinch(axis, pinched, from, to));
    },
  });
  // The keys go on from where the mouse was; nothing is selected by a drag.
  frame.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('button')) return;
    event.preventDefault();
    slider.focus({ preventScroll: true });
  });
  frame.addEventListener('dblclick', () => zoom(null));
  frame.addEventListener('click', ({ target }) => {
    const name = target instanceof Element ? target.closest('text') : null;
    const curve = name?.closest<SVGElement>('[data-curve]')?.dataset.curve;
    if (curve !== undefined) toggle(Number(curve));
  });
  slider.addEventListener('blur', () => point(null));
  slider.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const wish = wishOf(event.key, at, stops.range(shownPart()));
    if (wish === null) return;
    if (wish === 'whole') {
      if (!pointers.cancel() && view.part === null && at === null) return;
      if (view.part === null) point(null);
      else zoom(null);
    } else if ('times' in wish) zoomBy(wish.times);
    else if (stops.count > 0) {
      point(wish.to);
      const { x } = stops.read(at ?? 0);
      const moved = moveTo(axis, shownPart(), x);
      if (view.part !== null && moved !== view.part) change({ part: moved });
    }
    event.preventDefault();
    event.stopPropagation();
  });
  const [more, less, whole] = buttons;
  more.addEventListener('click', () => zoomBy(1 / 2));
  less.addEventListener('click', () => zoomBy(2));
  whole.addEventListener('click', () => {
    zoom(null);
    slider.focus({ preventScroll: true });
  });
  draw();
  return {
    toggle,
    refresh: () => {
      view = { ...view, window: windowOf(frame) };
      lines = curveLines(model, view.window);
      draw();
    },
    leave: () => point(null),
  };
}

/** Steps that the smoothed curve shows the mean of: see `smoothing.ts` of the charts. */
function windowOf(frame: HTMLElement): number {
  const shown = frame.querySelector<SVGElement>('[data-window]:not([display])');
  return Number(shown?.dataset.window ?? 1);
}

function addControls(part: HTMLElement, frame: HTMLElement) {
  const box = make('div', '', { class: 'readout', 'aria-hidden': 'true' });
  box.hidden = true;
  const status = make('span', '', { class: 'hidden', role: 'status' });
  const row = make('p', '', { class: 'chart-zoom' });
  const button = (text: Text | string, label: Text) =>
    make('button', text, { type: 'button', 'aria-label': label });
  const buttons = [
    button('+', { en: 'Show less of the axis, larger', ko: '확대' }),
    button('−', { en: 'Show more of the axis', ko: '축소' }),
    button({ en: 'whole', ko: '전체' }, { en: 'Show the whole chart', ko: '차트 전체 보기' }),
  ] as const;
  row.append(...buttons);
  frame.append(box, row);
  part.append(status);
  frame.classList.add('answers');
  return { box, buttons, status };
}
