import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { deeperLayersLesson } from './index.ts';

/** A figure, once it answers. */
async function figure(page: Page, name: string) {
  const part = page.locator(`[data-figure="deeper-layers-${name}"]`);
  await part.scrollIntoViewIfNeeded();
  await part.and(page.locator('[data-started]')).waitFor();
  const read = () => part.locator('[data-view] [data-say]').innerText();
  return { part, read };
}

describeInChromium('deeper-layers in a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('a mouse moves the receptive field, and an image grows for the filter that is pressed', async () => {
    const page = await openLesson(browser, deeperLayersLesson, { reducedMotion: 'no-preference' });
    const maps = await figure(page, 'maps');
    await maps.part.locator('[data-grid="digit"]').click({ position: { x: 5, y: 5 } });
    await expect.poll(maps.read).toContain('sees rows 0 to 7 and columns 0 to 7');
    const filter = await figure(page, 'filter');
    await filter.part.locator('[data-grid="filters"]').click({ position: { x: 5, y: 5 } });
    await expect.poll(filter.read).toContain('Filter 1 of conv3');
    await expect.poll(filter.read, { timeout: 30_000 }).toContain('in 24 steps');
    await page.context().close();
  });

  test('a finger chooses a map and a filter', async () => {
    const page = await openLesson(browser, deeperLayersLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    const maps = await figure(page, 'maps');
    await maps.part.locator('[data-grid="maps"]').tap({ position: { x: 60, y: 5 } });
    await expect.poll(maps.read).toContain('filter 2, sees');
    const filter = await figure(page, 'filter');
    await filter.part.locator('[data-grid="filters"]').tap({ position: { x: 60, y: 5 } });
    await expect.poll(filter.read, { timeout: 30_000 }).toContain('Filter 2 of conv3: in 24 steps');
    await page.context().close();
  });

  test('keys choose a unit, a layer and a step', async () => {
    const page = await openLesson(browser, deeperLayersLesson);
    const maps = await figure(page, 'maps');
    await maps.part.locator('[data-grid="digit"]').focus();
    for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    await expect.poll(maps.read).toContain('row 1, column 3 of conv2');
    const filter = await figure(page, 'filter');
    await filter.part.getByRole('slider', { name: 'Step' }).focus();
    await page.keyboard.press('Home');
    await expect.poll(filter.read).toContain('in 0 steps');
    await page.context().close();
  });
});
