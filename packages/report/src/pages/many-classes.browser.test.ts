// The notebook of many classes with long names, on a screen and on a telephone.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeNotebook } from './write-runs.ts';

const classNames = Array.from(
  { length: 200 },
  (_, k) => `species ${k} ${k % 3 ? 'hawk' : 'of-the-northern-woods-and-of-all-the-hills-beyond'}`,
);

describeInChromium('the notebook of 200 classes', () => {
  const out = join(temporaryDirectory(), 'run');
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    const sizes = { input: [1, 6, 6], kernelSize: 3, filters: 2, testSamples: 600 };
    writeSyntheticRun(out, { ...sizes, logitNoise: 2, classNames });
    url = pathToFileURL(await writeNotebook(out)).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, offline: true });
    await page.goto(url);
    await settlePage(page);
    return page;
  }

  it.each([
    [1280, 3500],
    [390, 4500],
  ])(
    'at %i pixels has no part higher than %i, and is no wider than the screen',
    async (width, most) => {
      const page = await open(width);
      const heights = await page
        .locator('#data, #confusion')
        .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
      expect(heights).toHaveLength(2);
      for (const height of heights) expect(height).toBeLessThan(most);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    },
  );

  it('scrolls long tables and many means in frames, whose columns all show', async () => {
    const page = await open(1280);
    const counts = page.locator('#data > .fold:has(.tall)');
    await counts.locator('summary').click();
    const frames = await page
      .locator(
        '#data > figure .tall:visible, #data > .fold > .tall:visible, #confusion figure > .tall:visible',
      )
      .evaluateAll((found) =>
        found.map(({ clientHeight, scrollHeight, clientWidth, scrollWidth }) => ({
          isLonger: scrollHeight > clientHeight,
          isWider: scrollWidth > clientWidth,
        })),
      );
    // Means, counts, confusions and scores.
    expect(frames).toEqual(Array.from({ length: 4 }, () => ({ isLonger: true, isWider: false })));
    await page.close();
  });
});
