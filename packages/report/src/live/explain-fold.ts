/// <reference lib="dom" />
// Why the model answers so to what is drawn or given: computed only while its fold is open.
import { createExplainView, type Explained, type ExplainSources } from './explain-view.ts';

/** The fold under the answer; null where the page has none. */
export function createExplainFold(sources: ExplainSources) {
  const fold = document.querySelector<HTMLDetailsElement>('[data-explain-fold]');
  if (fold === null) return null;
  let view: ReturnType<typeof createExplainView> | null = null;
  let current: Explained | null = null;
  fold.hidden = false;
  fold.addEventListener('toggle', () => {
    if (!fold.open) view?.stop();
    else {
      view ??= createExplainView(fold, { ...sources, onRequest: ['occlusion'] });
      if (current !== null) view.show(current);
    }
  });
  return {
    show(image: Explained) {
      current = image;
      if (fold.open) view?.show(image, true);
    },
    /** There is no image. */
    clear() {
      current = null;
      view?.clear();
    },
  };
}
