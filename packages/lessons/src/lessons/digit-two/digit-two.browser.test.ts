import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { digitTwoLesson } from './index.ts';

describeInChromium('the lesson about the 2', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const maps = (page: Page) => page.locator('[data-figure="digit-two-maps"]');
  const game = (page: Page) => page.locator('[data-figure="digit-two-game"]');
  const sees = async (page: Page, figure: (page: Page) => ReturnType<typeof maps>, text: string) =>
    expect.poll(() => figure(page).locator('[data-say]').textContent()).toContain(text);
  const startGame = async (page: Page) => {
    await game(page).scrollIntoViewIfNeeded();
    await page.locator('[data-figure="digit-two-game"][data-started]').waitFor();
  };

  test('by mouse: another digit, a drawn line, a number of a map', async () => {
    const page = await openLesson(browser, digitTwoLesson);
    await maps(page).locator('select').selectOption('7');
    await sees(page, maps, 'The horizontal filter answers strongest');
    await maps(page).getByRole('button', { name: 'Back to the 2 of the text' }).click();
    await sees(page, maps, 'horizontal 2, diagonal 6');
    await maps(page).locator('[data-place="map-vertical 0 2"]').click();
    await sees(page, maps, 'vertical filter at row 1, column 3');
    await maps(page).locator('[data-place="input 0 4"]').hover();
    await page.mouse.down();
    await maps(page).locator('[data-place="input 0 5"]').hover();
    await page.mouse.up();
    await expect
      .poll(() => maps(page).locator('[data-grid="input"] tr').first().innerText())
      .toMatch(/0\s+0\s+1\s+1\s+1\s+1/);
    await game(page).locator('select').nth(2).selectOption('best');
    await sees(page, game, 'All 19,683 filters');
  });

  test('by touch: pixels and weights', async () => {
    const page = await openLesson(browser, digitTwoLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    await maps(page).locator('[data-place="filter-vertical 0 0"]').tap();
    await expect
      .poll(() => maps(page).locator('[data-grid="filter-vertical"] tr').first().innerText())
      .toMatch(/1\s+0\s+1/);
    await maps(page).locator('[data-place="input 2 4"]').tap();
    await maps(page).locator('[data-place="map-diagonal 2 2"]').tap();
    await sees(page, maps, '1·0 + 1·1 + 1·1 = 2');
    await startGame(page);
    for (const column of [0, 1, 2]) {
      await game(page).locator(`[data-place="own 0 ${column}"]`).tap();
    }
    await sees(page, game, 'the answer to the 7');
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
  });

  test('by keyboard: a pixel, a weight, the help', async () => {
    const page = await openLesson(browser, digitTwoLesson);
    await maps(page).locator('[data-grid="input"]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await sees(page, maps, '1·1 + 1·0 + 1·1 = 2');
    await startGame(page);
    await game(page).locator('select').nth(2).selectOption('hint');
    await sees(page, game, 'the score becomes 0');
    await game(page).locator('[data-grid="own"]').focus();
    for (const key of ['ArrowRight', 'ArrowDown', ' ']) await page.keyboard.press(key);
    await expect
      .poll(() => game(page).locator('[data-grid="own"] tr').nth(1).innerText())
      .toMatch(/0\s+1\s+0/);
  });
});
