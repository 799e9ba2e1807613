import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { plainNetworkLesson } from './index.ts';

const figure = (page: Page, name: string) => page.locator(`[data-figure="plain-network-${name}"]`);

/** The sentence of a figure, once the figure answers. */
async function sentence(page: Page, name: string) {
  await figure(page, name).scrollIntoViewIfNeeded();
  await figure(page, name).and(page.locator('[data-started]')).waitFor();
  return figure(page, name).locator('[data-say]');
}

/** Middle of a pixel of a digit. */
async function pixel(page: Page, name: string, row: number, column: number) {
  const surface = figure(page, name).locator('[data-surface]');
  // While the maps are counted, a redrawn surface may take the place of the one that was found.
  let box = await surface.boundingBox();
  while (!box) box = await surface.boundingBox();
  const step = box.width / 28;
  return [box.x + (column + 0.5) * step, box.y + (row + 0.5) * step] as const;
}

describeInChromium('plain-network in a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('a mouse chooses a pixel, drags the digit and presses a map', async () => {
    const page = await openLesson(browser, plainNetworkLesson);
    const place = await sentence(page, 'flatten');
    await page.mouse.click(...(await pixel(page, 'flatten', 20, 3)));
    await expect.poll(() => place.innerText()).toContain('20 × 28 + 3 = 563');
    const shift = await sentence(page, 'shift');
    await page.mouse.move(...(await pixel(page, 'shift', 10, 10)));
    await page.mouse.down();
    await page.mouse.move(...(await pixel(page, 'shift', 9, 7)));
    await page.mouse.up();
    await expect.poll(() => shift.innerText()).toContain('moved 1 down and 1 to the left:');
    await figure(page, 'shift').locator('[data-place="plain 0 0"]').click();
    await expect.poll(() => shift.innerText()).toContain('moved 4 up and 4 to the left:');
    // Both maps have been measured in the page: 81 places each.
    const numbers = () => figure(page, 'shift').locator('[data-place]').allTextContents();
    await expect
      .poll(async () => (await numbers()).filter((text) => /\d/.test(text)).length, {
        timeout: 30_000,
      })
      .toBe(162);
    await page.context().close();
  });

  test('a finger does the same', async () => {
    const page = await openLesson(browser, plainNetworkLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    const place = await sentence(page, 'flatten');
    await page.touchscreen.tap(...(await pixel(page, 'flatten', 4, 9)));
    await expect.poll(() => place.innerText()).toContain('4 × 28 + 9 = 121');
    const shift = await sentence(page, 'shift');
    await figure(page, 'shift').locator('[data-place="convolutional 8 4"]').tap();
    await expect.poll(() => shift.innerText()).toContain('moved 4 down:');
    await page.context().close();
  });

  test('keys move digit and sliders', async () => {
    const page = await openLesson(browser, plainNetworkLesson);
    const shift = await sentence(page, 'shift');
    await figure(page, 'shift').locator('[data-surface]').focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(key);
    await expect.poll(() => shift.innerText()).toContain('moved 1 to the right:');
    const sizes = await sentence(page, 'sizes');
    await figure(page, 'sizes').getByLabel('Image').focus();
    await page.keyboard.press('End');
    await expect.poll(() => sizes.innerText()).toContain('/ 26,444,400');
    await page.context().close();
  });
});
