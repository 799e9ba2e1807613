/// <reference lib="dom" />
/** Events by which a reader goes elsewhere. */
const moves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Keeps the part of the page that its address names in view. Parts above it are filled when the model is there or
 * they come near, and would push it away; it comes back until the reader moves.
 */
export function holdAddress(): void {
  hold();
  addEventListener('hashchange', hold);
}

function hold(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target === null) return;
  const observer = new ResizeObserver(() => target.scrollIntoView());
  const release = () => {
    observer.disconnect();
    for (const move of moves) removeEventListener(move, release);
  };
  for (const move of moves) addEventListener(move, release, { passive: true });
  observer.observe(document.body);
}
