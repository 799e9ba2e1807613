/// <reference lib="dom" />
// Mouse, pen and fingers over a drawing. A finger that moves up or down scrolls the page as ever.
import type { Places } from './zoom.ts';

/** A place in the plot, in its own pixels, with the plot's size. */
export interface PlotPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The actions that gestures ask for. */
export interface Gestures {
  placeOf(event: PointerEvent): PlotPlace;
  /** The pointer is at a place, or gone. */
  point(place: PlotPlace | null): void;
  /** A range is being chosen, or no longer. */
  choose(range: readonly [number, number] | null): void;
  /** The range was chosen. */
  zoom(range: readonly [number, number]): void;
  /** Two fingers have drawn what was at the places `from` to the places `to`. */
  pinch(from: Places, to: Places, isFirst: boolean): void;
}

/** A shorter drag is a click. */
const leastDrag = 6;

/** Listens on an element; the listeners go with it. */
export function listenToPointers(frame: HTMLElement, gestures: Gestures): { cancel(): boolean } {
  const fingers = new Map<number, PlotPlace>();
  let drag: { id: number; from: number; to: number } | null = null;
  let begun: Places | null = null;

  const isInside = ({ x, y, width, height }: PlotPlace) =>
    x >= 0 && x <= width && y >= 0 && y <= height;
  const sharesOf = (): Places => {
    const [a, b] = [...fingers.values()];
    return [a.x / a.width, b.x / b.width];
  };
  const pinchNow = () => {
    const now = sharesOf();
    const isFirst = begun === null;
    begun ??= now;
    gestures.point(null);
    gestures.pinch(begun, now, isFirst);
  };
  const cancel = () => {
    const was = drag !== null;
    drag = null;
    gestures.choose(null);
    return was;
  };

  frame.addEventListener('pointerdown', (event) => {
    const place = gestures.placeOf(event);
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, place);
      if (fingers.size === 1 && isInside(place)) gestures.point(place);
    } else if (event.button === 0 && isInside(place)) {
      drag = { id: event.pointerId, from: place.x, to: place.x };
    }
  });
  frame.addEventListener('pointermove', (event) => {
    const place = gestures.placeOf(event);
    if (event.pointerType === 'touch') {
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, place);
      if (fingers.size === 2) return pinchNow();
    }
    if (drag?.id === event.pointerId) {
      drag.to = Math.min(place.width, Math.max(0, place.x));
      if (Math.abs(drag.to - drag.from) < leastDrag) return;
      frame.setPointerCapture(event.pointerId);
      gestures.choose([drag.from, drag.to]);
    }
    gestures.point(isInside(place) ? place : null);
  });
  const end = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) begun = null;
    if (drag?.id !== event.pointerId) return;
    const { from, to } = drag;
    cancel();
    if (event.type === 'pointerup' && Math.abs(to - from) >= leastDrag) gestures.zoom([from, to]);
  };
  frame.addEventListener('pointerup', end);
  frame.addEventListener('pointercancel', end);
  frame.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'touch') gestures.point(null);
  });
  return { cancel };
}
