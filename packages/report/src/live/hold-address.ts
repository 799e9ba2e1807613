/// <reference lib="dom" />
/** What a reader does to be elsewhere. */
const moves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Keeps the part of the page that its address names in view. Parts above it are filled when the model is there or
 * they come near, and would push it away; it comes back until the reader moves.
 */
export function holdAddress(): void {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // After a reload, or on the way back, the browser restores where the reader was.
  if (visit.type === 'navigate') hold();
  addEventListener('hashchange', ({ oldURL }) => {
    // The inspector closes where the reader was.
    if (!new URL(oldURL).hash.startsWith('#image=')) hold();
  });
}

function hold(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target === null) return;
  let isFirst = true;
  const observer = new ResizeObserver(() => {
    // The browser itself brings it into view.
    if (!isFirst) target.scrollIntoView();
    isFirst = false;
  });
  const release = () => {
    observer.disconnect();
    for (const move of moves) removeEventListener(move, release);
  };
  for (const move of moves) addEventListener(move, release, { passive: true });
  observer.observe(document.body);
}
