import { ConfigurationError } from '@convbook/core';
import { presets } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { toConfiguration } from './configuration.ts';
import { recipes, toRecipe, withRecipe } from './recipes.ts';
import { resume } from './resume.ts';
import { temporaryFolder } from './testing/folder.ts';
import { recordOf } from './testing/run-files.ts';
import { tinyData, tinyModel } from './testing/tiny.ts';
import { train } from './train.ts';

describe.each(Object.entries(recipes))('%s', (name, { model, settings }) => {
  test('has a preset and settings that are accepted', () => {
    expect(Object.keys(presets)).toContain(model);
    expect(toConfiguration(withRecipe({ recipe: name }), 60_000)).toMatchObject({
      recipe: name,
      epochs: settings.epochs,
    });
  });
});

test('a setting that is given stands, one that is undefined does not', () => {
  const { settings } = recipes.fast;
  const given = { recipe: 'fast', learningRate: 0.5, epochs: undefined };
  expect(withRecipe(given)).toEqual({ ...settings, recipe: 'fast', learningRate: 0.5 });
  expect(withRecipe({ epochs: 3 })).toEqual({ epochs: 3 });
});

test('another optimizer has learning rate and weight decay of its own', () => {
  const configuration = toConfiguration(withRecipe({ recipe: 'fast', optimizer: 'sgd' }), 100);
  expect(configuration.epochs).toBe(recipes.fast.settings.epochs);
  expect(configuration.learningRate).toBe(0.3);
  expect(configuration.optimizer).toEqual({ name: 'sgd', weightDecay: 0 });
});

const unknown = `recipe: expected one of ${Object.keys(recipes).join(', ')}, got "slow"`;

test(unknown, () => {
  expect(() => toRecipe('slow')).toThrow(new ConfigurationError(unknown));
});

test('is in run.json with its settings; resuming keeps it and refuses another', async () => {
  const data = tinyData(8, 4);
  const out = temporaryFolder();
  const options = { model: tinyModel, data, workers: 0, epochs: 1, batchSize: 4, out };
  await train({ ...options, recipe: 'fast' });
  const { configuration } = recordOf(out);
  expect(configuration).toMatchObject({ recipe: 'fast', epochs: 1, batchSize: 4 });
  expect(configuration.learningRate).toBe(recipes.fast.settings.learningRate);
  const chooseData = () => data;
  expect((await resume(out, { recipe: 'fast', chooseData })).record.configuration.recipe).toBe(
    'fast',
  );
  await expect(resume(out, { recipe: 'best', chooseData })).rejects.toThrow(
    new ConfigurationError(
      'resume: the run has recipe fast and not best; leave the options out, or start a new run',
    ),
  );
  const plain = temporaryFolder();
  await train({ ...options, out: plain });
  await expect(resume(plain, { recipe: 'best', chooseData })).rejects.toThrow(
    new ConfigurationError(
      'resume: the run has recipe none and not best; leave the options out, or start a new run',
    ),
  );
});
