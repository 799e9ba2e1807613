import { join } from 'node:path';
import type { Html } from '@convbook/page';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { deadUnits } from '../explain/dead-units.ts';
import { confusionEpochs } from './confusion-epochs.ts';
import { layerHistograms } from './layer-histograms.ts';

const root = temporaryDirectory();
const run = readRun(writeSyntheticRun(join(root, 'run')));
const textOf = (markup: Html | null) => pageText(String(markup)).replaceAll(/\s+/g, ' ');

describe('layerHistograms', () => {
  test('two figures a layer, each with its finding, and a table', async () => {
    const markup = String(await layerHistograms(run));
    expect(markup.match(/class="ridges"/g)).toHaveLength(6);
    expect(markup).toMatch(
      /aria-label="Histograms of the weights of conv1, one under the other: their standard deviation goes from 0\.02\d? \(before\) to 0\.12?\d? \(epoch 3\)\."/,
    );
    expect(markup).toMatch(
      /activations of dense1, one under the other: .* At the end \d\d% are exactly 0\./,
    );
    const text = textOf(await layerHistograms(run));
    expect(text).toContain('Here are dead at the end: 1 of 6 in conv1, 1 of 100 in dense1.');
    expect(text).toContain('the same 100 test images at each moment');
  });

  test('dead units of hidden layers, by the definition of dead filters', () => {
    expect(deadUnits(run.statistics)).toEqual(
      [
        ['conv1', 6],
        ['dense1', 100],
      ].map(([name, units]) => ({
        name,
        units,
        moments: [
          { step: 0, dead: 0 },
          { step: 40, dead: 0 },
          { step: 80, dead: 1 },
          { step: 120, dead: 1 },
        ],
      })),
    );
  });

  test('a model too large for activations shows its weights and says so', async () => {
    const statistics = run.statistics.map((moment) => ({
      ...moment,
      images: 0,
      layers: moment.layers.map((layer) => ({ ...layer, activations: null })),
    }));
    const markup = await layerHistograms({ ...run, statistics });
    expect(String(markup).match(/class="ridges"/g)).toHaveLength(3);
    expect(textOf(markup)).toContain('The model is too large to record activations in passing');
    expect(textOf(markup)).not.toContain('Share of dead');
  });

  test('many layers: eight are drawn, and the page stays small', async () => {
    const statistics = run.statistics.map((moment) => ({
      ...moment,
      layers: Array.from({ length: 30 }, (_, k) => ({ ...moment.layers[k % 3], name: `conv${k}` })),
    }));
    const markup = await layerHistograms({ ...run, statistics });
    expect(String(markup).match(/class="ridges"/g)).toHaveLength(16);
    expect(textOf(markup)).toContain('8 of 30 layers are drawn.');
    expect(String(markup).length).toBeLessThan(150_000);
  });

  test.each([0, 1])('with %i recorded moments there is nothing to show', async (count) => {
    const statistics = run.statistics.slice(0, count);
    expect(await layerHistograms({ ...run, statistics })).toBeNull();
    expect(confusionEpochs({ ...run, statistics })).toBeNull();
  });
});

describe('confusionEpochs', () => {
  test('a row a class with its accuracy after each epoch, and which came last', () => {
    const text = textOf(confusionEpochs(run));
    expect(text).toContain('Class Course Epoch 1 Epoch 2 Epoch 3');
    expect(text).toMatch(/Here came last: .* with 95% of the last accuracy after epoch 3\./);
  });

  test('of many classes a table of those that came last, and no slider', () => {
    const classNames = Array.from({ length: 60 }, (_, k) => `class ${k}`);
    const many = readRun(writeSyntheticRun(join(root, 'many'), { classNames }));
    const markup = confusionEpochs(many);
    expect(String(markup)).not.toContain('data-epochs');
    expect(textOf(markup)).toContain('20 of 60 classes, those that came last first');
  });
});
