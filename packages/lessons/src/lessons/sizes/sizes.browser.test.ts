import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { sizesLesson } from './index.ts';

const rowOf = (page: Page, name: string) =>
  page.locator('.sizes-table tbody tr', { hasText: name });
const totalOf = (page: Page) => page.locator('.sizes-table tfoot').innerText();
const soon = { timeout: 20_000 };

describeInChromium('the table of sizes', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('by mouse: choose a network, press a row, remove it', async () => {
    const page = await openLesson(browser, sizesLesson);
    await page.getByLabel('Network').selectOption('keras-figure');
    await expect.poll(() => totalOf(page), soon).toContain('133,792');
    await rowOf(page, 'pool3').click();
    await expect.poll(() => page.locator('[data-say]').innerText()).toContain('= 4.5 → ⌊4.5⌋ = 4');
    expect(await page.getByLabel('Filters or units').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => rowOf(page, 'pool3').count()).toBe(0);
    // 24·9 numbers a channel, not 12·4: flatten has 4,320.
    await expect.poll(() => rowOf(page, 'flatten1').innerText()).toContain('4320');
    await page.context().close();
  });

  test('by touch, at 390 pixels: nothing stands out sideways', async () => {
    const page = await openLesson(browser, sizesLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    await rowOf(page, 'conv2').tap();
    await expect
      .poll(() => page.locator('[data-say]').innerText(), soon)
      .toContain('40·(20·3·3) + 40');
    await page.getByRole('button', { name: 'Move up' }).tap();
    await expect
      .poll(() => page.locator('[data-say]').innerText())
      .toContain('(36 + 2·0 − 3) / 1 + 1');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.context().close();
  });

  test('by keyboard: arrows choose a row, numbers are typed, nonsense changes nothing', async () => {
    const page = await openLesson(browser, sizesLesson);
    await page.locator('[data-grid="layers"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByLabel('Filters or units').inputValue(), soon).toBe('40');
    await page.getByLabel('Filters or units').fill('80');
    await expect.poll(() => totalOf(page)).toContain('93,460');
    const field = page.getByLabel('Filters or units');
    await field.fill('');
    await field.pressSequentially('-3e');
    await page.keyboard.press('Tab');
    await expect.poll(() => field.inputValue()).toBe('80');
    expect(await totalOf(page)).toContain('93,460');
    await page.context().close();
  });
});
