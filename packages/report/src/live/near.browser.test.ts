import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

/** Marks of parts that have been filled, which happens when they are near the window. */
const filled = {
  mistakes: '[data-image-browser]:not([hidden])',
  'image-map': '[data-map-field].live',
  pixel: '[data-trail] .trail:not(:empty)',
};

describeInChromium('a part that is filled when near', () => {
  let url = '';
  let browser: Browser;

  beforeAll(async () => {
    const run = writeSyntheticRun(join(temporaryDirectory(), 'run'), {
      filters: 30,
      testSamples: 900,
      logitNoise: 3,
    });
    url = pathToFileURL(await writeNotebook(run)).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test.each([
    ['mistakes', 'image-map', 1280],
    ['image-map', 'feature-maps', 1280],
    ['pixel', 'training', 1280],
    ['pixel', 'training', 390],
  ] as const)('%s leaves the heading of %s in its place, at %i px', async (part, below, width) => {
    const page = await browser.newPage({ offline: true, viewport: { width, height: 900 } });
    await page.goto(url);
    await page.locator('[data-live]').waitFor();
    const top = () =>
      page.evaluate<number>(
        `document.querySelector('#${below}-title').getBoundingClientRect().top`,
      );
    const heightOf = () =>
      page.locator(`#${part}`).evaluate((element) => element.getBoundingClientRect().height);
    const isFilled = () => page.locator(filled[part]).count();
    expect(await isFilled()).toBe(0);
    const empty = await heightOf();
    // In one go: the part is filled as soon as the page has scrolled.
    const before = await page.evaluate<number>(`(() => {
      const heading = document.querySelector('#${below}-title');
      heading.scrollIntoView({ block: 'center', behavior: 'instant' });
      return heading.getBoundingClientRect().top;
    })()`);
    await expect.poll(isFilled).toBe(1);
    expect(await heightOf()).toBeGreaterThan(empty + 20);
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    await page.close();
  });

  test.each(['training', 'feature-maps'])(
    'a link of the contents to %s arrives there, past parts that are filled on the way',
    async (cell) => {
      const page = await browser.newPage({ offline: true, viewport: { width: 1280, height: 900 } });
      await page.goto(url);
      await page.locator('[data-live]').waitFor();
      await page.locator(`nav.contents a[href="#${cell}"]`).click();
      const top = () =>
        page.evaluate<number>(`document.getElementById('${cell}').getBoundingClientRect().top`);
      await expect.poll(() => page.locator(filled['image-map']).count()).toBe(1);
      await expect.poll(async () => Math.abs(await top())).toBeLessThan(100);
      await settlePage(page);
      expect(Math.abs(await top())).toBeLessThan(100);
      await page.close();
    },
  );
});
