/// <reference lib="dom" />
import type { MapFrame } from './map-points.ts';

/** The actions of the mouse or a finger on the map. */
interface PointerUses {
  /** Whether a finger draws frames, instead of scrolling the page. */
  isFraming(): boolean;
  place(event: MouseEvent): MapFrame['from'];
  /** The mouse is over the map; null when it leaves. */
  hover(event: MouseEvent | null): void;
  tap(event: MouseEvent): void;
  click(event: MouseEvent): void;
  /** A frame grows, and is done. */
  drag(frame: MapFrame): void;
  done(frame: MapFrame | null): void;
}

/** Least way of a drag in pixels; a shorter one is a click. */
const leastDrag = 5;

/** Tells clicks, taps and drags apart. */
export function onMapPointer(field: HTMLElement, uses: PointerUses): void {
  let start: PointerEvent | null = null;
  let frame: MapFrame | null = null;
  let hasDragged = false;

  field.addEventListener('pointerdown', (event) => {
    hasDragged = false;
    if (isLink(event) || event.button !== 0 || !event.isPrimary) return;
    if (event.pointerType === 'touch' && !uses.isFraming()) return;
    start = event;
    field.setPointerCapture(event.pointerId);
  });
  field.addEventListener('pointermove', (event) => {
    if (start === null) {
      if (event.pointerType !== 'touch') uses.hover(event);
      return;
    }
    const moved = Math.max(
      Math.abs(event.clientX - start.clientX),
      Math.abs(event.clientY - start.clientY),
    );
    if (frame === null && moved < leastDrag) return;
    if (frame === null) uses.hover(null);
    frame = { from: uses.place(start), to: uses.place(event) };
    uses.drag(frame);
  });
  const end = (isKept: boolean) => {
    hasDragged = frame !== null;
    if (frame !== null) uses.done(isKept ? frame : null);
    [start, frame] = [null, null];
  };
  field.addEventListener('pointerup', () => end(true));
  field.addEventListener('pointercancel', () => end(false));
  field.addEventListener('pointerleave', (event) => {
    if (start === null && event.pointerType !== 'touch') uses.hover(null);
  });
  field.addEventListener('click', (event) => {
    if (isLink(event) || hasDragged) return;
    if (event instanceof PointerEvent && event.pointerType === 'touch') uses.tap(event);
    else uses.click(event);
  });
}

/** The card over the map is a link of its own. */
function isLink({ target }: Event): boolean {
  return target instanceof Element && target.closest('a') !== null;
}
