import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadKernelModule } from '@convbook/core/node';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { readRun, readTrainedModel } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { createPredictor } from '@convbook/runtime/network';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

describeInChromium('the cell "Feature maps" in Chromium', () => {
  const directory = join(temporaryDirectory(), 'run');
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    writeSyntheticRun(directory, { filters: 30 });
    url = pathToFileURL(await writeNotebook(directory)).href;
    browser = await launchChromium();
  }, 180_000);
  afterAll(() => browser?.close());

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ offline: true, ...options });
    await page.goto(url);
    if (options.javaScriptEnabled !== false) await settlePage(page);
    return page;
  }

  const numbers = (page: Page, row: number) =>
    page.locator(`[data-layer-row="${row}"] .map-sheet`).first().locator('i').allTextContents();
  const pictures = (page: Page) =>
    page.evaluate<string[]>(`[...document.querySelectorAll('.layer-maps img')].map((image) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      canvas.getContext('2d').drawImage(image, 0, 0);
      return canvas.toDataURL();
    })`);
  const loaded = (page: Page) =>
    page.evaluate(
      `Promise.all([...document.querySelectorAll('.layer-maps img')].map((image) => image.decode()))`,
    );

  test('maps have numbers, a place is the same map in conv1 and pool1, values have class names', async () => {
    const page = await open({ javaScriptEnabled: false });
    const shown = await numbers(page, 2);
    expect(shown).toHaveLength(6);
    expect(await numbers(page, 3)).toEqual(shown);
    const last = page.locator('.layer-maps .class-values').first();
    expect(await last.locator('th').allTextContents()).toEqual([...'0123456789']);
    expect(await page.locator('.layer-maps select:visible').count()).toBe(0);
    await page.close();
  });

  test('another image goes through the layers, and back to the same pictures, by keyboard', async () => {
    const page = await open();
    await page.locator('[data-live]').waitFor();
    await loaded(page);
    const before = await pictures(page);
    const select = page.locator('.layer-maps select').first();
    const own = await select.inputValue();
    await select.press('End');
    expect(await select.inputValue()).not.toBe(own);
    await loaded(page);
    expect(await pictures(page)).not.toEqual(before);

    const trained = readTrainedModel(directory);
    const predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
    const label = await select.locator('option:checked').textContent();
    const index = Number(/^#(\d+), label/.exec(label ?? '')?.[1]);
    const [answer] = predictor.predict([
      readRun(directory).samples?.images.get(index) as Uint8Array,
    ]);
    const table = page.locator('.layer-maps .class-values').first();
    expect(await table.locator('tr.best th').innerText()).toBe(String(answer.class));
    const cells = await table.locator('td').allTextContents();
    expect(cells.map((cell) => Number(cell.trim().replace('−', '-')))).toEqual(
      answer.logits.map((logit) => Number(logit.toFixed(2))),
    );
    const said = await page.locator('.layer-maps [data-answer-of]').first().innerText();
    expect(said).toMatch(new RegExp(`^predicted ${answer.class} `));
    const name = await page.locator('.layer-maps .map-sheet').first().getAttribute('aria-label');
    expect(name).toMatch(new RegExp(`^conv1 \\+ relu1 of test image ${index}: strongest`));

    await select.selectOption(own);
    await loaded(page);
    expect(await pictures(page)).toEqual(before);
    await page.close();
  });

  test('the images to choose are named in the language of the page', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.locator('[data-live]').waitFor();
    await page.getByText('한국어', { exact: true }).tap();
    const select = page.locator('.layer-maps select').nth(2);
    await select.selectOption({ index: 0 });
    expect(await select.locator('option:checked').textContent()).toMatch(/^#\d+, 정답 \d$/);
    const name = await page.locator('.layer-maps .map-sheet').nth(2).getAttribute('aria-label');
    expect(name).toMatch(/^시험 이미지 \d+의 conv1 \+ relu1: /);
    await page.close();
  });
});
