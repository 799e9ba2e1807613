// Every image of a page's test set, found by mouse, by touch and by keyboard.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleScript, html, renderPage } from '@convbook/page';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { readRun, type Run } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { predictions, softmax, worstMistakes } from '../analysis/evaluation.ts';
import { mistakesCell } from '../cells/mistakes.ts';
import { writeNotebook } from '../index.ts';
import { testSetElement } from './test-set-element.ts';

const manyNames = Array.from(
  { length: 120 },
  (_, k) =>
    `${k === 3 ? '=1+1, "<b>"' : `species ${k}`} of-the-northern-woods-and-of-all-the-hills`,
);

describeInChromium('the images of the test set in Chromium, from file://', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let run: Run;
  let browser: Browser;

  beforeAll(async () => {
    const write = (name: string, options: Parameters<typeof writeSyntheticRun>[1]) =>
      writeSyntheticRun(join(root, name), options);
    const noisy = write('noisy', { testSamples: 900, logitNoise: 3, filters: 2 });
    // More than 4 MiB of weights.
    const heavy = write('heavy', { input: [1, 48, 48], filters: 24, testSamples: 60 });
    for (const directory of [noisy, heavy]) {
      urls[basename(directory)] = pathToFileURL(await writeNotebook(directory)).href;
    }
    run = readRun(noisy);
    const cells = {
      cell: noisy,
      perfect: write('perfect', { testSamples: 300, logitNoise: 0 }),
      many: write('many', {
        testSamples: 1200,
        classNames: manyNames,
        input: [1, 6, 6],
        kernelSize: 3,
      }),
      colour: write('colour', { input: [3, 24, 48], logitNoise: 3 }),
    };
    for (const [name, directory] of Object.entries(cells)) {
      urls[name] = await writeCell(readRun(directory), join(root, `${name}.html`));
    }
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true };

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`${urls[name]}#mistakes`);
    if (options.javaScriptEnabled === false) return page;
    await settlePage(page);
    await page.locator(part).waitFor();
    return page;
  }

  const part = '[data-image-browser]';
  const field = (page: Page, name: string) => page.locator(`${part} [name="${name}"]`);
  const shown = (page: Page) =>
    page
      .locator(`${part} [data-image-list] a[data-image]`)
      .evaluateAll((links) => links.map((link) => Number(link.getAttribute('data-image'))));
  const expectShown = (page: Page, indexes: readonly number[]) =>
    expect.poll(() => shown(page)).toEqual(indexes.slice(0, 14));
  const expectCount = (page: Page, count: number) =>
    expect
      .poll(() => page.locator('[data-matches] [lang="en"]').textContent())
      .toMatch(new RegExp(`^${count} of 900 `));

  /** What the run answered to each image that it keeps. */
  function answers() {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null) throw new Error('the run is not complete');
    const { classes, labels, logits } = evaluation;
    return predictions(evaluation).map((prediction, index) => {
      const own = softmax(logits.subarray(index * classes, (index + 1) * classes));
      const isKept = samples.images.has(index);
      return { index, label: labels[index], prediction, probability: own[prediction], isKept };
    });
  }
  const mistakes = () => answers().filter(({ label, prediction }) => label !== prediction);
  const worstFirst = () => (run.evaluation === null ? [] : worstMistakes(run.evaluation));
  const places = (found: readonly { index: number; isKept: boolean }[]) =>
    found.filter(({ isKept }) => isKept).map(({ index }) => index);

  describe('by mouse', () => {
    test('begins with the worst mistakes, and says how many there are', async () => {
      const page = await open('noisy');
      await expectShown(
        page,
        worstFirst().map(({ index }) => index),
      );
      await expectCount(page, mistakes().length);
      expect(await page.locator('[data-worst]').isVisible()).toBe(false);
      await page.context().close();
    });

    test.each([
      ['confident', (a: number, b: number) => b - a],
      ['unsure', (a: number, b: number) => a - b],
    ])('sorts: %s', async (order, compare) => {
      const page = await open('noisy');
      await field(page, 'order').selectOption(order);
      const sorted = mistakes().sort(
        (a, b) =>
          compare(Math.fround(a.probability), Math.fround(b.probability)) || a.index - b.index,
      );
      await expectShown(page, places(sorted));
      await page.context().close();
    });

    test('sorts by number; all images are reached page by page', async () => {
      const page = await open('noisy');
      await field(page, 'order').selectOption('number');
      await field(page, 'shown').selectOption('all');
      await expectCount(page, 900);
      const kept = places(answers());
      await expectShown(page, kept);
      expect(await page.locator('[data-matches]').innerText()).toContain(
        `The page has the pictures of ${kept.length} of them`,
      );
      const pages = Math.ceil(kept.length / 14);
      const found = await shown(page);
      for (let k = 1; k < pages; k++) {
        await page.locator('[data-list-on]').click();
        const from = k * 14;
        await expect.poll(async () => (await shown(page))[0]).toBe(kept[from]);
        found.push(...(await shown(page)));
      }
      expect(found).toEqual(kept);
      expect(await page.locator('[data-list-on]').isDisabled()).toBe(true);
      await page.context().close();
    });

    test.each([
      ['label', 'label'],
      ['prediction', 'prediction'],
    ] as const)('filters by %s', async (name, key) => {
      const page = await open('noisy');
      await field(page, name).selectOption('7');
      const found = worstFirst().filter((one) => one[key] === 7);
      expect(found.length).toBeGreaterThan(1);
      await expectCount(page, found.length);
      await expectShown(
        page,
        found.map(({ index }) => index),
      );
      await page.locator(`${part} [type="reset"]`).click();
      await expectCount(page, mistakes().length);
      await page.context().close();
    });

    test('says so where nothing matches, and leads back', async () => {
      const page = await open('noisy');
      await field(page, 'label').selectOption('7');
      await field(page, 'prediction').selectOption('7');
      await expect
        .poll(() => page.locator('[data-matches]').innerText())
        .toContain('No test image matches');
      await expectShown(page, []);
      await field(page, 'shown').selectOption('right');
      const found = answers().filter(({ label, prediction }) => label === 7 && prediction === 7);
      await expectCount(page, found.length);
      await page.context().close();
    });

    test('a picture leads to its image', async () => {
      const page = await open('noisy');
      const [first] = await shown(page);
      const link = page.locator(`${part} a[data-image="${first}"]`);
      expect(await link.getAttribute('href')).toBe(`#image=${first}`);
      expect(await link.locator('canvas').getAttribute('aria-label')).toMatch(
        new RegExp(`^Test image ${first}, label \\d, predicted as \\d$`),
      );
      await page.context().close();
    });
  });

  describe('by keyboard', () => {
    test('filters by confidence', async () => {
      const page = await open('noisy');
      await field(page, 'from').focus();
      for (let k = 0; k < 3; k++) await page.keyboard.press('PageUp');
      const from = Number(await field(page, 'from').inputValue()) / 100;
      expect(from).toBeGreaterThan(0.2);
      await field(page, 'to').press('PageDown');
      const to = Number(await field(page, 'to').inputValue()) / 100;
      expect(to).toBeLessThan(1);
      const found = mistakes().filter(
        ({ probability }) => probability >= from && probability <= to,
      );
      expect(found.length).toBeGreaterThan(0);
      await expectCount(page, found.length);
      expect(await page.locator('[data-percent="from"]').textContent()).toBe(`${100 * from}%`);
      await page.context().close();
    });

    test('finds numbers whatever else is chosen', async () => {
      const page = await open('noisy');
      const right = answers().find((one) => one.isKept && one.label === one.prediction);
      const search = field(page, 'numbers');
      await search.focus();
      await page.keyboard.type(`#${right?.index}, ${mistakes()[0].index}`);
      const wanted = [right?.index ?? -1, mistakes()[0].index];
      await expect.poll(async () => (await shown(page)).sort()).toEqual(wanted.sort());
      await page.keyboard.press('Enter');
      expect(new URL(page.url()).hash).toBe('#mistakes');
      await search.fill('900');
      await expect
        .poll(() => page.locator('[data-matches]').innerText())
        .toContain('No test image has this number: they go from 0 to 899.');
      const missing = answers().find(({ isKept }) => !isKept);
      await search.fill(String(missing?.index));
      await expect
        .poll(() => page.locator('[data-matches]').innerText())
        .toContain(
          `The page does not have the picture of #${missing?.index}: label ${missing?.label}`,
        );
      await page.context().close();
    });

    test('goes on and back without losing its place', async () => {
      const page = await open('noisy');
      const first = await shown(page);
      const on = page.locator('[data-list-on]');
      while (await on.isEnabled()) await on.press('Enter');
      // The button that is disabled has given the focus to the other.
      await expect.poll(() => page.evaluate('document.activeElement.dataset.listBack')).toBe('');
      await page.keyboard.press('Enter');
      await expect.poll(() => on.isEnabled()).toBe(true);
      await field(page, 'page').fill('1');
      await field(page, 'page').press('Enter');
      await expectShown(page, first);
      await page.context().close();
    });
  });

  test('by touch on a telephone: nothing is wider than the screen', async () => {
    const page = await open('noisy', narrow);
    await page.locator('[data-list-on]').tap();
    await expect.poll(() => field(page, 'page').inputValue()).toBe('2');
    await page.locator(`${part} [type="reset"]`).tap();
    await expect.poll(() => field(page, 'page').inputValue()).toBe('1');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('the address keeps the choice, also when the language is switched', async () => {
    const page = await open('noisy');
    await field(page, 'label').selectOption('3');
    await field(page, 'order').selectOption('number');
    const count = mistakes().filter(({ label }) => label === 3).length;
    await expectCount(page, count);
    await page.getByText('한국어', { exact: true }).click();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      label: '3',
      order: 'number',
      lang: 'ko',
    });
    await page.reload();
    await page.locator(part).waitFor();
    await expectCount(page, count);
    expect(await field(page, 'label').inputValue()).toBe('3');
    await page.locator(`${part} [type="reset"]`).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?lang=ko');
    await page.context().close();
  });

  test('predictions.csv has a line for each test image', async () => {
    const page = await open('noisy');
    const button = page.locator('[data-csv]');
    for (const choose of [() => button.click(), () => button.press('Enter')]) {
      const [download] = await Promise.all([page.waitForEvent('download'), choose()]);
      expect(download.suggestedFilename()).toBe('predictions.csv');
      const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
      expect(lines).toHaveLength(902);
      for (const { index, label, prediction, probability } of answers()) {
        const [number, is, , said, , said2] = lines[index + 1].split(',');
        expect([number, is, said].map(Number)).toEqual([index, label, prediction]);
        expect(Number(said2)).toBeCloseTo(probability, 6);
      }
    }
    await page.context().close();
  });

  test('other parts of the page restrict them, and one comes back', async () => {
    const page = await open('cell');
    const all = mistakes().length;
    const some = mistakes().slice(0, 5);
    await page.locator('[data-list-on]').click();
    await page.getByRole('button', { name: 'some' }).click();
    await expectCount(page, 5);
    await expect.poll(async () => (await shown(page)).sort()).toEqual(places(some).sort());
    const note = page.locator('[data-restricted]');
    expect(await note.innerText()).toContain('Only among the 6 images chosen on the map.');
    await field(page, 'label').selectOption(String(some[0].label));
    await expectCount(page, some.filter(({ label }) => label === some[0].label).length);
    await field(page, 'label').selectOption('');
    await page.getByRole('button', { name: 'Show all again' }).press('Enter');
    await expectCount(page, all);
    expect(await note.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'nothing' }).click();
    await expect
      .poll(() => page.locator('[data-matches]').innerText())
      .toContain('No test image matches');
    await page.getByRole('button', { name: 'everything' }).click();
    await expectCount(page, all);
    await page.context().close();
  });

  test('a model without mistakes lets one look at all images', async () => {
    const page = await open('perfect');
    expect(await page.locator('#mistakes > p').first().innerText()).toBe(
      'The model classifies all 300 test images correctly.',
    );
    expect(await field(page, 'shown').inputValue()).toBe('all');
    await expect.poll(async () => (await shown(page)).length).toBe(14);
    await page.context().close();
  });

  test('of 120 classes each can be chosen, whatever its name', async () => {
    const page = await open('many', narrow);
    expect(await field(page, 'label').locator('option').count()).toBe(121);
    await field(page, 'shown').selectOption('all');
    await field(page, 'label').selectOption({ label: manyNames[3] });
    await expect
      .poll(() => page.locator(`${part} figcaption span:not([lang]) + span b`).allTextContents())
      .toSatisfy(
        (names: string[]) => names.length > 0 && names.every((name) => name === manyNames[3]),
      );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('photos in colour have their shape and their pixels', async () => {
    const page = await open('colour');
    const inks = await page.locator(`${part} canvas`).evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement)
          .getContext('2d')
          ?.getImageData(0, 0, width, height);
        return { width, height, hasInk: pixels?.data.some((value) => value > 0 && value < 255) };
      }),
    );
    expect(inks).toHaveLength(14);
    for (const ink of inks) expect(ink).toEqual({ width: 48, height: 24, hasInk: true });
    await page.context().close();
  });

  test('a page without the weights has them too', async () => {
    const page = await open('heavy');
    expect(await page.locator('[data-live]').count()).toBe(0);
    await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(0);
    await page.context().close();
  });

  test('without a script the worst are there, and nothing that does not work', async () => {
    const page = await open('noisy', { javaScriptEnabled: false });
    expect(await page.locator('[data-worst] .mistake').count()).toBe(14);
    expect(await page.locator('[data-worst]').isVisible()).toBe(true);
    expect(await page.locator(part).isVisible()).toBe(false);
    await page.context().close();
  });

  test('on paper are the worst, not what one chose', async () => {
    const page = await open('noisy');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('[data-worst]').isVisible()).toBe(true);
    expect(await page.locator(part).isVisible()).toBe(false);
    await page.context().close();
  });

  /** A page of the cell alone, with buttons that restrict its images. */
  async function writeCell(of: Run, file: string): Promise<string> {
    const right = answers().find(({ label, prediction }) => label === prediction);
    const some = [...mistakes().slice(0, 5), right].map((one) => one?.index);
    const body = html`<main id="content">
      <section id="mistakes">${await mistakesCell.render(of, null, null)}</section>
      <button type="button" data-restrict="${some.join(' ')}">some</button>
      <button type="button" data-restrict="">nothing</button>
      <button type="button" data-restrict value="all">everything</button>
      ${await testSetElement(of)}
    </main>`;
    const script = await bundleScript(new URL('../testing/restricting-page.ts', import.meta.url));
    writeFileSync(file, renderPage({ title: 'cell', scripts: [script], body }));
    return pathToFileURL(file).href;
  }
});
