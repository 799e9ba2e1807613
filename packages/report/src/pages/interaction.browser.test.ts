import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

describeInChromium('each cell in Chromium, by mouse and by keyboard', () => {
  const directory = join(temporaryDirectory(), 'run');
  let url = '';
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    url = pathToFileURL(await writeNotebook(writeSyntheticRun(directory))).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    const context = await browser.newContext({ colorScheme: 'light', offline: true });
    page = await context.newPage();
    await page.goto(url);
    await page.locator('[data-live]').waitFor();
    await settlePage(page);
  });
  afterEach(() => page.context().close());

  const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const isOpen = (fold: Locator) => fold.evaluate((element) => element.hasAttribute('open'));

  test('every fold opens and closes', async () => {
    const folds = await page.locator('main details').all();
    expect(folds.length).toBeGreaterThan(12);
    for (const fold of folds) {
      await fold.evaluate((element) =>
        element.parentElement?.closest('details')?.setAttribute('open', ''),
      );
      const summary = fold.locator('summary').first();
      await summary.click();
      expect(await isOpen(fold)).toBe(true);
      await summary.press('Enter');
      expect(await isOpen(fold)).toBe(false);
    }
  });

  test('the colours switch', async () => {
    const light = await paper();
    await page.getByText('Dark', { exact: true }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.getByRole('radio', { name: 'Dark' }).press('ArrowLeft');
    expect(await paper()).toBe(light);
  });

  test('the contents lead to each cell, and the first stop of Tab to the text', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#content');
    const link = (cell: string) => page.locator(`nav.contents a[href="#${cell}"]`);
    await link('training').click();
    expect(new URL(page.url()).hash).toBe('#training');
    await link('filters').press('Enter');
    expect(new URL(page.url()).hash).toBe('#filters');
  });

  test('a download comes', async () => {
    const link = page.locator('a[download="metrics.ndjson.gz"]');
    for (const choose of [() => link.click(), () => link.press('Enter')]) {
      const [download] = await Promise.all([page.waitForEvent('download'), choose()]);
      expect(readFileSync(await download.path()).length).toBeGreaterThan(100);
    }
  });

  test('the filters through training move', async () => {
    const slider = page.getByRole('slider', { name: 'Moment of training' });
    const shown = () => page.locator('[data-frames] img:visible').getAttribute('alt');
    await slider.press('Home');
    expect(await shown()).toBe('Filters after step 0');
    await slider.press('End');
    expect(await shown()).toBe('Filters after step 120');
    await slider.click({ position: { x: 2, y: 5 } });
    expect(await shown()).toBe('Filters after step 0');
  });

  test('the pixel that is explained moves', async () => {
    const sum = page.locator('[data-sum]');
    const row = page.locator('[data-row]');
    await page.locator('[data-layer]').press('End');
    expect(await page.locator('[data-layer]').inputValue()).toBe('dense2');
    await page
      .locator('[data-maps] .maps canvas')
      .first()
      .click({ position: { x: 5, y: 5 } });
    expect(await page.locator('[data-layer]').inputValue()).toBe('conv1');
    const before = await row.inputValue();
    await row.press('ArrowUp');
    expect(Number(await row.inputValue())).toBe(Number(before) + 1);
    expect(await sum.getAttribute('data-sum')).toBe(await sum.getAttribute('data-activation'));
  });
});
