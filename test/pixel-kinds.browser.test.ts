// The pixel cell of models with every kind of layer: each number that it explains is the one that Node computes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadKernelModule } from '@convbook/core/node';
import { synthetic } from '@convbook/data';
import * as layers from '@convbook/layers';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeNotebook } from '@convbook/report';
import { readRun, readTrainedModel } from '@convbook/run';
import { createPredictor } from '@convbook/runtime/network';
import { train } from '@convbook/trainer';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { batchNorm, conv2d, dense, dropout, flatten, gelu, maxPool2d, prelu, relu, softmax } =
  layers;

const models: Readonly<Record<string, layers.ModelSpec>> = {
  'normalization, groups and activations': {
    input: [3, 12, 12],
    layers: [
      conv2d({ filters: 6, kernelSize: 3, groups: 3, padding: 1 }),
      batchNorm(),
      prelu(),
      layers.localResponseNorm(),
      conv2d({ filters: 4, kernelSize: 1 }),
      gelu(),
      maxPool2d({ size: 2 }),
      dropout({ rate: 0.2 }),
      flatten(),
      dense({ units: 5 }),
      softmax(),
      dense({ units: 3 }),
    ],
  },
  'dense layers alone': {
    input: [1, 12, 12],
    layers: [flatten(), dense({ units: 24 }), relu(), dense({ units: 3 })],
  },
  'a large window over a wide image': {
    input: [1, 20, 40],
    layers: [
      conv2d({ filters: 2, kernelSize: [12, 13], stride: 2, padding: 3 }),
      relu(),
      flatten(),
      dense({ units: 4 }),
    ],
  },
};

describeInChromium('the pixel cell', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-pixel-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(Object.entries(models))('of %s', (name, model) => {
    it('has the numbers of Node, at every layer, on a walk too', async () => {
      const out = path.join(folder, name);
      const classes = model.layers
        .flatMap((layer) => ('units' in layer ? [layer.units] : []))
        .at(-1);
      const [channels, height, width] = model.input;
      const sizes = { trainSamples: 24, testSamples: 12, classes: classes ?? 3 };
      const data = synthetic({ sampleShape: [channels, height, width], ...sizes });
      await train({ model, data, out, workers: 0, epochs: 1, batchSize: 12 });
      const page = await browser.newPage({ offline: true, viewport: { width: 1200, height: 900 } });
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(pathToFileURL(await writeNotebook(out)).href);
      await page.locator('[data-live]').waitFor();
      await settlePage(page);
      await page.locator('#pixel [data-scene]').scrollIntoViewIfNeeded();
      await page.locator('.scene-part .mark[data-area]').first().waitFor({ state: 'attached' });

      const index = Number(await page.locator('[data-sample]').inputValue());
      const image = readRun(out).samples?.images.get(index);
      if (image === undefined) throw new Error(`test image ${index}: not among the samples`);
      const trained = readTrainedModel(out);
      const predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
      const { values } = predictor.layerValues(image);

      const sum = page.locator('[data-sum]');
      const number = async (field: string) =>
        Number(await page.locator(`#pixel [data-${field}]`).inputValue()) - 1;
      const options = await page.locator('[data-layer] option').allInnerTexts();
      expect(options).toEqual(
        predictor.layers.filter(({ spec }) => spec.kind !== 'flatten').map((layer) => layer.name),
      );
      for (const layer of options) {
        await page.locator('[data-layer]').selectOption(layer);
        const k = predictor.layers.findIndex((one) => one.name === layer);
        const [, rows = 1, columns = 1] = predictor.layers[k].outputShape;
        for (const walk of ['begin', 'forward', 'forward', 'fill']) {
          await page.locator(`[data-walk="${walk}"]`).click();
          const place = await Promise.all(['map', 'row', 'column'].map(number));
          const own = values[k + 1][(place[0] * rows + place[1]) * columns + place[2]];
          expect(Number(await sum.getAttribute('data-sum'))).toBe(own);
          expect(await sum.innerText()).toMatch(/the layer has the same number, to the last bit$/);
        }
      }
      expect(errors).toEqual([]);
      await page.close();
    });
  });
});
