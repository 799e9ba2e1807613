import type { Browser } from 'playwright-core';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { convolutionLesson } from './index.ts';

describeInChromium('lesson convolution', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('mouse: drag the filter, press an output, choose a filter, press buttons', async () => {
    const page = await openLesson(browser, convolutionLesson);
    const signal = page.locator('[data-figure="convolution-signal"]');
    const sum = signal.locator('[data-view] [data-say]');
    await signal.locator('[data-place="slide 0 4"]').hover();
    await page.mouse.down();
    await signal.locator('[data-place="slide 0 6"]').hover();
    await page.mouse.up();
    await expect.poll(() => sum.textContent()).toContain('t[5] = ');
    await signal.getByRole('button', { name: 'A single 1' }).click();
    await signal.locator('[data-place="echo 0 3"]').click();
    await expect.poll(() => sum.textContent()).toContain('= 1 × 0.25 + 0 × 0.5 + 0 × 1 = 0.25');

    const image = page.locator('[data-figure="convolution-window"]');
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.getAttribute('data-started')).toBe('');
    await image.locator('[data-place="turned 2 2"]').click();
    const place = image.locator('[data-view] [data-say]');
    await expect.poll(() => place.textContent()).toContain('Row 3, column 3');
    await image.locator('select').first().selectOption('sobel-x');
    await expect.poll(() => image.textContent()).toContain('Every sign of the output changes');
    await image.locator('summary', { hasText: 'Change the filter' }).click();
    await image.locator('[aria-label="Change the filter, row 1, column 1"]').fill('1e9');
    await expect.poll(() => image.textContent()).toContain('× 99');
    // The field that was left says what holds.
    await image.locator('[aria-label="Change the filter, row 1, column 2"]').focus();
    const field = image.locator('[aria-label="Change the filter, row 1, column 1"]');
    await expect.poll(() => field.inputValue()).toBe('99');
    await page.close();
  });

  test('touch: the window goes with the finger', async () => {
    const page = await openLesson(browser, convolutionLesson, {
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      isMobile: true,
    });
    const image = page.locator('[data-figure="convolution-window"]');
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.getAttribute('data-started')).toBe('');
    await image.locator('[data-place="input 4 4"]').tap();
    const place = image.locator('[data-view] [data-say]');
    await expect.poll(() => place.textContent()).toContain('Row 3, column 3');
    await image.getByRole('button', { name: 'Play' }).tap();
    await expect.poll(() => place.textContent()).toContain('Row 1, column 2');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.close();
  });

  test('keyboard: arrows slide filter and window and keep the focus', async () => {
    const page = await openLesson(browser, convolutionLesson, { query: '?lang=ko' });
    const signal = page.locator('[data-figure="convolution-signal"]');
    await signal.locator('[data-grid="slide"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => signal.locator('[data-say]').textContent()).toContain('t[4] = ');
    const image = page.locator('[data-figure="convolution-window"]');
    await image.locator('[data-grid="input"]').focus();
    await expect.poll(() => image.getAttribute('data-started')).toBe('');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const shown = image.locator('[data-say] [lang="ko"]').first();
    await expect.poll(() => shown.textContent()).toContain('출력의 2행 2열');
    expect(
      await image.locator('[data-grid="input"]').evaluate((grid) => grid.matches(':focus')),
    ).toBe(true);
    await page.close();
  });
});
