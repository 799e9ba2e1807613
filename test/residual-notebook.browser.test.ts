// A model with residual blocks in its notebook: in the diagram, in the tables and in the live cells.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { synthetic } from '@convbook/data';
import { batchNorm, conv2d, dense, globalAvgPool2d, relu, residual } from '@convbook/layers';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeNotebook } from '@convbook/report';
import { train } from '@convbook/trainer';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

const conv = (filters: number, stride = 1) =>
  conv2d({ filters, kernelSize: 3, padding: 1, stride, bias: false });

const model = {
  name: 'blocks',
  input: [1, 12, 12],
  layers: [
    conv(3),
    residual({ layers: [conv(3), batchNorm(), relu()] }),
    residual({ layers: [conv(4, 2), batchNorm()] }),
    relu(),
    globalAvgPool2d(),
    dense({ units: 3 }),
  ],
};

const shown = [
  'conv1',
  'residual1',
  'residual1.conv1',
  'residual2',
  'residual2.conv1',
  'residual2.shortcut',
  'dense1',
];

describeInChromium('the notebook of a model with blocks', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-blocks-'));
  const errors: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const out = path.join(folder, 'run');
    const sizes = { trainSamples: 24, testSamples: 12 };
    const data = synthetic({ sampleShape: [1, 12, 12], classes: 3, ...sizes });
    await train({ model, data, out, workers: 0, epochs: 1, batchSize: 12 });
    browser = await launchChromium();
    page = await browser.newPage({ offline: true });
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(pathToFileURL(await writeNotebook(out)).href);
    await page.locator('[data-live]').waitFor();
    await settlePage(page);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('draws the way around a block, and indents the layers inside it', async () => {
    expect(await page.locator('.volumes path.arrow').count()).toBe(5 + 2);
    const inside = await page.locator('#model table code.inside:visible').allInnerTexts();
    expect(inside).toEqual([
      'residual1.conv1',
      'residual1.bn1',
      'residual2.conv1',
      'residual2.bn1',
      'residual2.shortcut',
    ]);
  });

  it('shows the maps of the layers inside', async () => {
    expect(await page.locator('[data-maps] .maps.inside').count()).toBe(6);
  });

  it('folds all but the first convolution, the blocks and the answer', async () => {
    const inView = await page.locator('[data-maps] > .maps-part > .chart-title').allInnerTexts();
    expect(inView.map((title) => title.split(',')[0])).toEqual([
      'conv1',
      'residual1',
      'residual2',
      'pool1',
      'dense1',
    ]);
    const folds = page.locator('[data-maps] > details.fold');
    expect(await folds.locator('summary').allInnerTexts()).toEqual([
      '3 more layers: residual1.conv1 to residual1.relu1',
      '4 more layers: residual2.conv1 to relu1',
    ]);
    const maps = folds.first().locator('canvas');
    expect(await maps.first().isVisible()).toBe(false);
    await folds.first().locator('summary').click();
    expect(await maps.first().isVisible()).toBe(true);
    const isDrawn = await page.evaluate(`(() => {
      const canvas = document.querySelector('[data-maps] > details canvas');
      const { width, height } = canvas;
      return canvas.getContext('2d').getImageData(0, 0, width, height).data.some((byte) => byte > 0);
    })()`);
    expect(isDrawn).toBe(true);
    await folds.first().locator('summary').click();
  });

  it('takes a pixel of each apart: the sum is the activation, to the last bit', async () => {
    const layer = page.locator('[data-layer]');
    expect(await layer.locator('option').allInnerTexts()).toEqual([
      'conv1',
      'residual1',
      'residual1.conv1',
      'residual1.bn1',
      'residual1.relu1',
      'residual2',
      'residual2.conv1',
      'residual2.bn1',
      'residual2.shortcut',
      'relu1',
      'pool1',
      'dense1',
    ]);
    const sum = page.locator('[data-sum]');
    for (const name of shown) {
      await layer.selectOption(name);
      const value = await sum.getAttribute('data-sum');
      expect(Number(value)).not.toBe(0);
      expect(await sum.getAttribute('data-activation')).toBe(value);
    }
    await layer.selectOption('residual2');
    expect(await sum.innerText()).toMatch(
      /^residual2: layers −?\d\S* \+ shortcut −?\d\S* = −?\d\S*; the layer has the same/,
    );
    expect(errors).toEqual([]);
  });
});
