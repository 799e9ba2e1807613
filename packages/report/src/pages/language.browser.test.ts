import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  describeInChromium,
  foreignWords,
  koreanTexts,
  launchChromium,
  settlePage,
} from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeComparison, writeNotebook, writeRunsIndex } from '../index.ts';

describeInChromium('?lang=ko in Chromium, from file://', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const at = (name: string) => join(root, name);
    const runs = {
      notebook: writeSyntheticRun(at('1'), { filters: 30, testSamples: 900 }),
      colour: writeSyntheticRun(at('2'), { input: [3, 24, 48], classNames: ['0', '1', '2'] }),
      interrupted: writeSyntheticRun(at('3'), { status: 'interrupted', steps: 50 }),
      begun: writeSyntheticRun(at('4'), { status: 'running', steps: 0 }),
      classes: writeSyntheticRun(at('5'), {
        classNames: Array.from({ length: 50 }, (_, k) => String(k)),
      }),
    };
    for (const [name, run] of Object.entries(runs)) {
      urls[name] = pathToFileURL(await writeNotebook(run)).href;
    }
    const noisy = writeSyntheticRun(at('6'), { testSamples: 900, logitNoise: 3 });
    const compared = [runs.notebook, noisy, runs.colour, runs.interrupted];
    urls.comparison = pathToFileURL(await writeComparison(compared, at('comparison.html'))).href;
    urls.list = pathToFileURL(await writeRunsIndex(root)).href;
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  async function open(name: string, query = '?lang=ko') {
    const page = await browser.newPage();
    await page.goto(`${urls[name]}${query}`);
    await settlePage(page);
    return page;
  }

  test.each(['notebook', 'colour', 'interrupted', 'begun', 'classes', 'comparison', 'list'])(
    '%s has no untranslated text',
    async (name) => {
      const page = await open(name);
      if (['notebook', 'colour', 'classes'].includes(name)) {
        await page.locator('[data-live]').waitFor();
      }
      const texts = await koreanTexts(page);
      expect(texts.filter((text) => foreignWords(text).length > 0)).toEqual([]);
      expect(texts.filter((text) => /\p{Script=Hangul}/u.test(text)).length).toBeGreaterThan(20);
      await page.close();
    },
  );

  test('the switch works by mouse and by keyboard, and is kept in the address', async () => {
    const page = await open('notebook', '');
    const epoch = page.locator('.chart text tspan:visible', { hasText: /^(epoch|에폭)$/ });
    expect(await epoch.first().textContent()).toBe('epoch');
    await page.getByRole('radio', { name: 'English' }).press('ArrowRight');
    expect(await epoch.first().textContent()).toBe('에폭');
    expect(await page.locator('nav.contents').getAttribute('aria-label')).toBe('차례');
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await page.title()).toBe('simple-convnet · mnist · 1');
    expect(new URL(page.url()).search).toBe('?lang=ko');
    await page.reload();
    expect(await epoch.first().textContent()).toBe('에폭');
    await page.getByText('English').click();
    expect(await epoch.first().textContent()).toBe('epoch');
    expect(await page.title()).toBe('simple-convnet on mnist · 1');
    await page.close();
  });

  test('without JavaScript the switch works, and English stands first', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(urls.notebook);
    const heading = page.locator('#data-title');
    expect(await heading.innerText()).toContain('Data');
    await page.getByText('한국어').click();
    expect(await heading.innerText()).toContain('데이터');
    await page.close();
  });

  test('a run of the list opens in the language of the list', async () => {
    const page = await open('list');
    await page.locator('table.runs a').first().click();
    await page.locator('#data-title').waitFor();
    await page.waitForLoadState();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.close();
  });

  test('what the page computes is said in the language of the page', async () => {
    const page = await open('notebook');
    const answer = page.locator('[data-answer]');
    await page.locator('[data-live]').waitFor();
    expect(await answer.innerText()).toMatch(/^시험 이미지 \d+: \d, /);
    const map = page.locator('[data-maps] canvas').first();
    expect(await map.getAttribute('aria-label')).toBe('conv1, 맵 1');
    await page.getByText('English').click();
    expect(await answer.innerText()).toMatch(/^Test image \d+: \d, /);
    expect(await map.getAttribute('aria-label')).toBe('conv1, map 1');
    await page.close();
  });
});
