/// <reference lib="dom" />

/** Milliseconds after the last change before it is read out: a window that walks would speak without end. */
const rest = 600;

/**
 * Reads out the sentence of a view, its element with `data-say`, once the view stays as it is.
 *
 * @returns Is called after each change.
 */
export function createStatus(part: HTMLElement): () => void {
  const status = document.createElement('p');
  status.className = 'hidden';
  status.setAttribute('role', 'status');
  part.append(status);
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const said = part.querySelector('[data-view] [data-say]');
      status.innerHTML = said?.innerHTML ?? '';
    }, rest);
  };
}
