import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatCount, formatNumber, formatPercent } from '@convbook/page';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeComparison, writeNotebook } from '../index.ts';
import { toBenchmarkReport } from '../testing/benchmark-report.ts';
import { writeBenchmark } from './benchmark/index.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface StepLine {
  event: string;
  step: number;
  loss: number;
  gradientNorm: number;
}

describeInChromium('charts that answer, in Chromium', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let steps: StepLine[] = [];
  let browser: Browser;

  beforeAll(async () => {
    const run = writeSyntheticRun(join(root, 'run'), { testSamples: 900 });
    const other = writeSyntheticRun(join(root, 'other'), { testSamples: 900, logitNoise: 3 });
    const lines = readFileSync(join(run, 'metrics.ndjson'), 'utf8').trim().split('\n');
    steps = lines
      .map((line) => JSON.parse(line) as StepLine)
      .filter(({ event }) => event === 'step');
    const address = async (file: Promise<string>) => pathToFileURL(await file).href;
    urls.notebook = await address(writeNotebook(run));
    urls.comparison = await address(writeComparison([run, other], join(root, 'comparison.html')));
    urls.benchmark = await address(writeBenchmark(toBenchmarkReport(), join(root, 'bench.html')));
    browser = await launchChromium();
  }, 180_000);
  afterAll(() => browser?.close());

  /** Opens a page and collects what it should not do. */
  async function open(name: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      colorScheme: 'light',
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    const noticed: string[] = [];
    page.on('console', (message) => noticed.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
    await page.goto(urls[name]);
    if (options.javaScriptEnabled !== false) {
      await page.evaluate(
        `for (const fold of document.querySelectorAll('details')) fold.open = true`,
      );
      await settlePage(page);
    }
    return { page, noticed, close: () => context.close() };
  }

  const chartOf = (page: Page, id: string) => page.locator(`[data-chart="${id}"]`);
  const sliderOf = (chart: Locator) => chart.getByRole('slider');
  const readoutOf = (chart: Locator) => chart.locator('.readout:visible');
  const told = async (chart: Locator) =>
    (await sliderOf(chart).getAttribute('aria-valuetext')) ?? '';
  const labels = (chart: Locator) =>
    chart.locator('.chart:visible > svg:visible text:visible').allTextContents();
  const isInPart = (chart: Locator) => chart.locator('.chart-frame.in-part').count();

  /** A place in the frame of a chart, as shares of its size. */
  async function placeIn(chart: Locator, across: number, down = 0.4) {
    const frame = chart.locator('.chart-frame');
    // It waits until the page above has grown to its size.
    await frame.hover();
    const box = await frame.boundingBox();
    if (box === null) throw new Error('placeIn: expected a chart that is shown, got none');
    return { x: box.x + across * box.width, y: box.y + down * box.height };
  }

  async function drag(page: Page, chart: Locator, from: number, to: number) {
    const [a, b] = [await placeIn(chart, from), await placeIn(chart, to)];
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move((a.x + b.x) / 2, a.y, { steps: 3 });
    await page.mouse.move(b.x, b.y, { steps: 3 });
    await page.mouse.up();
  }

  /** What the log has of a step, as the page writes it. */
  const inLog = (step: number) => {
    const line = steps.find((one) => one.step === step);
    return `each step ${formatNumber(line?.loss ?? NaN)}`;
  };

  test('under the mouse each curve’s value is the log’s; nothing is read before', async () => {
    const { page, noticed, close } = await open('notebook');
    expect(await page.locator('.live-chart').count()).toBe(0);
    const chart = chartOf(page, 'training-loss');
    const { x, y } = await placeIn(chart, 0.5);
    await page.mouse.move(x, y);
    await readoutOf(chart).waitFor();
    const said = await told(chart);
    const [, step = ''] = /step ([\d,]+):/.exec(said) ?? [];
    expect(said).toContain(inLog(Number(step.replace(',', ''))));
    expect(said).toMatch(/train, mean of \d+ steps [\d.]+, test [\d.]+/);
    expect(await readoutOf(chart).innerText()).toContain(`step ${step}`);
    expect(await chart.locator('.chart.wide .crosshair circle').count()).toBe(3);
    await page.mouse.move(x, y - 600);
    await expect.poll(() => readoutOf(chart).count()).toBe(0);
    expect(noticed).toEqual([]);
    await close();
  });

  test('keys go from step to step, to the ends and by tenths; Escape takes the crosshair away', async () => {
    const { page, noticed, close } = await open('notebook');
    const chart = chartOf(page, 'training-loss');
    const slider = sliderOf(chart);
    const last = steps[steps.length - 1].step;
    await slider.focus();
    await slider.press('Home');
    await expect.poll(() => told(chart)).toContain(`epoch 1, step 1: ${inLog(1)}`);
    await slider.press('ArrowRight');
    await expect.poll(() => told(chart)).toContain(`step 2: ${inLog(2)}`);
    await slider.press('PageUp');
    const tenth = 2 + Math.round((last - 1) / 10);
    await expect.poll(() => told(chart)).toContain(`step ${tenth}: ${inLog(tenth)}`);
    await slider.press('End');
    await expect.poll(() => told(chart)).toContain(`step ${formatCount(last)}: ${inLog(last)}`);
    await slider.press('ArrowRight');
    expect(await told(chart)).toContain(`step ${formatCount(last)}:`);
    expect(await slider.getAttribute('aria-valuenow')).toBe(
      await slider.getAttribute('aria-valuemax'),
    );
    await slider.press('Escape');
    await expect.poll(() => readoutOf(chart).count()).toBe(0);
    expect(noticed).toEqual([]);
    await close();
  });

  test('a dragged range is drawn again with its own axes, and the whole comes back', async () => {
    const { page, noticed, close } = await open('notebook');
    const chart = chartOf(page, 'training-loss');
    const whole = await labels(chart);
    await drag(page, chart, 0.3, 0.5);
    await expect.poll(() => isInPart(chart)).toBe(1);
    expect(await labels(chart)).not.toEqual(whole);
    expect(await chart.getByRole('status').innerText()).toMatch(/^Shown: epoch \d, step \d+ to /);
    expect(await chart.locator('.chart:visible svg:visible').getAttribute('aria-label')).toMatch(
      /^Shown: epoch \d, step \d+ to epoch \d, step \d+\. Line chart of the loss/,
    );
    await drag(page, chart, 0.3, 0.5);
    const { x, y } = await placeIn(chart, 0.5);
    await page.mouse.dblclick(x, y);
    await expect.poll(() => isInPart(chart)).toBe(0);
    expect(await labels(chart)).toEqual(whole);
    expect(noticed).toEqual([]);
    await close();
  });

  test('plus and minus show less and more, by key and by button; the crosshair takes the part along', async () => {
    const { page, noticed, close } = await open('notebook');
    const chart = chartOf(page, 'training-gradient');
    const slider = sliderOf(chart);
    await slider.focus();
    await slider.press('Home');
    await slider.press('+');
    await slider.press('+');
    await expect.poll(() => isInPart(chart)).toBe(1);
    const said = () => chart.getByRole('status').innerText();
    const before = await said();
    await slider.press('End');
    const end = await told(chart);
    await slider.press('ArrowRight');
    await expect.poll(() => told(chart)).not.toBe(end);
    await slider.press('-');
    await expect.poll(said).not.toBe(before);
    await slider.press('Escape');
    await expect.poll(() => isInPart(chart)).toBe(0);
    expect(await said()).toBe('The whole chart is shown.');
    await chart.getByRole('button', { name: 'Show less of the axis' }).click();
    await expect.poll(() => isInPart(chart)).toBe(1);
    await chart.getByRole('button', { name: 'Show the whole chart' }).click();
    await expect.poll(() => isInPart(chart)).toBe(0);
    expect(noticed).toEqual([]);
    await close();
  });

  test('curves are switched by their button, by Enter and by their name, in both drawings', async () => {
    const { page, noticed, close } = await open('notebook');
    const chart = chartOf(page, 'training-loss');
    const button = chart.getByRole('button', { name: 'test', exact: true });
    const off = () => chart.locator('.chart [data-curve="2"][data-off]').count();
    const all = await chart.locator('.chart [data-curve="2"]').count();
    await button.click();
    await expect.poll(off).toBe(all);
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await sliderOf(chart).press('Home');
    await expect
      .poll(() => told(chart))
      .toMatch(/^epoch 1, step 1: each step [^a-z]+, train[^,]*, mean of/);
    expect(await told(chart)).not.toContain('test');
    await button.press('Enter');
    await expect.poll(off).toBe(0);
    await chart.locator('.chart:visible text', { hasText: 'train' }).click();
    await expect
      .poll(() => chart.getByRole('button', { name: 'train' }).getAttribute('aria-pressed'))
      .toBe('false');
    expect(noticed).toEqual([]);
    await close();
  });

  test('a curve that is smoothed otherwise is told so', async () => {
    const { page, close } = await open('notebook');
    const chart = chartOf(page, 'training-loss');
    const smoothing = page.getByRole('slider', { name: 'Smoothing' });
    await sliderOf(chart).press('End');
    await smoothing.press('Home');
    await sliderOf(chart).press('End');
    const last = steps[steps.length - 1];
    await expect.poll(() => told(chart)).toContain(`train ${formatNumber(last.loss)},`);
    await smoothing.press('End');
    await sliderOf(chart).press('End');
    const losses = steps.slice(-30).map(({ loss }) => loss);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    await expect
      .poll(() => told(chart))
      .toContain(`train, mean of 30 steps ${formatNumber(mean)},`);
    await close();
  });

  test('bars say what they stand for', async () => {
    const { page, noticed, close } = await open('notebook');
    const say = async (id: string, key: string) => {
      await sliderOf(chartOf(page, id)).press(key);
      return told(chartOf(page, id));
    };
    expect(await say('data-values', 'Home')).toMatch(/^pixel values 1–8: [\d.]+% of all$/);
    expect(await say('data-values', 'End')).toMatch(/^pixel values 249–254: /);
    expect(await say('reliability', 'End')).toMatch(
      /^confidence 90%–100%: [\d.]+% of [\d,]+ images? correct at a mean confidence of [\d.]+%$/,
    );
    expect(await say('training-timeline', 'Home')).toMatch(/^worker 1: .+ ms, from .+ to .+$/);
    expect(noticed).toEqual([]);
    await close();
  });

  test('by touch: a tap tells, two fingers zoom, and the page scrolls as ever', async () => {
    const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
    const { page, noticed, close } = await open('notebook', phone);
    const chart = chartOf(page, 'training-loss');
    const { x, y } = await placeIn(chart, 0.5);
    await page.touchscreen.tap(x, y);
    await readoutOf(chart).waitFor();
    expect(await told(chart)).toMatch(/^epoch \d, step \d+: each step/);
    const hands = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: [number, number][]) =>
      hands.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: at.map(([px, py], id) => ({ x: px, y: py, id })),
      });
    await touch('touchStart', [x - 20, y]);
    await touch('touchStart', [x - 20, y], [x + 20, y]);
    for (const by of [30, 50, 70]) await touch('touchMove', [x - by, y], [x + by, y]);
    await touch('touchEnd');
    await expect.poll(() => isInPart(chart)).toBe(1);
    await chart.getByRole('button', { name: 'Show the whole chart' }).tap();
    await expect.poll(() => isInPart(chart)).toBe(0);
    const before = await page.evaluate<number>('scrollY');
    await touch('touchStart', [x, y]);
    for (const by of [30, 60, 90, 120]) await touch('touchMove', [x, y - by]);
    await touch('touchEnd');
    await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(before + 40);
    expect(await isInPart(chart)).toBe(0);
    expect(
      await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      ),
    ).toBe(0);
    expect(noticed).toEqual([]);
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'SVG and PNG are whole in the %s theme',
    async (colorScheme) => {
      const { page, noticed, close } = await open('notebook', {
        colorScheme,
        acceptDownloads: true,
      });
      const chart = chartOf(page, 'training-loss');
      const save = async (format: string) => {
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          chart.getByRole('button', { name: `${format} of this chart` }).click(),
        ]);
        expect(file.suggestedFilename()).toBe(`training-loss.${format.toLowerCase()}`);
        return readFileSync(await file.path());
      };
      const svg = (await save('SVG')).toString();
      const [root, errors, ground] = await page.evaluate<[string, number, string]>(
        `(() => {
        const parsed = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
        const { nodeName } = parsed.documentElement;
        return [nodeName, parsed.querySelectorAll('parsererror').length, parsed.querySelector('rect').getAttribute('fill')];
      })()`,
      );
      expect([root, errors]).toEqual(['svg', 0]);
      expect(ground).toBe(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      expect(svg).toContain('Loss, on a logarithmic scale');
      expect(svg).toContain('>train<');
      expect(svg).not.toMatch(/훈련|var\(|class=|display="none"/);
      const png = await save('PNG');
      const size = [png.readUInt32BE(16), png.readUInt32BE(20)];
      const drawn = await chart.locator('.chart:visible > svg:visible').getAttribute('viewBox');
      const [, , width, height] = (drawn ?? '').split(' ').map(Number);
      expect(size).toEqual([2 * width, 2 * (height + 34)]);
      expect(noticed).toEqual([]);
      await close();
    },
  );

  test('what was chosen stays when a growing page replaces the chart', async () => {
    const { page, noticed, close } = await open('notebook');
    const chart = chartOf(page, 'training-accuracy');
    await page.evaluate(
      `globalThis.first = document.querySelector('[data-chart="training-accuracy"]').outerHTML`,
    );
    await chart.getByRole('button', { name: 'test', exact: true }).click();
    await drag(page, chart, 0.3, 0.5);
    await expect.poll(() => isInPart(chart)).toBe(1);
    const shown = await labels(chart);
    await page.evaluate(`(() => {
      const old = document.querySelector('[data-chart="training-accuracy"]');
      const holder = document.createElement('div');
      holder.innerHTML = first;
      for (const element of holder.querySelectorAll('[role="slider"]')) element.remove();
      old.replaceWith(holder.firstElementChild);
      document.dispatchEvent(new Event('contentchange'));
    })()`);
    await expect.poll(() => isInPart(chart)).toBe(1);
    expect(await labels(chart)).toEqual(shown);
    expect(await chart.getByRole('slider').count()).toBe(1);
    expect(
      await chart.getByRole('button', { name: 'test', exact: true }).getAttribute('aria-pressed'),
    ).toBe('false');
    expect(noticed).toEqual([]);
    await close();
  });

  test('in a narrower window the narrow drawing shows the same part', async () => {
    const { page, close } = await open('notebook');
    const chart = chartOf(page, 'training-loss');
    await drag(page, chart, 0.3, 0.5);
    await expect.poll(() => isInPart(chart)).toBe(1);
    await page.setViewportSize({ width: 390, height: 800 });
    await expect
      .poll(() => chart.locator('.chart.narrow > svg:visible').getAttribute('aria-label'))
      .toMatch(/^Shown: /);
    await sliderOf(chart).press('Home');
    await expect.poll(() => chart.locator('.chart.narrow .crosshair:visible').count()).toBe(1);
    await close();
  });

  describe('other pages', () => {
    test('a comparison tells each run’s value', async () => {
      const { page, noticed, close } = await open('comparison');
      const chart = chartOf(page, 'compare-accuracy');
      await sliderOf(chart).press('End');
      await expect.poll(() => told(chart)).toMatch(/^epoch \d: A [\d.]+%, B [\d.]+%$/);
      const epochs = readFileSync(join(root, 'run', 'metrics.ndjson'), 'utf8').match(
        /.*"testAccuracy".*/g,
      );
      const { testAccuracy } = JSON.parse(epochs?.at(-1) ?? '') as { testAccuracy: number };
      expect(await told(chart)).toContain(`A ${formatPercent(testAccuracy)}`);
      await chart.getByRole('button', { name: 'A', exact: true }).click();
      await sliderOf(chart).press('End');
      await expect.poll(() => told(chart)).toMatch(/^epoch \d: B [\d.]+%$/);
      await drag(page, chart, 0.3, 0.6);
      await expect.poll(() => isInPart(chart)).toBe(1);
      expect(noticed).toEqual([]);
      await close();
    });

    test('the benchmark page tells each row, and zooms', async () => {
      const { page, noticed, close } = await open('benchmark');
      const chart = chartOf(page, 'bench-steps');
      await sliderOf(chart).press('Home');
      await expect.poll(() => told(chart)).toBe('lenet: 1 worker: 6.00 ms, 16,667 images/s');
      await sliderOf(chart).press('End');
      await expect.poll(() => told(chart)).toBe('taewan: 2 workers: 14.00 ms, 7,143 images/s');
      await sliderOf(chart).press('+');
      await expect.poll(() => isInPart(chart)).toBe(1);
      expect(noticed).toEqual([]);
      await close();
    });

    test('without JavaScript a chart has its spec, and nothing that does not work', async () => {
      const { page, close } = await open('notebook', { javaScriptEnabled: false });
      const chart = chartOf(page, 'training-loss');
      expect(await chart.locator('a[download]').isVisible()).toBe(true);
      expect(await chart.locator('button:visible, [role="slider"]').count()).toBe(0);
      expect(await chart.locator('.chart > svg:visible').count()).toBe(1);
      await close();
    });
  });

  test.each([
    { colorScheme: 'light', language: 'en' },
    { colorScheme: 'dark', language: 'ko' },
  ] as const)('axe finds nothing serious in $colorScheme, $language', async (choice) => {
    const { page, close } = await open('notebook', { colorScheme: choice.colorScheme });
    await page.goto(`${urls.notebook}?lang=${choice.language}`);
    await settlePage(page);
    const chart = chartOf(page, 'training-loss');
    await drag(page, chart, 0.3, 0.5);
    await sliderOf(chart).press('Home');
    await readoutOf(chart).waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>(
      `axe.run('[data-chart="training-loss"]', { resultTypes: ['violations'] })`,
    );
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    await close();
  });
});
