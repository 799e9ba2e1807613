import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glossary } from '@convbook/page';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

describeInChromium('terms of a notebook in Chromium', () => {
  let url = '';
  let browser: Browser;

  beforeAll(async () => {
    const run = writeSyntheticRun(join(temporaryDirectory(), 'run'));
    url = pathToFileURL(await writeNotebook(run)).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(address = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      offline: true,
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    await page.goto(`${url}${address}`);
    if (options.javaScriptEnabled !== false) await settlePage(page);
    return page;
  }

  const link = (page: Page, id: string) => page.locator(`#training a[href="#term-${id}"]`);
  const note = (page: Page) => page.locator('.term-note');
  const hash = (page: Page) => new URL(page.url()).hash;
  const meaningOf = (id: string) => glossary.find((term) => term.id === id)?.meaning;

  test('by mouse: pointing at a term shows its meaning, which stays under the pointer', async () => {
    const page = await open();
    await link(page, 'learning-rate').hover();
    await expect.poll(() => note(page).innerText()).toContain(meaningOf('learning-rate')?.en);
    expect(await note(page).innerText()).toContain('학습률');
    await note(page).hover();
    expect(await link(page, 'learning-rate').getAttribute('aria-describedby')).toBe('term-note');
    await page.locator('#training-title').hover();
    await note(page).waitFor({ state: 'hidden' });
    await page.context().close();
  });

  test('by mouse: a click leads to the glossary, which opens', async () => {
    const page = await open();
    await link(page, 'learning-rate').click();
    await page.locator('#term-learning-rate').waitFor();
    expect(hash(page)).toBe('#term-learning-rate');
    await note(page).waitFor({ state: 'hidden' });
    await page.context().close();
  });

  test('by keyboard, in Korean: focus shows the meaning, Escape hides it, Enter leads there', async () => {
    const page = await open('?lang=ko');
    await page.keyboard.press('Tab');
    await link(page, 'ko-learning-rate').focus();
    await expect.poll(() => note(page).innerText()).toContain(meaningOf('learning-rate')?.ko);
    await page.keyboard.press('Escape');
    await note(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await page.locator('#term-ko-learning-rate').waitFor();
    expect(hash(page)).toBe('#term-ko-learning-rate');
    await page.context().close();
  });

  test('by touch in a narrow window: the first tap explains, the second one leads there', async () => {
    const page = await open('', { viewport: { width: 390, height: 844 }, hasTouch: true });
    await link(page, 'learning-rate').tap();
    await note(page).waitFor();
    expect(hash(page)).toBe('');
    const box = await note(page).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.locator('#training-title').tap();
    await note(page).waitFor({ state: 'hidden' });
    await link(page, 'learning-rate').tap();
    await note(page).waitFor();
    await link(page, 'learning-rate').tap();
    await page.locator('#term-learning-rate').waitFor();
    await page.context().close();
  });

  test('without JavaScript a term is a plain link', async () => {
    const page = await open('', { javaScriptEnabled: false });
    await link(page, 'learning-rate').click();
    await page.locator('#term-learning-rate').waitFor();
    expect(hash(page)).toBe('#term-learning-rate');
    await page.context().close();
  });

  test('the glossary is in the order of each alphabet, and every link leads to a term', async () => {
    const page = await open();
    const names = (language: string) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('.terms[lang="${language}"] dt')].map(({ firstChild }) => firstChild.data.trim())`,
      );
    const [english, korean] = [await names('en'), await names('ko')];
    expect(english).toHaveLength(glossary.length);
    expect(english.slice(0, 2)).toEqual(['accuracy', 'activation function']);
    expect(english).toEqual([...english].sort(new Intl.Collator('en').compare));
    const hangul = korean.filter((name) => /^[가-힣]/.test(name));
    expect(hangul).toEqual([...hangul].sort());
    const lost = await page.evaluate(
      `[...document.querySelectorAll('a.term')].filter(({ hash }) => !document.querySelector(hash)).length`,
    );
    expect(lost).toBe(0);
    await page.context().close();
  });

  test('on paper words have no dots, and a folded glossary is left out', async () => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#terms').isVisible()).toBe(false);
    const line = await link(page, 'learning-rate').evaluate(
      (element) => globalThis.getComputedStyle(element).textDecorationLine,
    );
    expect(line).toBe('none');
    await page.context().close();
  });
});
