/// <reference lib="dom" />
import { holdInPlace } from '@convbook/page/browser';

/** Work on a part of the page that waits until the part is in or near the window, or printed. */
export interface LazyWork {
  /** Does the work now where the part is near, else once it comes near. */
  request(): void;
  /** Whether the part is near now. */
  isNear(): boolean;
}

/** Lets a live answer wait for no part that is out of sight. */
export function whileNear(part: HTMLElement, work: () => void): LazyWork {
  let [isNear, isStale] = [false, false];
  const workIfStale = () => {
    if (!isStale) return;
    isStale = false;
    work();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      isNear = entries.some(({ isIntersecting }) => isIntersecting);
      if (isNear) holdInPlace(part, workIfStale);
    },
    { rootMargin: '50%' },
  );
  observer.observe(part);
  addEventListener('beforeprint', workIfStale);
  return {
    request() {
      isStale = true;
      if (isNear) workIfStale();
    },
    isNear: () => isNear,
  };
}
