import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadKernelModule } from '@convbook/core/node';
import { initializeParameters, type LayerSpec } from '@convbook/layers';
import { bundleScript } from '@convbook/page';
import { formatPercent, formatProbability } from '@convbook/page/text';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { readRun, readTrainedModel } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { forAnswers, saliency } from '@convbook/runtime/explain';
import { createPredictor, toInput } from '@convbook/runtime/network';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { softmax, worstMistakes } from '../analysis/evaluation.ts';
import { writeNotebook } from '../index.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The figure's model in little, as tall as it, and one that normalizes. */
const tall: LayerSpec[] = [
  { kind: 'conv2d', filters: 6, kernelSize: 5 },
  { kind: 'relu' },
  { kind: 'maxPool2d', size: 4 },
  { kind: 'flatten' },
  { kind: 'dense', units: 4 },
];
const normalized: LayerSpec[] = [
  { kind: 'conv2d', filters: 6, kernelSize: 5 },
  { kind: 'batchNorm' },
  { kind: 'relu' },
  { kind: 'dropout', rate: 0.5 },
  { kind: 'globalAvgPool2d' },
  { kind: 'dense', units: 10 },
];

/** Writes into a run how many parameters its model has: a synthetic one has always as many. */
function nameParameters(run: string, parameters: number): void {
  const file = join(run, 'run.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/"parameters": \d+/, `"parameters": ${parameters}`));
}

describeInChromium('the inspector in Chromium, from file://', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const runs = {
      convnet: writeSyntheticRun(join(root, 'convnet'), { testSamples: 600 }),
      large: writeSyntheticRun(join(root, 'large'), { filters: 100, testSamples: 100 }),
      tall: writeSyntheticRun(join(root, 'tall'), {
        input: [1, 120, 60],
        classNames: ['0', '1', '2', '3'],
        layers: tall,
        testSamples: 40,
      }),
      normalized: writeSyntheticRun(join(root, 'normalized'), {
        layers: normalized,
        testSamples: 100,
      }),
    };
    nameParameters(runs.large, 5_800_000);
    for (const [name, run] of Object.entries(runs)) {
      urls[name] = pathToFileURL(await writeNotebook(run)).href;
    }
    browser = await launchChromium();
  }, 240_000);
  afterAll(() => browser?.close());

  async function open(name: string, hash = '', options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      reducedMotion: 'reduce',
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    const noticed: string[] = [];
    page.on('console', (message) => noticed.push(message.text()));
    page.on('pageerror', (error) => noticed.push(error.message));
    await page.goto(urls[name] + hash);
    if (options.javaScriptEnabled === false) return { page, noticed, close: () => context.close() };
    await settlePage(page);
    if (hash !== '') await page.locator('dialog.inspector').waitFor();
    else if (name !== 'large') await page.locator('[data-live]').waitFor();
    return { page, noticed, close: () => context.close() };
  }
  const dialogOf = (page: Page) => page.getByRole('dialog');
  const title = (index: number | string) => `Test image ${index}`;
  const ready = (page: Page, methods: number) =>
    expect.poll(() => dialogOf(page).locator('[data-ready]').count()).toBe(methods);
  const hashOf = (page: Page) => page.evaluate<string>('location.hash');
  /** The image whose link has the focus. */
  const focused = (page: Page) =>
    page.evaluate<string | undefined>('document.activeElement.dataset.image');
  const indexOf = async (page: Page, selector: string) =>
    Number(await page.locator(selector).first().getAttribute('data-image'));

  const lists = [
    ['a mean of the data', '.means a[data-image]'],
    ['a column of the feature maps', '.layer-maps a[data-image]'],
    ['patches of a filter', '.patches a[data-image]'],
    ['a mistake', '#mistakes [data-matching] a[data-image]'],
    ['a suspect label', '#mistakes figure:not([data-worst]) .mistakes a[data-image]'],
    ['a suspect label of the table', '#mistakes table a[data-image]'],
    ['an explanation', '.explanations a[data-image]'],
  ] as const;

  test.each(lists)(
    '%s opens by mouse, closes by Escape, and has the focus again',
    async (_, selector) => {
      const { page, noticed, close } = await open('convnet');
      const link = page.locator(selector).first();
      const index = await indexOf(page, selector);
      await page.evaluate(
        `document.querySelectorAll('#mistakes details').forEach((fold) => (fold.open = true))`,
      );
      await link.click({ position: { x: 4, y: 4 } });
      await dialogOf(page)
        .getByRole('heading', { name: title(index), exact: true })
        .waitFor();
      expect(await hashOf(page)).toBe(`#image=${index}`);
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
      await expect.poll(() => hashOf(page)).toBe('');
      await expect.poll(() => focused(page)).toBe(String(index));
      expect(noticed).toEqual([]);
      await close();
    },
  );

  test('the images of a confusion cell open, by keyboard; the cell stays open, and its list leads on', async () => {
    const { page, close } = await open('convnet', '');
    await page.locator('.matrix a[href^="#images-"]').first().press('Enter');
    const panel = page.locator('.panel-images:visible');
    const links = panel.locator('a[data-image]');
    const [first, second] = await Promise.all(
      [0, 1].map((k) => links.nth(k).getAttribute('data-image')),
    );
    await links.first().focus();
    await page.keyboard.press('Enter');
    await dialogOf(page)
      .getByRole('heading', { name: title(Number(first)), exact: true })
      .waitFor();
    const all = await links.count();
    expect(await dialogOf(page).locator('[data-place] [lang=en]').textContent()).toBe(
      `1 of ${all}`,
    );
    expect(await dialogOf(page).locator('[data-previous]').isDisabled()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await dialogOf(page)
      .getByRole('heading', { name: title(Number(second)), exact: true })
      .waitFor();
    expect(await dialogOf(page).locator('[data-place] [lang=en]').textContent()).toBe(
      `2 of ${all}`,
    );
    await dialogOf(page).getByRole('button', { name: 'Previous image' }).click();
    await dialogOf(page)
      .getByRole('heading', { name: title(Number(first)), exact: true })
      .waitFor();
    await page.evaluate('history.back()');
    await dialogOf(page).waitFor({ state: 'hidden' });
    expect(await panel.count()).toBe(1);
    await page.evaluate('history.forward()');
    await dialogOf(page).waitFor();
    await page.reload();
    await dialogOf(page).waitFor();
    await dialogOf(page).getByRole('button', { name: 'Close' }).click();
    await dialogOf(page).waitFor({ state: 'hidden' });
    await expect.poll(() => hashOf(page)).toMatch(/^#images-/);
    expect(await panel.count()).toBe(1);
    await expect.poll(() => focused(page)).toBe(first);
    await close();
  });

  test('closing leaves the page where it was, also after a link of the contents', async () => {
    const { page, close } = await open('convnet');
    const top = () => page.evaluate<number>('Math.round(scrollY)');
    const link = page.locator('.layer-maps a[data-image]').first();
    for (const goBack of [
      () => page.keyboard.press('Escape'),
      () => page.evaluate('history.back()'),
    ]) {
      await page.evaluate(`location.hash = '#result'`);
      await page.evaluate(`location.hash = '#model'`);
      await link.scrollIntoViewIfNeeded();
      await link.click();
      await dialogOf(page).waitFor();
      const before = await top();
      await goBack();
      await dialogOf(page).waitFor({ state: 'hidden' });
      await expect.poll(() => hashOf(page)).toBe('#model');
      await expect.poll(top).toBe(before);
    }
    await close();
  });

  test('an image that stands in no list leads on to all mistakes', async () => {
    const { page, close } = await open('convnet');
    await page.locator('.action.image-link').click();
    const { evaluation, samples } = readRun(join(root, 'convnet'));
    const mistakes = worstMistakes(evaluation as NonNullable<typeof evaluation>);
    const pictured = mistakes.filter(({ index }) => samples?.images.has(index));
    await dialogOf(page).getByText(`1 of ${pictured.length}`).waitFor();
    await page.keyboard.press('ArrowRight');
    await dialogOf(page)
      .getByRole('heading', { name: title(pictured[1].index), exact: true })
      .waitFor();
    await close();
  });

  test('by touch: the button closes', async () => {
    const { page, close } = await open('convnet', '#image=1', { hasTouch: true });
    await dialogOf(page).getByRole('button', { name: 'Close' }).tap();
    await dialogOf(page).waitFor({ state: 'hidden' });
    await close();
  });

  test('a click beside the inspector closes it', async () => {
    const { page, close } = await open('convnet', '#image=1');
    await page.mouse.click(20, 450);
    await dialogOf(page).waitFor({ state: 'hidden' });
    await expect.poll(() => hashOf(page)).toBe('');
    await close();
  });

  test('a patch opens the image that it comes from', async () => {
    const { page, close } = await open('convnet');
    const link = page.locator('.patches a[data-images]').first();
    const indexes = ((await link.getAttribute('data-images')) ?? '').split(' ');
    const box = await link.locator('img').boundingBox();
    const place = Math.min(4, indexes.length - 1);
    const at = (k: number, length: number) => ((k + 0.5) * length) / 3;
    await link.click({
      position: {
        x: at(place % 3, box?.width ?? 0),
        y: at(Math.floor(place / 3), box?.height ?? 0),
      },
    });
    await dialogOf(page)
      .getByRole('heading', { name: title(indexes[place]), exact: true })
      .waitFor();
    await close();
  });

  test('by touch: a tap opens, a swipe leads on, going back closes', async () => {
    const { page, close } = await open('convnet', '', {
      hasTouch: true,
      viewport: { width: 700, height: 900 },
    });
    await page.locator('#mistakes').scrollIntoViewIfNeeded();
    const links = page.locator('#mistakes [data-matching] a[data-image]');
    const second = await links.nth(1).getAttribute('data-image');
    await links.first().tap();
    await dialogOf(page).waitFor();
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y: 300 }],
      });
    await touch('touchStart', 400);
    for (const x of [360, 300, 240, 180]) await touch('touchMove', x);
    await touch('touchEnd', 180);
    await dialogOf(page)
      .getByRole('heading', { name: title(Number(second)), exact: true })
      .waitFor();
    await page.evaluate('history.back()');
    await dialogOf(page).waitFor({ state: 'hidden' });
    await expect.poll(() => focused(page)).toBe(second);
    await close();
  });

  test('#image=… in a fresh page shows the model’s numbers and closes without leaving the page', async () => {
    const directory = join(root, 'convnet');
    const trained = readTrainedModel(directory);
    const { samples } = readRun(directory);
    const [index, image] = [...(samples?.images ?? [])][5];
    const predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
    const [{ probabilities }] = predictor.predict([image]);
    const { page, noticed, close } = await open('convnet', `#image=${index}`);
    const shown = await dialogOf(page).locator('tbody [data-value]').all();
    const values = await Promise.all(shown.map((cell) => cell.getAttribute('data-value')));
    expect(values.map(Number)).toEqual(probabilities);
    const texts = await Promise.all(shown.map((cell) => cell.textContent()));
    expect(texts).toEqual(probabilities.map((probability) => formatPercent(probability, 1)));
    await dialogOf(page).getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => hashOf(page)).toBe('');
    expect(noticed).toEqual([]);
    await close();
  });

  test('the maps are those of saliency() in Node, of the trained network and of the random one', async () => {
    const directory = join(root, 'convnet');
    const { model, parameters, record } = readTrainedModel(directory);
    const module = await loadKernelModule('plain');
    const { samples, evaluation } = readRun(directory);
    const [index, image] = [...(samples?.images ?? [])][3];
    const label = evaluation?.labels[index] ?? 0;
    const networks = [parameters, initializeParameters(model, record.configuration.seed)];
    const expected = networks.map((own) => {
      const network = forAnswers({ module, model, parameters: own });
      return Array.from(saliency(network, toInput([image]), [label])[0]);
    });
    const { page, close } = await open('convnet');
    await page.evaluate(
      await bundleScript(new URL('../testing/explaining-page.ts', import.meta.url)),
    );
    const call = `mapsInPage('saliency', ${JSON.stringify([...image])}, ${label})`;
    expect(await page.evaluate(call)).toEqual(expected);
    await close();
  });

  test.each([
    ['99999', 'The test set has no such image: its 600 images have the numbers 0 to 599.'],
    ['-1', 'The test set has no such image'],
    ['x', 'The test set has no such image'],
  ])('#image=%s says that there is none', async (index, message) => {
    const { page, close } = await open('convnet', `#image=${index}`);
    await dialogOf(page).getByText(message).waitFor();
    expect(await dialogOf(page).locator('[data-large]').isVisible()).toBe(false);
    await close();
  });

  test('leads to Try it and to the pixels with the image', async () => {
    const { page, close } = await open('convnet', '#image=599');
    const known = await page.evaluate<number>(
      `Number(document.querySelector('#mistakes a[data-image]').dataset.image)`,
    );
    for (const [name, hash] of [
      ['Send to Try it', '#try-it'],
      ['Explain a pixel', '#pixel'],
    ]) {
      await page.evaluate(`location.hash = '#image=${known}'`);
      await dialogOf(page)
        .getByRole('heading', { name: title(known), exact: true })
        .waitFor();
      await dialogOf(page).getByRole('button', { name }).click();
      await dialogOf(page).waitFor({ state: 'hidden' });
      await expect.poll(() => hashOf(page)).toBe(hash);
      await page
        .locator('[data-answer]')
        .getByText(`${title(known)}: `)
        .waitFor();
    }
    await close();
  });

  test('a page without the weights has the answers, and says what is missing', async () => {
    const { page, noticed, close } = await open('large', '#image=1');
    await dialogOf(page).getByText('--live-weights').waitFor();
    const { evaluation } = readRun(join(root, 'large'));
    if (evaluation === null) throw new Error('the run has no evaluation');
    const { classes, logits } = evaluation;
    const probabilities = softmax(logits.subarray(classes, 2 * classes));
    const said = formatProbability(Math.max(...probabilities));
    expect(await dialogOf(page).locator('[data-said] [lang=en]').textContent()).toContain(said);
    expect(await dialogOf(page).locator('[data-live-part], [data-leads]:visible').count()).toBe(0);
    expect(noticed).toEqual([]);
    await close();
  });

  describe.each(['tall', 'normalized'])('a %s model', (name) => {
    test('draws every layer and its maps, without an error, at 390 px', async () => {
      const { samples } = readRun(join(root, name));
      const [index] = samples?.images.keys() ?? [];
      const { page, noticed, close } = await open(name, `#image=${index}`, {
        viewport: { width: 390, height: 844 },
      });
      await ready(page, 3);
      const layers = dialogOf(page).locator('[data-layer-of]');
      for (const layer of await layers.all()) {
        await layer.scrollIntoViewIfNeeded();
        await layer.locator('canvas').first().waitFor();
      }
      const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(wide)).toBe(0);
      const inside = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog'))`;
      expect(await page.evaluate(inside)).toBe(0);
      expect(noticed).toEqual([]);
      await close();
    });
  });

  test.each([
    ['light', 'en'],
    ['dark', 'ko'],
  ] as const)(
    'axe finds nothing serious in the open inspector, %s, %s',
    async (colorScheme, lang) => {
      const { page, close } = await open('convnet', '', { colorScheme });
      await page.goto(`${urls.convnet}?lang=${lang}#image=1`);
      await page.locator('#mistakes a[data-image]').first().waitFor({ state: 'attached' });
      await page.evaluate(`document.querySelector('dialog').close()`);
      await page.evaluate(`document.querySelector('#mistakes a[data-image]').click()`);
      await ready(page, 3);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate<AxeResults>(
        `axe.run('dialog', { resultTypes: ['violations'] })`,
      );
      expect(passes.length).toBeGreaterThan(5);
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      await close();
    },
  );

  test('without scripts a picture is no link to look at', async () => {
    const { page, close } = await open('convnet', '', { javaScriptEnabled: false });
    const style = await page.evaluate(
      `getComputedStyle(document.querySelector('#mistakes a[data-image]')).pointerEvents`,
    );
    expect(style).toBe('none');
    // What only a script can fill, or open, is not there.
    expect(await page.locator('[hidden]:visible').count()).toBe(0);
    await close();
  });

  test('its link is copied, and the page says so', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const { page, noticed, close } = await open('convnet', '#image=3', { permissions });
    await dialogOf(page).getByRole('button', { name: 'Copy link' }).click();
    await dialogOf(page).getByText('The link is copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url());
    await page.goto('about:blank');
    expect(noticed).toEqual([]);
    await close();
  });

  test('under Try it: nothing is computed until the fold is open; then it follows what is shown', async () => {
    const { page, noticed, close } = await open('convnet');
    const fold = page.locator('[data-explain-fold]');
    expect(await fold.locator('canvas').count()).toBe(0);
    await fold.locator('summary').click();
    await expect.poll(() => fold.locator('[data-ready]').count()).toBe(2);
    const label = () => fold.locator('canvas').first().getAttribute('aria-label');
    const before = await label();
    expect(before).toMatch(/^Gradient of test image \d+ for .*, trained network: strongest at/i);
    await page.locator('[data-sample]').selectOption({ index: 3 });
    await expect.poll(label).not.toBe(before);
    await fold.locator('[data-explained-class]').selectOption('7');
    await expect.poll(label).toMatch(/ for 7, trained network/);
    await fold.locator('[data-compute=occlusion]').click();
    await expect.poll(() => fold.locator('[data-ready]').count()).toBe(3);
    expect(noticed).toEqual([]);
    await close();
  });
});
