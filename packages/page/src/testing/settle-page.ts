/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core';

/** What a script fills once it has its data, or once it is near the window. */
const unfilled = [
  '[data-live][hidden]',
  '[data-image-browser][hidden]',
  '[data-map-field]:not(.live)',
  '[data-trail] .trail:empty',
  '[data-figure]:not([data-started])',
].join();

/**
 * Lets an opened page come to rest: a part that fills when it is near pushes down what is below it, and a click is
 * lost where that happens between press and release. Scrolls through the whole page, waits until nothing is unfilled
 * and nothing moves, and leaves the page where it was, or at the part that its address names.
 *
 * @param page A page whose scripts run.
 * @param patience Seconds after which it throws.
 */
export async function settlePage(page: Page, patience = 60): Promise<void> {
  const moving = await page.evaluate(settle, { unfilled, patience });
  if (moving === null) return;
  throw new Error(
    `settlePage: expected ${page.url()} to come to rest within ${patience} seconds, got ${moving}; look what still fills or moves it`,
  );
}

interface Waiting {
  readonly unfilled: string;
  /** In seconds. */
  readonly patience: number;
}

/** Runs in the page. @returns What does not come to rest; null where all has. */
async function settle({ unfilled, patience }: Waiting): Promise<string | null> {
  const { documentElement: root, body } = document;
  const [start, end] = [scrollY, performance.now() + 1000 * patience];
  /** The next frame, once observers of the page, which are older, have heard what is near in it. */
  const frame = () =>
    new Promise<void>((done) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        done();
      });
      observer.observe(root);
    });
  /** A part of a closed fold is never near. */
  const isInPage = (part: Element) =>
    (part.matches('[hidden]') ? part.parentElement : part)?.checkVisibility() ?? false;
  const firstUnfilled = () => [...document.querySelectorAll(unfilled)].find(isInPage);
  /** Where everything is, but for what is in drawings. */
  const layout = () =>
    Array.from(body.querySelectorAll(':not(svg *)'), (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return `${left} ${top} ${width} ${height}`;
    }).join();

  do {
    for (let top = 0; top < root.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: 'instant' });
      await frame();
    }
    const part = firstUnfilled();
    if (part && performance.now() > end) return part.outerHTML.slice(0, 100);
  } while (firstUnfilled());

  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) named.scrollIntoView({ behavior: 'instant' });
  else scrollTo({ top: start, behavior: 'instant' });

  for (let [still, before] = [0, '']; still < 5;) {
    await frame();
    const now = layout();
    still = now === before ? still + 1 : 0;
    before = now;
    if (performance.now() > end) return 'parts that move';
  }
  return null;
}
