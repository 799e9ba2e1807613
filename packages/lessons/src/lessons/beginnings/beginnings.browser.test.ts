import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { beginningsLesson } from './index.ts';

describeInChromium('the lesson about beginnings', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const sum = (page: Page) => page.locator('[data-figure="beginnings-sum"]');
  const layers = (page: Page) => page.locator('[data-figure="beginnings-layers"]');
  const sees = async (figure: ReturnType<typeof sum>, text: string) =>
    expect.poll(() => figure.locator('[data-say]').textContent()).toContain(text);
  const startLayers = async (page: Page) => {
    await layers(page).scrollIntoViewIfNeeded();
    await page.locator('[data-figure="beginnings-layers"][data-started]').waitFor();
  };

  test('by mouse: starts, activations, normalization, other weights', async () => {
    const page = await openLesson(browser, beginningsLesson);
    await sum(page).getByRole('button', { name: 'Xavier’s' }).click();
    await sees(sum(page), '√100 × 0.1 = 1');
    await startLayers(page);
    const [, activation, start, normalization] = await layers(page).locator('select').all();
    await start.selectOption('small');
    await sees(layers(page), 'the signal has faded');
    await normalization.selectOption('with');
    await sees(layers(page), 'a good beginning');
    await normalization.selectOption('without');
    await activation.selectOption('relu');
    await start.selectOption('he');
    await sees(layers(page), 'a good beginning');
    const before = await layers(page).locator('[data-say]').textContent();
    await layers(page).getByRole('button', { name: 'Draw other weights' }).click();
    await expect.poll(() => layers(page).locator('[data-say]').textContent()).not.toBe(before);
  });

  test('by touch: the network of convolutions, on a narrow screen', async () => {
    const page = await openLesson(browser, beginningsLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    await sum(page).getByRole('button', { name: 'He’s' }).tap();
    await sees(sum(page), '√100 × 0.141 = 1.41');
    await startLayers(page);
    await layers(page).locator('select').first().selectOption('convolution');
    await layers(page).locator('select').nth(1).selectOption('relu');
    await expect.poll(() => layers(page).textContent()).toContain('of 8 dead');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('by keyboard: the sliders', async () => {
    const page = await openLesson(browser, beginningsLesson);
    await sum(page).locator('input').focus();
    await page.keyboard.press('Home');
    await sees(sum(page), '√100 × 0.001 = 0.01');
    await startLayers(page);
    await layers(page).locator('input').focus();
    await page.keyboard.press('Home');
    await sees(layers(page), 'the signal has faded');
    expect(await layers(page).locator('select').nth(2).inputValue()).toBe('own');
  });
});
