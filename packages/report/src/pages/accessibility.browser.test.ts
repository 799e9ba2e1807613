import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, seriousFindings } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeComparison, writeNotebook, writeRunsIndex } from '../index.ts';

describeInChromium('axe in Chromium', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const run = writeSyntheticRun(join(root, 'run'), { filters: 30, testSamples: 900 });
    const colour = writeSyntheticRun(join(root, 'colour'), { input: [3, 24, 48] });
    const cut = writeSyntheticRun(join(root, 'cut'), { status: 'interrupted', steps: 50 });
    const noisy = writeSyntheticRun(join(root, 'noisy'), { testSamples: 900, logitNoise: 3 });
    const comparison = await writeComparison([run, noisy, cut], join(root, 'comparison.html'));
    urls.notebook = `${pathToFileURL(await writeNotebook(run)).href}#images-0-0`;
    urls.colour = pathToFileURL(await writeNotebook(colour)).href;
    urls.interrupted = pathToFileURL(await writeNotebook(cut)).href;
    urls.comparison = pathToFileURL(comparison).href;
    urls.list = pathToFileURL(await writeRunsIndex(root)).href;
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  const names = ['notebook', 'colour', 'interrupted', 'comparison', 'list'];
  // The colours of a theme do not depend on the language.
  const choices = [
    { theme: 'light', language: 'en' },
    { theme: 'dark', language: 'ko' },
  ] as const;

  describe.each(names)('%s', (name) => {
    test.each(choices)(
      'has no serious finding in $theme, $language',
      async ({ theme, language }) => {
        const page = await browser.newPage({ colorScheme: theme });
        const url = new URL(urls[name]);
        url.search = `?lang=${language}`;
        await page.goto(url.href);
        if (['notebook', 'colour'].includes(name)) {
          await page.locator('[data-live]').waitFor();
          await page.locator('#mistakes').scrollIntoViewIfNeeded();
          await page.locator('[data-image-browser]').waitFor();
        }
        await page.evaluate(
          `document.querySelectorAll('details').forEach((fold) => { fold.open = true; })`,
        );
        expect(await seriousFindings(page)).toEqual([]);
        await page.close();
      },
    );
  });
});
