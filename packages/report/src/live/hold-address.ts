/// <reference lib="dom" />
/** What a reader does to be elsewhere. */
const moves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Keeps the part of the page that its address names in view. Parts above it are filled when the model is there or
 * they come near, and would push it away; it comes back until the reader moves.
 */
export function holdAddress(): void {
  let release = () => {};
  const hold = () => {
    release();
    release = holdInView(document.getElementById(location.hash.slice(1)));
  };
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // After a reload, or on the way back, the browser restores where the reader was.
  if (visit.type === 'navigate') hold();
  addEventListener('hashchange', ({ oldURL }) => {
    // The inspector closes where the reader was.
    if (!new URL(oldURL).hash.startsWith('#image=')) hold();
  });
}

/** @returns Lets it go. */
function holdInView(target: HTMLElement | null): () => void {
  let height = document.body.offsetHeight;
  const observer = new ResizeObserver(() => {
    // The first call comes without a change; a width that changes brings another height.
    if (document.body.offsetHeight !== height) target?.scrollIntoView();
    height = document.body.offsetHeight;
  });
  const release = () => {
    observer.disconnect();
    for (const move of moves) removeEventListener(move, release);
  };
  if (target === null) return release;
  for (const move of moves) addEventListener(move, release, { passive: true });
  observer.observe(document.body);
  return release;
}
