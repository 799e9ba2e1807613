/// <reference lib="dom" />

/** Least way of a finger in CSS pixels, and how much longer it is sideways than up or down. */
const least = { way: 48, times: 2 };

/** Calls back with 1 where a finger moves to the left over an element, which leads on, and with −1 to the right. */
export function onSwipe(element: HTMLElement, step: (by: number) => void): void {
  let start: PointerEvent | null = null;
  element.addEventListener('pointerdown', (event) => {
    start = event.pointerType === 'touch' && event.isPrimary ? event : null;
  });
  element.addEventListener('pointerup', (event) => {
    if (start?.pointerId !== event.pointerId) return;
    const [right, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
    start = null;
    if (Math.abs(right) < least.way || Math.abs(right) < least.times * Math.abs(down)) return;
    step(right < 0 ? 1 : -1);
  });
  element.addEventListener('pointercancel', () => (start = null));
}
