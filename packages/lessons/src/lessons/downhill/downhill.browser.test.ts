import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { downhillLesson } from './index.ts';

describeInChromium('the lesson on going downhill', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });
  const figure = (page: Page, name: string) => page.locator(`[data-figure="downhill-${name}"]`);
  const finding = (page: Page, name: string) => figure(page, name).locator('.downhill-sum');
  /** The place of the start, in rows and columns. */
  const start = (page: Page) => page.locator('[data-grid="start"]').getAttribute('data-at');

  /** Waits until a figure answers. */
  async function comeTo(page: Page, name: string): Promise<void> {
    await figure(page, name).scrollIntoViewIfNeeded();
    await page.locator(`[data-figure="downhill-${name}"][data-started]`).waitFor();
  }

  test('a mouse drags the start, and trains the network', async () => {
    const page = await openLesson(browser, downhillLesson);
    const box = await page.locator('.downhill-valley svg[role=img]').boundingBox();
    if (!box) throw new Error('expected the valley to be drawn');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width, box.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => start(page)).toBe('start 0 40');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    expect(await start(page)).toBe('start 0 40');

    await comeTo(page, 'training');
    await figure(page, 'training').getByRole('slider').fill('1');
    await finding(page, 'training').getByText('After 60 steps Adam has').waitFor();
    await figure(page, 'training').getByRole('button', { name: 'Train' }).click();
    await finding(page, 'training')
      .getByText(/After [1-5]?\d steps/)
      .waitFor();
    await finding(page, 'training').getByText('After 60 steps Adam has').waitFor();
    await page.context().close();
  });

  test('a finger sets the start and looks at one optimizer', async () => {
    const page = await openLesson(browser, downhillLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    const before = await start(page);
    await page.locator('.downhill-valley svg[role=img]').tap();
    await expect.poll(() => start(page)).not.toBe(before);
    await page.getByLabel('Show').selectOption('adam');
    await page.locator('.downhill-update').getByText('Step 30 in numbers').waitFor();
    await comeTo(page, 'losses');
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(390);
    await page.context().close();
  });

  test('keys move the start, the steps and the probability', async () => {
    const page = await openLesson(browser, downhillLesson);
    await page.locator('[data-grid="start"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => start(page)).toBe('start 7 7');
    await page.getByRole('slider', { name: 'Steps' }).focus();
    await page.keyboard.press('End');
    await finding(page, 'valley').getByText('After 60 steps').waitFor();
    await comeTo(page, 'losses');
    await figure(page, 'losses').getByRole('slider').focus();
    await page.keyboard.press('End');
    await finding(page, 'losses').getByText('At p = 99.9%').waitFor();
    await page.context().close();
  });
});
