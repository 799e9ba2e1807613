/// <reference lib="dom" />
// The address says which image is open: opening adds one entry to the history, going through a list changes it,
// and closing goes back.
import { imageInAddress } from './image-list.ts';

/** The state of entries that were added here, from which one may go back: it outlives a reload. */
const added = 'image';

/** Keeps address and inspector together. `onChange` is called when the address changes by itself. */
export function createInspectorAddress(onChange: (index: number | null) => void) {
  const address = (index: number) => `${location.search}#image=${index}`;
  const opened = () => imageInAddress(location.hash);
  /** Where the page stood: going back may lead to the anchor that its address names. */
  let begin: { hash: string; top: number } | null = null;
  addEventListener('popstate', () => onChange(opened()));
  addEventListener('hashchange', ({ oldURL }) => {
    if (begin === null || location.hash !== begin.hash) return;
    if (imageInAddress(new URL(oldURL).hash) === null) return;
    scrollTo({ top: begin.top, behavior: 'instant' });
  });
  return {
    /** The image that the address names. */
    opened,
    open(index: number) {
      begin = { hash: location.hash, top: scrollY };
      history.pushState(added, '', address(index));
    },
    go(index: number) {
      history.replaceState(history.state, '', address(index));
    },
    /** After the inspector is closed; `then` is called where the address needs a while to go back. */
    close(then: () => void) {
      if (opened() === null) return;
      if (history.state === added) {
        addEventListener('hashchange', then, { once: true });
        history.back();
      } else history.replaceState(null, '', `${location.pathname}${location.search}`);
    },
    /** Closes by leading to another part of the page. */
    leave(hash: string) {
      begin = null;
      location.replace(hash);
    },
  };
}
