import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

describeInChromium('the confusion matrix of each epoch', () => {
  const directory = join(temporaryDirectory(), 'run');
  let url = '';
  let browser: Browser;

  beforeAll(async () => {
    url = pathToFileURL(await writeNotebook(writeSyntheticRun(directory))).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function opened(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ offline: true, ...options });
    const page = await context.newPage();
    await page.goto(url);
    if (options.javaScriptEnabled !== false) await settlePage(page);
    return page;
  }

  const fold = (page: Page) => page.locator('details:has(> figure[data-epochs])');
  const parts = (page: Page) => ({
    slider: fold(page).locator('input'),
    output: fold(page).locator('output'),
    table: fold(page).locator('.scroll table.matrix'),
    button: fold(page).locator('button'),
  });

  /** The numbers of the table that the run has for an epoch, `[label][prediction]`. */
  function recorded(epoch: number): string[][] {
    const { statistics, record } = readRun(directory);
    const { confusion } = statistics.find((own) => own.epoch === epoch) ?? { confusion: null };
    const counts = record.data.classNames.map(() => record.data.classNames.map(() => '0'));
    for (const { label, prediction, count } of confusion ?? []) {
      counts[label][prediction] = String(count);
    }
    return counts;
  }

  const shown = (page: Page) =>
    parts(page).table.evaluate((table) =>
      [...table.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('td:not(.sum)')].map((cell) => cell.textContent),
      ),
    );

  test('opens at the last epoch; keys of the slider choose others, in words', async () => {
    const page = await opened();
    await fold(page).locator('summary').first().click();
    await expect.poll(() => shown(page)).toEqual(recorded(3));
    const { slider, output } = parts(page);
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => shown(page)).toEqual(recorded(1));
    expect(recorded(1)).not.toEqual(recorded(3));
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('after epoch 1');
    await expect.poll(() => output.innerText()).toBe('after epoch 1');
    await page.getByText('한국어', { exact: true }).click();
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('1에폭 뒤');
    await expect.poll(() => output.innerText()).toBe('1에폭 뒤');
    await page.context().close();
  });

  test('plays from the first epoch to the last', async () => {
    const page = await opened();
    await fold(page).locator('summary').first().click();
    const { button, slider } = parts(page);
    await button.click();
    await expect.poll(() => button.innerText()).toContain('Pause');
    await expect.poll(() => button.innerText()).toContain('Play');
    expect(await slider.inputValue()).toBe('2');
    await expect.poll(() => shown(page)).toEqual(recorded(3));
    await page.context().close();
  });

  test('a finger on a telephone moves it, and the page does not scroll sideways', async () => {
    const page = await opened({ hasTouch: true, viewport: { width: 390, height: 800 } });
    await fold(page).locator('summary').first().tap();
    const { slider } = parts(page);
    await slider.tap({ position: { x: 3, y: 5 } });
    await expect.poll(() => shown(page)).toEqual(recorded(1));
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
    await page.context().close();
  });

  test('without scripts the table of classes is there, and no slider', async () => {
    const page = await opened({ javaScriptEnabled: false });
    await fold(page).locator('summary').first().click();
    expect(await parts(page).slider.isVisible()).toBe(false);
    const rows = fold(page).locator('table.data tbody tr');
    await expect.poll(() => rows.count()).toBe(10);
    expect(await rows.first().isVisible()).toBe(true);
    await page.context().close();
  });
});
