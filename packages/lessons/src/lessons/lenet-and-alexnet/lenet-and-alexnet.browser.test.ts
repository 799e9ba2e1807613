import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { lenetAndAlexnetLesson } from './index.ts';

const wait = { timeout: 60_000 };
const slow = { timeout: 180_000 };

describeInChromium('LeNet and AlexNet', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('switches by mouse, goes through layers and maps by keyboard', slow, async () => {
    const page = await openLesson(browser, lenetAndAlexnetLesson);
    await page.getByLabel('Activation').selectOption('off');
    await page.getByRole('cell', { name: 'sigmoid → ReLU' }).waitFor(wait);
    const gradient = page.locator('[data-figure="lenet-and-alexnet-gradient"]');
    await gradient.scrollIntoViewIfNeeded();
    await gradient.and(page.locator('[data-started]')).waitFor(wait);
    await gradient.getByRole('slider').first().press('End');
    await gradient.getByText('through 5 layers').first().waitFor(wait);
    const norm = page.locator('[data-figure="lenet-and-alexnet-norm"]');
    await norm.scrollIntoViewIfNeeded();
    await norm.and(page.locator('[data-started]')).waitFor(wait);
    await norm.locator('[data-grid="maps"]').press('ArrowRight');
    await norm.locator('[data-say]').filter({ hasText: 'Map 4: 8 /' }).waitFor(wait);
  });

  test('answers to touch on a narrow screen', slow, async () => {
    const page = await openLesson(browser, lenetAndAlexnetLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    const norm = page.locator('[data-figure="lenet-and-alexnet-norm"]');
    await norm.scrollIntoViewIfNeeded();
    await norm.and(page.locator('[data-started]')).waitFor(wait);
    await norm.locator('[data-place="maps 0 7"]').tap();
    await norm.locator('[data-say]').filter({ hasText: 'Map 8: 4 /' }).waitFor(wait);
    await norm.locator('summary').click();
    const [first, second] = await norm.getByRole('spinbutton').all();
    const [left, right] = [await first.boundingBox(), await second.boundingBox()];
    expect(right?.x).toBeGreaterThanOrEqual((left?.x ?? NaN) + (left?.width ?? NaN));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
