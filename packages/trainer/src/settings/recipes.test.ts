import { ConfigurationError } from '@convbook/core';
import { presets } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { sgd } from '@convbook/run';
import { toConfiguration, type TrainingSettings } from './configuration.ts';
import { presetSettings } from './preset-settings.ts';
import { recipes, toRecipe, withDefaults } from './recipes.ts';
import { resume } from '../resume.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { recordOf } from '../testing/run-files.ts';
import { tinyData, tinyModel } from '../testing/tiny.ts';
import { train } from '../train.ts';

describe.each(Object.entries(recipes))('%s', (name, { model, settings }) => {
  test('has a preset and settings that are accepted', () => {
    expect(Object.keys(presets)).toContain(model);
    expect(toConfiguration(withDefaults({ recipe: name }, model), 60_000)).toMatchObject({
      recipe: name,
      epochs: settings.epochs,
    });
  });
});

test('a setting that is given stands, one that is undefined does not', () => {
  const { settings } = recipes.fast;
  const given = { recipe: 'fast', learningRate: 0.5, epochs: undefined };
  expect(withDefaults(given, 'simple-convnet')).toEqual({
    ...settings,
    recipe: 'fast',
    learningRate: 0.5,
  });
  expect(withDefaults({ epochs: 3 }, 'simple-convnet')).toEqual({ epochs: 3 });
});

test('another optimizer has learning rate and weight decay of its own', () => {
  const configuration = toConfiguration(
    withDefaults({ recipe: 'fast', optimizer: sgd() }, 'simple-convnet'),
    100,
  );
  expect(configuration.epochs).toBe(recipes.fast.settings.epochs);
  expect(configuration.learningRate).toBe(0.3);
  expect(configuration.optimizer).toEqual({ name: 'sgd', weightDecay: 0 });
});

describe.each(Object.entries(presetSettings))('preset %s', (name, settings) => {
  test('has settings of its own, which what is given and recipes go before', () => {
    expect(Object.keys(presets)).toContain(name);
    expect(withDefaults({}, name)).toEqual(settings);
    expect(withDefaults({ epochs: 2, optimizer: sgd() }, name).epochs).toBe(2);
    expect(withDefaults<TrainingSettings>({ optimizer: sgd() }, name).learningRate).toBeUndefined();
    expect(withDefaults({ recipe: 'fast' }, name)).toEqual({
      ...recipes.fast.settings,
      recipe: 'fast',
    });
  });
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
