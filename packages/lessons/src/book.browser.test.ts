import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  describeInChromium,
  foreignWords,
  koreanTexts,
  launchChromium,
  seriousFindings,
  settlePage,
} from '@convbook/page/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderBook } from './book.ts';
import { lessons } from './lessons/index.ts';

describeInChromium('the book in Chromium, from file://', () => {
  let url = '';
  let browser: Browser;
  const noticed: string[] = [];

  beforeAll(async () => {
    const file = join(temporaryDirectory(), 'book.html');
    writeFileSync(file, await renderBook(lessons));
    url = pathToFileURL(file).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      offline: true,
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    noticed.length = 0;
    if (options.javaScriptEnabled !== false) {
      await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
        console.error('violation: ' + event.violatedDirective))`);
    }
    page.on('console', (message) => noticed.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) noticed.push(`request: ${request.url()}`);
    });
    await page.goto(`${url}${query}`);
    return page;
  }

  /** Brings every figure near, and waits until it answers. */
  async function startAll(page: Page): Promise<void> {
    for (const figure of await page.locator('[data-figure]').all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.and(page.locator('[data-started]')).waitFor();
    }
  }

  const openFolds = (page: Page) =>
    page.evaluate(`document.querySelectorAll('details').forEach((fold) => { fold.open = true; })`);

  test('every figure starts and answers its controls without a message, request or violation', async () => {
    const page = await open();
    await startAll(page);
    for (const figure of await page.locator('[data-figure]').all()) {
      for (const slider of await figure.locator('[data-controls] input[type="range"]').all()) {
        await slider.focus();
        await page.keyboard.press('End');
        await page.keyboard.press('Home');
      }
      for (const select of await figure.locator('[data-controls] select').all()) {
        const last = await select.locator('option').last().getAttribute('value');
        await select.selectOption(last);
      }
    }
    expect(noticed).toEqual([]);
    await page.context().close();
  });

  test.each([
    { theme: 'light', language: 'en' },
    { theme: 'dark', language: 'ko' },
  ] as const)('axe has no serious finding in $theme, $language', async ({ theme, language }) => {
    const page = await open(`?lang=${language}`, { colorScheme: theme });
    await startAll(page);
    await openFolds(page);
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  test('has no untranslated text once its figures have answered', async () => {
    const page = await open('?lang=ko');
    await startAll(page);
    for (const slider of await page.locator('[data-controls] input[type="range"]').all()) {
      await slider.press('End');
    }
    const texts = await koreanTexts(page);
    expect(texts.filter((text) => foreignWords(text).length > 0)).toEqual([]);
    expect(texts.filter((text) => /\p{Script=Hangul}/u.test(text)).length).toBeGreaterThan(20);
    await page.context().close();
  });

  test.each(['en', 'ko'])('does not scroll sideways at 390 px, in %s', async (language) => {
    const page = await open(`?lang=${language}`, { viewport: { width: 390, height: 844 } });
    await startAll(page);
    await openFolds(page);
    const wide = await page.evaluate<string[]>(`[...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .filter((element) => {
        for (let at = element.parentElement; at; at = at.parentElement) {
          if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return false;
        }
        return true;
      })
      .map((element) => element.tagName + '.' + element.className + ' in ' +
        element.closest('section')?.id)`);
    expect([...new Set(wide)]).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('without scripts every figure is there, and nothing that only a script answers', async () => {
    const page = await open('', { javaScriptEnabled: false });
    for (const figure of await page.locator('[data-figure]').all()) {
      const view = figure.locator('[data-view]');
      expect((await view.boundingBox())?.height).toBeGreaterThan(40);
      expect(await figure.locator('[data-controls]').isVisible()).toBe(false);
    }
    expect(await page.locator('form:visible').count()).toBe(0);
    await page.context().close();
  });

  test('prints, with every number of its figures', async () => {
    const page = await open();
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(30_000);
    await page.emulateMedia({ media: 'print' });
    const hidden = `[...document.querySelectorAll('[data-view] :is(td, th)')].filter((own) =>
      !own.checkVisibility()).map((own) => own.textContent)`;
    expect(await page.evaluate(hidden)).toEqual([]);
    await page.context().close();
  });

  test('a check says right and wrong, and opens the answer', async () => {
    const page = await open();
    await settlePage(page);
    const check = page.locator('[data-check]').first();
    const answer = (await check.getAttribute('data-check')) ?? '';
    await check.locator('input').fill(String(Number(answer) + 1));
    await check.getByRole('button', { name: 'Check' }).click();
    await expect.poll(() => check.getByRole('status').innerText()).toContain('Not yet');
    expect(await check.locator('details').getAttribute('open')).toBe(null);
    await check.locator('input').fill('two');
    await page.keyboard.press('Enter');
    await expect.poll(() => check.getByRole('status').innerText()).toContain('one number');
    await check.locator('input').fill(answer);
    await page.keyboard.press('Enter');
    await expect.poll(() => check.getByRole('status').innerText()).toBe('Right.');
    await check.locator('details p').waitFor();
    const counted = page.locator('[data-check="50240"]');
    for (const [typed, said] of [
      ['50,215', 'Not yet'],
      ['50200', 'Not yet'],
      ['50,240', 'Right.'],
    ]) {
      await counted.locator('input').fill(typed);
      await page.keyboard.press('Enter');
      await expect.poll(() => counted.getByRole('status').innerText()).toContain(said);
    }
    expect(await counted.locator('details b').innerText()).toBe('50,240');
    await page.context().close();
  });
});
