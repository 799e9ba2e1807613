/// <reference lib="dom" />
// The address says which image is open: opening adds one entry to the history, going through a list changes it,
// and closing goes back.
import { imageInAddress } from './image-list.ts';

/** Keeps address and inspector together. `onChange` is called when the address changes by itself. */
export function createInspectorAddress(onChange: (index: number | null) => void) {
  /** Whether the entry that is open was added here, so that one may go back. */
  let isAdded = false;
  const address = (index: number) => `${location.search}#image=${index}`;
  const opened = () => imageInAddress(location.hash);
  const follow = () => {
    const index = opened();
    if (index === null) isAdded = false;
    onChange(index);
  };
  addEventListener('popstate', follow);
  return {
    /** The image that the address names. */
    opened,
    open(index: number) {
      isAdded = true;
      history.pushState(null, '', address(index));
    },
    go(index: number) {
      history.replaceState(null, '', address(index));
    },
    /** After the inspector is closed. */
    close() {
      if (opened() === null) return;
      if (isAdded) history.back();
      else history.replaceState(null, '', `${location.pathname}${location.search}`);
      isAdded = false;
    },
    /** Closes by leading to another part of the page. */
    leave(hash: string) {
      isAdded = false;
      location.replace(hash);
    },
  };
}
