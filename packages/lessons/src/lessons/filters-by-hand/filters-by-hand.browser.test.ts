import { toPngUrl } from '@convbook/page/images';
import { describeInChromium, fakeCamera, launchChromium } from '@convbook/page/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLesson } from '../../testing/index.ts';
import { filtersByHandLesson } from './index.ts';

describeInChromium('the lesson of filters by hand', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium(fakeCamera);
  });

  afterAll(() => browser?.close());

  const figure = '[data-figure="filters-one"]';
  const said = (page: Page) =>
    expect.poll(() => page.locator(`${figure} [data-say] [lang="en"]`).innerText(), {
      timeout: 20_000,
    });
  const source = (page: Page) =>
    expect.poll(() => page.locator(`${figure} select`).first().inputValue(), { timeout: 20_000 });
  const picture = (page: Page) => page.locator(`${figure} [data-grid="input"] img`);

  test('mouse: pointing shows a window, pressing changes a weight, one draws, gives a file', async () => {
    const page = await openLesson(browser, filtersByHandLesson);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const map = page.locator(`${figure} [data-grid="signed"]`);
    const { width = 0 } = (await map.boundingBox()) ?? {};
    // The column 34 is bright: the window that begins there is bright on its left.
    await map.hover({ position: { x: (width * 34.5) / 62, y: (width * 40.5) / 62 } });
    await said(page).toContain('−255 + 0 + 60 + (−510) + 0 + 120 + (−255) + 0 + 60 = −780.');
    await page.locator(`${figure} [data-place="filter 1 0"]`).click();
    await said(page).toContain('−255 + 0 + 60 + (−255) + 0');

    await page.locator('.filters-own summary').click();
    const before = await picture(page).getAttribute('src');
    await page.locator('[data-draw]').click({ position: { x: 60, y: 60 } });
    await source(page).toBe('own');
    await expect.poll(() => picture(page).getAttribute('src')).not.toBe(before);

    const data = Uint8Array.from({ length: 64 * 64 }, (_, k) => (k % 64 < 32 ? 0 : 200));
    const png = toPngUrl({ width: 64, height: 64, channels: 1, data }).split(',')[1];
    const buffer = Buffer.from(png, 'base64');
    const field = page.locator('[data-file]');
    await field.setInputFiles({ name: 'wall.png', mimeType: 'image/png', buffer });
    await map.hover({ position: { x: (width * 30.5) / 62, y: (width * 20.5) / 62 } });
    await said(page).toContain('200');
    await field.setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no') });
    await expect
      .poll(() => page.locator('[data-file-said] [lang="en"]').allInnerTexts())
      .toEqual(['no.png is not an image this browser can read']);
    expect(requests.filter((url) => !/^(?:data|blob):/.test(url))).toEqual([]);
    await page.context().close();
  });

  test('touch: a finger on the picture moves the window, a tap changes a weight, the camera takes one', async () => {
    const page = await openLesson(browser, filtersByHandLesson, {
      hasTouch: true,
      viewport: { width: 390, height: 844 },
      permissions: ['camera'],
    });
    const input = page.locator(`${figure} [data-grid="input"]`);
    const { width = 0 } = (await input.boundingBox()) ?? {};
    await input.tap({ position: { x: width * 0.99, y: width * 0.99 } });
    await said(page).toContain('= 32. In grey: 32.');
    await page.locator(`${figure} [data-place="filter 0 0"]`).tap();
    await said(page).toContain('0 + 0 + 252');
    await page.locator('.filters-own summary').tap();
    const before = await picture(page).getAttribute('src');
    await page.locator('[data-camera-start]').tap();
    await page.locator('[data-camera-take]').tap();
    await source(page).toBe('own');
    await expect.poll(() => picture(page).getAttribute('src')).not.toBe(before);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('keyboard: arrows move the window and choose a weight, Enter changes it, weights are typed', async () => {
    const page = await openLesson(browser, filtersByHandLesson);
    await page.locator(`${figure} [data-grid="grey"]`).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await said(page).toContain('= 0. In grey: 0.');
    await page.locator(`${figure} [data-grid="filter"]`).focus();
    for (const key of ['ArrowRight', 'Enter']) await page.keyboard.press(key);
    // After 2 comes −2.
    await said(page).toContain('0 + (−400) + (−200) + 0 + 200 = −800.');
    await page.locator(`${figure} select`).nth(1).selectOption('identity');
    await said(page).toContain('= 200. In grey: 200.');
    await page.locator('[data-control="filters-one-4"] summary').press('Enter');
    await page.locator('[data-control="filters-one-4"] input').nth(4).fill('-1.5');
    await said(page).toContain('= −300. Below 0: black in grey.');
    await page.context().close();
  });
});
