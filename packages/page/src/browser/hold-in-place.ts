/// <reference lib="dom" />

/**
 * Fills a part that stands above or in the window, and scrolls by what it grows: what is in the middle of the window,
 * which a reader is about to press, stays there.
 */
export function holdInPlace(part: Element, fill: () => void): void {
  const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  const before = middle?.getBoundingClientRect().top ?? 0;
  fill();
  if (!middle?.checkVisibility() || middle.contains(part)) return;
  const moved = middle.getBoundingClientRect().top - before;
  if (moved !== 0) scrollBy({ top: moved, behavior: 'instant' });
}
