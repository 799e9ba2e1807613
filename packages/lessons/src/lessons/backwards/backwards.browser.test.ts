import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { backwardsLesson } from './index.ts';

describeInChromium('the lesson on going backwards', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });
  const rule = (page: Page) => page.locator('.backwards-rule');
  const outcome = (page: Page) => page.locator('.backwards-outcome');

  test('a mouse chooses a number, and moves it', async () => {
    const page = await openLesson(browser, backwardsLesson);
    await page.locator('[data-place="input 0 0"]').click();
    await rule(page).getByText('The pixel lies in one window').waitFor();
    const before = await outcome(page).textContent();
    await page.getByRole('slider', { name: 'Chosen number' }).fill('3');
    await expect.poll(() => outcome(page).textContent()).not.toBe(before);
    await page.getByRole('button', { name: 'Back to the first numbers' }).click();
    await expect.poll(() => outcome(page).textContent()).toBe(before);
    await page.context().close();
  });

  test('a finger chooses a gradient, and the right class', async () => {
    const page = await openLesson(browser, backwardsLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    await page.locator('[data-place="d-map 0 1"]').tap();
    await rule(page).getByText('ReLU stops the gradient').waitFor();
    await page.getByLabel('Right class').selectOption('1');
    await expect.poll(() => outcome(page).innerText()).toMatch(/Class 1: 62.2%\s+\(right\)/);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(390);
    await page.context().close();
  });

  test('keys walk over the numbers', async () => {
    const page = await openLesson(browser, backwardsLesson);
    await page.locator('[data-grid="weights"]').focus();
    await page.keyboard.press('ArrowDown');
    await rule(page).getByText('(row 2, column 1)').waitFor();
    await page.keyboard.press('ArrowRight');
    await rule(page).getByText('(row 2, column 2)').waitFor();
    await page.getByRole('slider', { name: 'Distance h' }).focus();
    await page.keyboard.press('End');
    await rule(page).getByText('with h = 1 gives').waitFor();
    await page.context().close();
  });

  test('the slider of a number stays where it is, on a narrow screen as well', async () => {
    const page = await openLesson(browser, backwardsLesson, {
      query: '?lang=ko',
      viewport: { width: 390, height: 800 },
    });
    const slider = page.getByRole('slider', { name: '고른 수' });
    await slider.scrollIntoViewIfNeeded();
    const before = await slider.boundingBox();
    await slider.fill('-5');
    await rule(page).getByText('필터 가중치 −5').waitFor();
    expect(await slider.boundingBox()).toEqual(before);
    await page.context().close();
  });
});
