import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { channelsLesson } from './index.ts';

describeInChromium('the lesson on channels', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const total = (page: Page) => expect.poll(() => page.locator('.channels-total').textContent());
  const cell = (page: Page, place: string) => page.locator(`[data-place="${place}"]`);
  const style = (page: Page, place: string) => cell(page, place).getAttribute('style');

  test('by mouse: the filter tells red from yellow, and the bias moves the threshold', async () => {
    const page = await openLesson(browser, channelsLesson);
    await cell(page, 'map 0 2').click();
    await total(page).toContain('Red 3 + green 0 + blue 0 = 3');
    await page.locator('[data-control="channels-sum-0"] select').selectOption('redNotYellow');
    await total(page).toContain('Red 3 + green (−3) + blue 0 = 0');
    await cell(page, 'green 0 0').hover();
    await page.mouse.down();
    await cell(page, 'green 4 4').hover();
    await page.mouse.up();
    await total(page).toContain('Red 2 + green (−2) + blue 0 = 0');

    const second = page.locator('[data-figure="channels-activation"]');
    await second.scrollIntoViewIfNeeded();
    await page.locator('[data-figure="channels-activation"][data-started]').waitFor();
    await second.locator('input[type=range]').fill('-3');
    await expect.poll(() => cell(page, 'active 0 0').textContent()).toMatch(/^\s*0\s*$/);
  });

  test('by touch: a finger paints the picture', async () => {
    const page = await openLesson(browser, channelsLesson, {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 800 },
    });
    expect(await style(page, 'picture 0 1')).toBe('--rgb:255 0 0');
    await page.getByLabel('Paint with').selectOption('white');
    await cell(page, 'picture 0 1').tap();
    await expect.poll(() => style(page, 'picture 0 1')).toBe('--rgb:255 255 255');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
  });

  test('by keyboard: arrows move in the picture, Enter paints, the size of the filters changes', async () => {
    const page = await openLesson(browser, channelsLesson);
    await page.locator('[data-grid="picture"]').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.channels-picture .cursor').count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => style(page, 'picture 1 0')).toBe('--rgb:255 0 0');
    await page.locator('[data-grid="map"]').focus();
    await page.keyboard.press('ArrowRight');
    await total(page).toContain('Red 0 + green 0 + blue 0 = 0');

    const bank = page.locator('[data-figure="channels-bank"]');
    await bank.scrollIntoViewIfNeeded();
    await page.locator('[data-figure="channels-bank"][data-started]').waitFor();
    await bank.getByLabel('Filter size').focus();
    await page.keyboard.press('End');
    await expect.poll(() => bank.locator('[data-say]').textContent()).toContain('32×32×6');
  });
});
