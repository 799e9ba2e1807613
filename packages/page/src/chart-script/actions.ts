/// <reference lib="dom" />
// The actions on a chart, by mouse, finger or keyboard: state, drawings and controls follow.
import { describe, say } from '../browser/find.ts';
import type { Text } from '../text/text.ts';
import type { Controls } from './controls.ts';
import type { Drawings } from './drawings.ts';
import { fillReadout, readingText } from './readout.ts';
import type { Domain } from './scale.ts';
import type { ChartState, KeptView } from './state.ts';
import type { Reading } from './stops.ts';
import { partText } from './words.ts';
import { moveTo, zoomAround } from './zoom.ts';

const wholeShown: Text = { en: 'The whole chart is shown.', ko: '전체 차트를 표시합니다.' };

/** The actions on a chart. */
export type Actions = ReturnType<typeof createActions>;

/** The actions of a chart; `onChange` hears what the reader chose. */
export function createActions(
  state: ChartState,
  drawings: Drawings,
  controls: Controls,
  onChange: (view: KeptView) => void,
) {
  let at: number | null = null;
  const readingNow = () => (at === null ? null : state.stops().read(at));

  /** Moves the crosshair to a stop; null takes it away. */
  const point = (stop: number | null, range: readonly [number, number] | null = null) => {
    const { count } = state.stops();
    at = stop === null || count === 0 ? null : Math.min(count - 1, Math.max(0, stop));
    const reading = readingNow();
    drawings.mark(reading, range);
    tell(controls, reading, { at, count });
    if (reading !== null) placeBox(controls.box, drawings.shareOf(reading.x));
  };
  const draw = () => {
    const { view, shown } = state;
    drawings.draw(view(), shown(), partSaid(state));
    showChoice(controls, view());
  };
  /** Shows what changed, with the crosshair where it was. */
  const change = (changed: Parameters<ChartState['change']>[0]) => {
    const x = readingNow()?.x;
    state.change(changed);
    draw();
    const plot = drawings.plot();
    const { count, nearest } = state.stops();
    point(x === undefined || count === 0 ? null : nearest(plot, plot.x.toPixel(x), 0));
    onChange({ part: state.view().part, off: state.view().off });
  };
  const zoom = (part: Domain | null) => {
    if (part === state.view().part) return;
    change({ part });
    say(controls.status, partSaid(state));
  };

  draw();
  return {
    at: () => at,
    point,
    zoom,
    /** Shows `times` as much around the crosshair, or around the middle. */
    zoomBy(times: number) {
      const { x, width } = drawings.plot();
      const place = readingNow()?.x ?? x.toValue(width / 2);
      zoom(zoomAround(state.axis, state.part(), place, times));
    },
    /** Moves the crosshair to a stop, and the shown part with it. */
    go(stop: number) {
      point(stop);
      const x = readingNow()?.x;
      const { part } = state.view();
      if (x === undefined || part === null) return;
      const moved = moveTo(state.axis, part, x);
      if (moved === part) return;
      const reached = at;
      change({ part: moved });
      point(reached);
    },
    /** Switches a curve off, or on again. */
    toggle(curve: number) {
      const off = new Set(state.view().off);
      if (!off.delete(curve)) off.add(curve);
      change({ off });
    },
    /** Shows smoothed curves as the mean of so many steps. */
    smooth(window: number) {
      change({ window });
    },
  };
}

function partSaid({ view, model }: ChartState): Text {
  const { part } = view();
  if (part === null) return wholeShown;
  const { en, ko } = partText(model, part);
  return { en: `Shown: ${en}.`, ko: `표시 범위: ${ko}.` };
}

function tell(
  { box, slider }: Controls,
  reading: Reading | null,
  { at, count }: { at: number | null; count: number },
): void {
  box.hidden = reading === null;
  slider.setAttribute('aria-valuemax', String(Math.max(0, count - 1)));
  slider.setAttribute('aria-valuenow', String(at ?? 0));
  if (reading === null) return;
  fillReadout(box, reading);
  describe(slider, 'aria-valuetext', readingText(reading));
}

/** The box stands on the side where there is more room. */
function placeBox(box: HTMLElement, share: number): void {
  box.classList.toggle('left', share > 0.5);
  box.style.setProperty('--share', share.toFixed(4));
}

function showChoice({ frame, whole, switches }: Controls, { part, off }: KeptView): void {
  whole.hidden = part === null;
  frame.classList.toggle('in-part', part !== null);
  for (const own of switches) {
    own.setAttribute('aria-pressed', String(!off.has(Number(own.dataset.curveSwitch))));
  }
}
