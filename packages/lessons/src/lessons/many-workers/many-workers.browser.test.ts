import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { manyWorkersLesson } from './index.ts';

const soon = { timeout: 20_000 };

/** The race, once it answers. */
async function openRace(browser: Browser, options: Parameters<typeof openLesson>[2] = {}) {
  const page = await openLesson(browser, manyWorkersLesson, options);
  const race = page.locator('[data-figure="many-workers-race"]');
  await race.scrollIntoViewIfNeeded();
  await race.and(page.locator('[data-started]')).waitFor();
  return { page, race };
}

const hashes = (page: Page, column: number) =>
  page
    .locator(`[data-figure="many-workers-race"] tbody td:nth-child(${column}) code`)
    .allInnerTexts();
const speed = (page: Page, worker: number) =>
  page.locator('.workers-speed b').nth(worker).innerText();
const cell = (page: Page, worker: number, step: number) =>
  page.locator(`[data-place="speed ${worker} ${step}"]`);

async function middleOf(page: Page, worker: number, step: number) {
  const box = await cell(page, worker, step).boundingBox();
  if (!box) throw new Error('expected a place that is shown');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describeInChromium('the race', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('by mouse: drag a speed; the tree keeps its hash, the arrival does not', async () => {
    const { page } = await openRace(browser);
    const [trees, arrivals] = [await hashes(page, 3), await hashes(page, 4)];
    expect(new Set(trees).size).toBe(1);
    const [from, to] = [await middleOf(page, 1, 1), await middleOf(page, 1, 6)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.mouse.up();
    await expect.poll(() => speed(page, 1), soon).toBe('×7');
    // The page computes what Node printed.
    expect(await hashes(page, 3)).toEqual(trees);
    expect(await hashes(page, 4)).not.toEqual(arrivals);
    await page.context().close();
  });

  test('by touch, at 390 pixels', async () => {
    const { page } = await openRace(browser, {
      hasTouch: true,
      viewport: { width: 390, height: 800 },
    });
    await cell(page, 2, 7).tap();
    await expect.poll(() => speed(page, 2), soon).toBe('×8');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.context().close();
  });

  test('by keyboard: workers, speeds and the batch', async () => {
    const { page, race } = await openRace(browser);
    await race.locator('select').selectOption('8');
    await expect.poll(() => page.locator('.workers-row').count(), soon).toBe(8);
    await page.locator('[data-grid="speed"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => speed(page, 1)).toBe('×3');
    await page.getByLabel('Images of the batch').focus();
    await page.keyboard.press('Home');
    const said = page.locator('[data-figure="many-workers-tree"] [data-view] [data-say]');
    await expect.poll(() => said.innerText()).toContain('One shard has the whole batch');
    await page.context().close();
  });
});
