import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeComparison, writeNotebook, writeRunsIndex } from '../index.ts';

describeInChromium('what stays in reach in Chromium', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const runs = ['a', 'b'].map((name) => writeSyntheticRun(join(root, name)));
    const [notebook] = await Promise.all(runs.map((run) => writeNotebook(run, { isListed: true })));
    const file = join(root, 'comparison-a+b.html');
    const comparison = await writeComparison(runs, file, { isListed: true });
    Object.entries({ notebook, comparison, list: await writeRunsIndex(root) }).forEach(
      ([name, path]) => (urls[name] = pathToFileURL(path).href),
    );
    browser = await launchChromium();
  }, 180_000);
  afterAll(() => browser?.close());

  const wide = { viewport: { width: 1280, height: 800 } };
  const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true };

  async function open(name: string, options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({
      colorScheme: 'light',
      reducedMotion: 'reduce',
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    await page.goto(urls[name]);
    if (options.javaScriptEnabled !== false) await settlePage(page);
    return page;
  }

  const number = (page: Page, expression: string) => page.evaluate<number>(expression);
  const paper = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const toTheEnd = async (page: Page) => {
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    return number(page, 'scrollY');
  };

  describe.each(Object.entries({ wide, narrow }))('in a %s window', (width, options) => {
    test.each(['notebook', 'comparison', 'list'])(
      'language and colours are switched at the end of the %s, which stays there',
      async (name) => {
        const page = await open(name, options);
        await toTheEnd(page);
        const [before, light] = [await number(page, 'scrollY'), await paper(page)];
        const box = await page.locator('.switches').boundingBox();
        expect(box?.y).toBeGreaterThanOrEqual(0);
        expect(box?.y).toBeLessThan(30);
        const dark = page.getByText('Dark', { exact: true });
        await (width === 'narrow' ? dark.tap() : dark.click());
        expect(await paper(page)).not.toBe(light);
        expect(await number(page, 'scrollY')).toBe(before);
        await page.getByRole('radio', { name: '한국어' }).press('Space');
        expect(await page.evaluate('document.documentElement.lang')).toBe('ko');
        await page.context().close();
      },
    );

    test('nothing hides a heading that the contents lead to', async () => {
      const page = await open('notebook', options);
      await page.goto(`${urls.notebook}#training`);
      await expect
        .poll(() =>
          number(page, `document.querySelector('#training-title').getBoundingClientRect().top`),
        )
        .toBeLessThan(200);
      const covering = await page.evaluate(`(() => {
        const { left, top, width, height } = document.querySelector('#training-title').getBoundingClientRect();
        return document.elementFromPoint(left + Math.min(60, width / 2), top + height / 2).closest('#training-title') !== null;
      })()`);
      expect(covering).toBe(true);
      await page.context().close();
    });
  });

  test('in a narrow window the contents open from the end, by touch and by keyboard, and close', async () => {
    const page = await open('notebook', narrow);
    const button = page.getByRole('button', { name: 'Contents' });
    const link = page.locator('nav.contents a', { hasText: 'Training' });
    expect(await link.isVisible()).toBe(false);
    const end = await toTheEnd(page);
    await button.tap();
    await link.tap();
    expect(await link.isVisible()).toBe(false);
    await expect.poll(() => number(page, 'scrollY')).toBeLessThan(end - 1000);
    expect(new URL(page.url()).hash).toBe('#training');

    const there = await toTheEnd(page);
    await button.press('Enter');
    await page.keyboard.press('Escape');
    expect(await link.isVisible()).toBe(false);
    await button.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await link.isVisible()).toBe(false);
    await expect.poll(() => number(page, 'scrollY')).toBeLessThan(there - 1000);
    await page.context().close();
  });

  test('in a narrow window the contents work without JavaScript', async () => {
    const page = await open('notebook', { ...narrow, javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Contents' }).tap();
    const link = page.locator('nav.contents a', { hasText: 'Training' });
    expect(await link.isVisible()).toBe(true);
    await link.tap();
    expect(new URL(page.url()).hash).toBe('#training');
    await page.context().close();
  });

  test('runs, their comparison and the list lead to each other', async () => {
    const page = await open('notebook', wide);
    await page.getByText('한국어', { exact: true }).click();
    await page.getByRole('link', { name: '모든 실행' }).click();
    await page.getByRole('link', { name: 'a+b' }).click();
    await page.waitForURL(
      ({ pathname }) => decodeURIComponent(pathname) === `${root}/comparison-a+b.html`,
    );
    expect(await page.evaluate('document.documentElement.lang')).toBe('ko');
    await page.getByRole('link', { name: 'b', exact: true }).click();
    await page.waitForURL(({ pathname }) => pathname === `${root}/b/index.html`);
    await page.context().close();
  });

  describe('the images of a cell of the confusion matrix', () => {
    const counts = '.matrix a';
    const panel = '.panel-images:visible';
    const marked = '.matrix a[aria-current="true"]';
    // The page hears of a new address only after it has it.
    const expectPanels = (page: Page, count: number) =>
      expect.poll(() => page.locator(panel).count()).toBe(count);

    test('Escape closes them where one is, and the cell that is open is marked', async () => {
      const page = await open('notebook', wide);
      await page.locator(counts).nth(1).press('Enter');
      await expectPanels(page, 1);
      const hash = await page.locator(counts).nth(1).getAttribute('href');
      await expect.poll(() => page.locator(marked).getAttribute('href')).toBe(hash);
      const before = await number(page, 'scrollY');
      await page.keyboard.press('Escape');
      await expectPanels(page, 0);
      await expect.poll(() => page.locator(marked).count()).toBe(0);
      expect(await number(page, 'scrollY')).toBe(before);
      expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe(hash);
      await page.keyboard.press('Enter');
      await expectPanels(page, 1);
      await page.locator(panel).getByText('Close').click();
      await expectPanels(page, 0);
      await page.context().close();
    });

    test('arrow keys go to the next cell that has images, and stay at the edge', async () => {
      const page = await open('notebook', wide);
      const first = page.locator(counts).first();
      const [one, two] = await Promise.all(
        [0, 1].map((k) =>
          page.locator('.matrix tbody tr').first().locator('a').nth(k).getAttribute('href'),
        ),
      );
      await first.focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe(two);
      await expectPanels(page, 0);
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => page.locator(marked).getAttribute('href')).toBe(one);
      await expect.poll(() => page.locator(panel).getAttribute('id')).toBe(one?.slice(1));
      await page.keyboard.press('ArrowLeft');
      await expect.poll(() => page.locator(marked).getAttribute('href')).toBe(one);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      const current = () => page.locator(marked).getAttribute('href');
      await expect.poll(current).not.toBe(two);
      const below = String(await current());
      expect(below.split('-')[2]).toBe(two?.split('-')[2]);
      await expectPanels(page, 1);
      await page.context().close();
    });

    test('a second tap on the cell closes them', async () => {
      const page = await open('notebook', narrow);
      const cell = page.locator(counts).first();
      await cell.tap();
      await expectPanels(page, 1);
      await cell.tap();
      await expectPanels(page, 0);
      await cell.tap();
      await expectPanels(page, 1);
      await page.context().close();
    });
  });
});
