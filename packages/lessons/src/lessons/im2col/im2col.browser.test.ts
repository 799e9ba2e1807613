import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { im2colLesson } from './index.ts';

describeInChromium('lesson im2col', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('mouse: a row, a weight, a number of a map and a window lead to each other', async () => {
    const page = await openLesson(browser, im2colLesson);
    const matrix = page.locator('[data-figure="im2col-matrix"]');
    const sum = matrix.locator('[data-view] [data-say]');
    await matrix.locator('[data-place="matrix 2 4"]').click();
    await expect.poll(() => sum.textContent()).toContain('Row 3 × filter 1');
    await matrix.locator('[data-place="weights 0 1"]').click();
    await expect.poll(() => sum.textContent()).toContain('Row 3 × filter 2');
    await matrix.locator('[data-place="map-0 0 1"]').click();
    await expect.poll(() => sum.textContent()).toMatch(/Row 2 × filter 1.* = 16/);
    await matrix.locator('[data-place="image-0 1 1"]').hover();
    await page.mouse.down();
    await matrix.locator('[data-place="image-0 2 2"]').hover();
    await page.mouse.up();
    await expect.poll(() => sum.textContent()).toContain('Row 4 × filter 1');
    await page.close();
  });

  test('touch: a row of the matrix of ten images, on a phone', async () => {
    const page = await openLesson(browser, im2colLesson, {
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      isMobile: true,
    });
    const batch = page.locator('[data-figure="im2col-batch"]');
    await batch.scrollIntoViewIfNeeded();
    await expect.poll(() => batch.getAttribute('data-started')).toBe('');
    await batch.locator('input[type="range"]').first().fill('10');
    await expect.poll(() => batch.textContent()).toContain('(10, 3, 7, 7) → (90, 75)');
    const rows = batch.locator('[data-grid="im2col-rows"]');
    const { height } = (await rows.boundingBox()) ?? { height: 0 };
    await rows.tap({ position: { x: 5, y: height - 2 } });
    const place = batch.locator('[data-view] [data-say]');
    await expect
      .poll(() => place.textContent())
      .toContain('Row 90 of 90 is the window of image 10');
    await batch.locator('[data-grid="im2col-image-1"]').tap({ position: { x: 3, y: 3 } });
    await expect.poll(() => place.textContent()).toContain('Row 82 of 90');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.close();
  });

  test('keyboard: arrows move rows, windows and pixels', async () => {
    const page = await openLesson(browser, im2colLesson, { query: '?lang=ko' });
    const batch = page.locator('[data-figure="im2col-batch"]');
    await batch.locator('[data-grid="im2col-rows"]').focus();
    await expect.poll(() => batch.getAttribute('data-started')).toBe('');
    await page.keyboard.press('ArrowDown');
    const place = batch.locator('[data-say] [lang="ko"]').first();
    await expect.poll(() => place.textContent()).toContain('9행 가운데 6행은');
    await batch.locator('[data-grid="im2col-image-2"]').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => place.textContent()).toContain('9행 가운데 9행은');
    const back = page.locator('[data-figure="im2col-back"]');
    await back.locator('[data-grid="pixels"]').focus();
    await expect.poll(() => back.getAttribute('data-started')).toBe('');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowUp');
    const sum = back.locator('[data-say] [lang="ko"]').first();
    await expect.poll(() => sum.textContent()).toContain('3행 3열의 픽셀은 윈도우 9개');
    await page.close();
  });
});
