import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

describeInChromium('the first screen and the length of a notebook', () => {
  const directory = join(temporaryDirectory(), 'run');
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    writeSyntheticRun(directory, { filters: 30, testSamples: 900, logitNoise: 3 });
    url = pathToFileURL(await writeNotebook(directory)).href;
    browser = await launchChromium();
  }, 180_000);
  afterAll(() => browser?.close());

  async function open(width: number, height: number, options: BrowserContextOptions = {}) {
    const viewport = { width, height };
    const page = await browser.newPage({ offline: true, viewport, ...options });
    await page.goto(url);
    return page;
  }

  /** Lower edges of elements in the window, which is not scrolled. */
  const edges = (page: Page, selector: string) =>
    page
      .locator(selector)
      .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().bottom));

  test.each([
    [1280, 900, 'light', 'English'],
    [1280, 900, 'dark', '한국어'],
    [390, 844, 'light', 'English'],
    [390, 844, 'dark', '한국어'],
  ] as const)(
    'at %i × %i, %s, %s: accuracy, verdict, findings and what to do first are in the first screen',
    async (width, height, colorScheme, language) => {
      const page = await open(width, height, { colorScheme });
      await page.getByText(language, { exact: true }).click();
      for (const part of ['.main-figure', '.verdict', '.findings li', '.action']) {
        const bottoms = await edges(page, `#result ${part}`);
        expect(bottoms.length, part).toBeGreaterThan(0);
        for (const bottom of bottoms) expect(bottom, part).toBeLessThanOrEqual(height);
      }
      await page.context().close();
    },
  );

  test('at 1280 px, the command to run next is in it, too', async () => {
    const page = await open(1280, 900);
    const [bottom] = await edges(page, '#result .command');
    expect(bottom).toBeLessThanOrEqual(900);
    await page.context().close();
  });

  test('nothing opened, it is shorter than 13 screens at 1280 px', async () => {
    const page = await open(1280, 900);
    await page.locator('[data-live]').waitFor();
    await expect
      .poll(() => page.evaluate<number>('document.querySelectorAll("[data-maps] canvas").length'))
      .toBeGreaterThan(30);
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    expect(height).toBeLessThan(13 * 900);
    await page.context().close();
  });

  test('what it finds leads to a cell that is there, and “why” to a mistake that the run keeps', async () => {
    const page = await open(1280, 900);
    const links = await page
      .locator('#result .judgement a')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    const anchors = links.filter((link) => !link.startsWith('#image='));
    expect(anchors).toEqual(expect.arrayContaining(['#training', '#confidence', '#try-it']));
    for (const anchor of anchors) expect(await page.locator(anchor).count(), anchor).toBe(1);
    const [image] = links.filter((link) => link.startsWith('#image='));
    const index = Number(image.slice('#image='.length));
    const { samples } = readRun(directory);
    expect(samples?.images.has(index)).toBe(true);
    await page.getByRole('link', { name: 'Draw a digit' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#try-it');
    await page.context().close();
  });

  test('without a script, only what works is offered', async () => {
    const page = await open(1280, 900, { javaScriptEnabled: false });
    expect(await page.getByRole('link', { name: 'Why is it wrong?' }).count()).toBe(0);
    expect(await page.locator('#result .findings a').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test('what is there for the curious is printed', async () => {
    const page = await open(1280, 900);
    const curves = page.locator('#training .curious .chart svg');
    const shown = () =>
      curves.evaluateAll(
        (found) =>
          found.filter((svg) => svg.checkVisibility({ contentVisibilityAuto: true })).length,
      );
    expect(await shown()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(shown).toBe(7);
    await page.context().close();
  });
});
