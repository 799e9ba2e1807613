import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { strideAndPaddingLesson } from './index.ts';

describeInChromium('the lesson on stride and padding', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const said = (page: Page, figure: string) =>
    expect.poll(() => page.locator(`[data-figure="stride-${figure}"] [data-say]`).textContent());
  const slider = (page: Page, control: string) =>
    page.locator(`[data-control="stride-${control}"] input`);
  const products = (page: Page) =>
    expect.poll(() => page.locator('.stride-products').textContent());
  const sizesStarted = async (page: Page) => {
    await page.locator('[data-figure="stride-sizes"]').scrollIntoViewIfNeeded();
    await page.locator('[data-figure="stride-sizes"][data-started]').waitFor();
  };

  test('by mouse: the stride leaves a row, the window is dragged, exact refuses', async () => {
    const page = await openLesson(browser, strideAndPaddingLesson);
    await slider(page, 'window-3').fill('2');
    await said(page, 'window').toContain('2.5 is not whole');
    await page.locator('[data-place="input 0 0"]').hover();
    await page.mouse.down();
    await page.locator('[data-place="input 3 3"]').hover();
    await page.mouse.up();
    await products(page).toContain('= 15');
    await page.locator('[data-control="stride-window-5"] select').selectOption('exact');
    await said(page, 'window').toContain('stride 1 or 3 divides');
  });

  test('by touch: a number of the table sets stride and padding', async () => {
    const page = await openLesson(browser, strideAndPaddingLesson, {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 800 },
    });
    await sizesStarted(page);
    await page.locator('[data-place="fits 2 1"]').tap();
    await said(page, 'sizes').toContain('(4 + 2·1 − 3) / 3 + 1 = 2:');
    await slider(page, 'window-0').fill('7');
    await slider(page, 'window-2').fill('3');
    await said(page, 'window').toContain('(7 + 2·3 − 3)');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
  });

  test('by keyboard: arrows walk over the input and through the table', async () => {
    const page = await openLesson(browser, strideAndPaddingLesson);
    await slider(page, 'window-3').focus();
    await page.keyboard.press('ArrowRight');
    await said(page, 'window').toContain('2.5 is not whole');
    await page.locator('[data-grid="input"]').focus();
    await page.keyboard.press('ArrowDown');
    await products(page).toContain('= 10');
    await sizesStarted(page);
    await page.locator('[data-grid="fits"]').focus();
    await page.keyboard.press('ArrowDown');
    await said(page, 'sizes').toContain('/ 3 + 1 = 2:');
    await page.locator('[data-control="stride-sizes-5"]').focus();
    await page.keyboard.press('Enter');
    await said(page, 'sizes').toContain('as large as the input');
  });

  test('the table stays where it is while a drag over it changes all that is said', async () => {
    const page = await openLesson(browser, strideAndPaddingLesson);
    await sizesStarted(page);
    const top = () => page.evaluate(`document.querySelector('[data-grid="fits"]').offsetTop`);
    const before = await top();
    await page.locator('[data-place="fits 0 1"]').hover();
    await page.mouse.down();
    await page.locator('[data-place="fits 4 5"]').hover();
    await page.mouse.up();
    await said(page, 'sizes').toContain('/ 5 + 1 = 3.2');
    expect(await top()).toBe(before);
  });
});
