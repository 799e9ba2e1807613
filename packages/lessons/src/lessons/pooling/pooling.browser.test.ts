import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { poolingLesson } from './index.ts';

describeInChromium('the lesson of pooling', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  const words = (page: Page, figure: string) =>
    page.locator(`[data-figure="${figure}"] [data-say] [lang="en"]`).allInnerTexts();
  const said = (page: Page, figure: string) =>
    expect.poll(async () => (await words(page, figure)).join(' ').replaceAll(/\s+/g, ' '), {
      timeout: 20_000,
    });
  const start = async (page: Page, figure: string) => {
    await page.locator(`[data-figure="${figure}"]`).scrollIntoViewIfNeeded();
    await page.locator(`[data-figure="${figure}"][data-started]`).waitFor();
  };

  test('mouse: the window is dragged, an output pressed, a check answered', async () => {
    const page = await openLesson(browser, poolingLesson);
    const cell = (place: string) => page.locator(`#pooling [data-place="${place}"]`).first();
    await cell('input 0 0').hover();
    await page.mouse.down();
    await cell('input 2 5').hover();
    await page.mouse.up();
    await said(page, 'pooling-window').toContain('the largest of 2, 5, 2, 1 is 5');
    await cell('average 2 1').click();
    await said(page, 'pooling-window').toContain('(1 + 4 + 5 + 4) / 4 = 3.5');
    const check = page.locator('[data-check]').nth(1);
    await check.locator('input').fill('27');
    await check.locator('button').click();
    await expect.poll(() => check.getAttribute('data-answered')).toBe('right');
    await page.context().close();
  });

  test('touch: a tap chooses a gradient, a tap on the slider shifts the digit', async () => {
    const page = await openLesson(browser, poolingLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 844 },
    });
    await start(page, 'pooling-gradient');
    await page.locator('[data-place="above 2 2"]').tap();
    await said(page, 'pooling-gradient').toContain('Output 9 has gradient 9');
    await start(page, 'pooling-shift');
    const slider = page.locator('[data-control="pooling-shift-1"] input');
    const box = await slider.boundingBox();
    await slider.tap({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
    await said(page, 'pooling-shift').toContain('changes 0% of the pixels');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('keyboard: arrows move the window and keep the grid, sliders answer, numbers are typed', async () => {
    const page = await openLesson(browser, poolingLesson);
    await page.locator('[data-figure="pooling-window"] [data-grid="input"]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await said(page, 'pooling-window').toContain('Window 6: the largest of 2, 5, 2, 1 is 5');
    await page.locator('[data-control="pooling-window-0"] input').focus();
    await page.keyboard.press('End');
    await said(page, 'pooling-window').toContain('Window 1:');
    await page.keyboard.press('Home');
    await page.locator('[data-control="pooling-window-3"] summary').press('Enter');
    await page.locator('[data-control="pooling-window-3"] input').first().fill('-7.5');
    await said(page, 'pooling-window').toContain('the smallest of −7.5 is −7.5');
    await page.locator('[data-control="pooling-window-3"] input').first().fill('');
    await said(page, 'pooling-window').toContain('the smallest of 0 is 0');
    await page.context().close();
  });
});
