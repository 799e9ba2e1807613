import { describeInChromium, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { trainHereLesson } from './index.ts';

const wait = { timeout: 120_000 };

describeInChromium('a network that trains in the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const open = async (options: Parameters<typeof openLesson>[2] = {}) => {
    const page = await openLesson(browser, trainHereLesson, options);
    const standing = (text: string) =>
      page.locator('.train-here-standing').filter({ hasText: text }).waitFor(wait);
    return { page, standing };
  };
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  test('has the bytes of train after 20 steps, by mouse', { timeout: 240_000 }, async () => {
    const { page, standing } = await open();
    await button(page, '▶ Train').click();
    await page.locator('.train-here-hashes b').first().waitFor(wait);
    await button(page, '⏸ Pause').click();
    const rows = await page.locator('.train-here-hashes tbody tr').allInnerTexts();
    const [node, here] = rows.map((row) => /[0-9a-f]{64}/.exec(row)?.[0]);
    expect(here).toBe(node);
    expect(rows[1]).toMatch(/^20\s+this page\s+[0-9a-f]{64} the same$/);
    await button(page, 'Start again').click();
    await standing('Step 0');
    await page.getByLabel('Filters').selectOption('4');
    await page.getByRole('img', { name: '4 filters after 0 steps' }).waitFor(wait);
  });

  test('goes a step on and back by keyboard', { timeout: 240_000 }, async () => {
    const { page, standing } = await open();
    await button(page, 'One step').press('Enter');
    await standing('Step 1 ');
    const loss = await page.locator('.train-here-standing').innerText();
    await button(page, 'One step').press('Enter');
    await standing('Step 2 ');
    await button(page, 'One step back').press('Space');
    await standing('Step 1 ');
    expect(await page.locator('.train-here-standing').innerText()).toBe(loss);
  });

  test('answers to touch on a narrow screen, in Korean', { timeout: 240_000 }, async () => {
    const { page, standing } = await open({
      hasTouch: true,
      viewport: { width: 390, height: 800 },
      query: '?lang=ko',
    });
    await button(page, '한 스텝').tap();
    await standing('1스텝 ');
    await page.getByLabel('평가용 숫자').fill('499');
    await page.getByText('정답 9').waitFor(wait);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
