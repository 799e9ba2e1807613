/// <reference lib="dom" />
import { holdInPlace } from './hold-in-place.ts';

/** How far below or above the window a part may be when its work begins. */
const near = '800px 0px';

/** Calls once an element is in the window or near it. */
export function whenNear(element: Element, begin: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      holdInPlace(element, begin);
    },
    { rootMargin: near },
  );
  observer.observe(element);
}
