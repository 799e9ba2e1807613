import { describe, expect, test } from 'vitest';
import { dense, flatten, type ModelSpec } from '@convbook/layers';
import { ModelFileError } from '../model-file-error.ts';
import { describeModel, parseModelDescription, type ModelDescription } from './index.ts';

const model: ModelSpec = {
  name: 'small',
  input: [3, 2, 2],
  layers: [flatten(), dense({ units: 2 })],
};
const sha256 = 'ab'.repeat(32);
const pictures = {
  fit: 'digit',
  orientation: 'upright',
  ground: { grey: 0, ink: 'bright', inkSide: 20 },
} as const;
const data = { classNames: ['cat', 'dog'], sampleShape: [3, 2, 2] };
const whole: ModelDescription = {
  format: 'convbook-model',
  version: 1,
  model,
  classNames: ['cat', 'dog'],
  imageShape: [3, 2, 2],
  pictures: { ...pictures, background: 9 },
  scaling: [1, 2, 3].map((scale) => ({ scale, offset: -1 })),
  weightsSha256: sha256,
};
const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('describeModel', () => {
  test('takes of a run what prediction needs, and no more', () => {
    const source = { kind: 'file', absolute: '/somewhere/model.ts' };
    const run = {
      model: { ...model, parameters: 26, source },
      data: { ...data, name: 'pets', pictures },
      result: { modelSha256: sha256, testAccuracy: 1 },
    };
    const { scaling: _, ...unscaled } = { ...whole, pictures };
    expect(describeModel(run)).toEqual(unscaled);
  });

  test('of earlier versions has what they did with pictures', () => {
    const { classNames } = data;
    const of = (sampleShape: number[]) =>
      describeModel({ model, data: { classNames, sampleShape } });
    expect(of([1, 28, 28]).pictures).toEqual(pictures);
    expect(of([3, 2, 2]).pictures).toEqual({ fit: 'whole', orientation: 'upright', ground: null });
    expect(of([3, 2, 2])).not.toHaveProperty('weightsSha256');
  });
});

describe('parseModelDescription', () => {
  test('gives back what describeModel made', () => {
    expect(parseModelDescription(throughJson(whole))).toEqual(whole);
    const { scaling: _, weightsSha256: __, ...least } = whole;
    expect(parseModelDescription(throughJson(least))).toEqual(least);
    expect(parseModelDescription({ ...whole, more: 1 })).toEqual(whole);
  });

  test('takes the run.json of a run', () => {
    const standardization = { means: [0.5, 0.25, 0.125], deviations: [1, 2, 0.5] };
    const run = { model, data: { ...data, pictures, standardization } };
    const record = { format: 'convbook-run/1', ...run, result: { modelSha256: sha256 } };
    const described = describeModel(run, sha256);
    expect(parseModelDescription(throughJson(record))).toEqual(described);
    expect(described.scaling?.[2]).toEqual({ scale: Math.fround(1 / 127.5), offset: -0.25 });
    const { result: _, ...unfinished } = record;
    expect(parseModelDescription(unfinished)).toEqual(describeModel(run));
  });

  const again = 'restore the file or export the model again';
  test.each<[string, unknown, string]>([
    ['a text', 'x', `expected the content to be an object, got "x"; ${again}`],
    ['a list', [1], `expected the content to be an object, got [1]; ${again}`],
    ['nothing', null, `expected the content to be an object, got null; ${again}`],
    [
      'another file',
      { name: 'x' },
      'expected format to be "convbook-model" or "convbook-run/1", got nothing; ' +
        'give the model.json of an export, or the run.json of a run',
    ],
    [
      'a later version',
      { ...whole, version: 2 },
      'expected version 1 of the format, got 2; ' +
        'take the version of @convbook/runtime that made it, or export the model again',
    ],
    [
      'a later version of a run',
      { format: 'convbook-run/2' },
      'expected version 1 of the format, got "convbook-run/2"; ' +
        'take the version of @convbook/runtime that made it, or export the model again',
    ],
    [
      'an unknown layer',
      { ...whole, model: { input: [2], layers: [{ kind: 'lstm' }] } },
      expect.stringMatching(
        /^model\.json: model\.layers\[0\]\.kind: expected one of conv2d, .*, got "lstm"$/,
      ) as string,
    ],
    [
      'no model',
      { ...whole, model: undefined },
      'model: expected what defineModel({ input, layers }) gives, got nothing',
    ],
    [
      'too few names',
      { ...whole, classNames: ['cat'] },
      `expected classNames to be a list of 2 texts, one for each output of the model, got ["cat"]; ${again}`,
    ],
    [
      'another image',
      { ...whole, imageShape: [1, 2, 2] },
      `expected imageShape to have the values of the model's input [3,2,2], got [1,2,2]; ${again}`,
    ],
    [
      'no image',
      { ...whole, imageShape: [12] },
      `expected imageShape to be [channels, height, width], got [12]; ${again}`,
    ],
    [
      'an unknown fit',
      { ...whole, pictures: { ...pictures, fit: 'crop' } },
      `expected pictures.fit to be "digit" or "whole" or "cover" or "contain" or "stretch", got "crop"; ${again}`,
    ],
    [
      'a ground of another kind',
      { ...whole, pictures: { ...pictures, ground: { grey: 256, ink: 'bright', inkSide: 20 } } },
      `expected pictures.ground.grey to be a whole number from 0 to 255, got 256; ${again}`,
    ],
    [
      'scaling of too few channels',
      { ...whole, scaling: [{ scale: 1, offset: 0 }] },
      `expected scaling to be a list with scale and offset of each of the 3 channels, got [{"scale":1,"offset":0}]; ${again}`,
    ],
    [
      'a short hash',
      { ...whole, weightsSha256: 'ab' },
      `expected weightsSha256 to be a SHA-256 of 64 hexadecimal digits, got "ab"; ${again}`,
    ],
    [
      'a deviation of 0',
      {
        format: 'convbook-run/1',
        model,
        data: { ...data, standardization: { means: [0, 0, 0], deviations: [1, 1, 0] } },
      },
      `expected data.standardization.deviations to be a list of 3 numbers above 0, got [1,1,0]; ${again}`,
    ],
  ])('refuses %s', (_, value, message) => {
    const whole = typeof message === 'string' ? `model.json: ${message}` : (message as string);
    const refused = () => parseModelDescription(value);
    expect(refused).toThrow(ModelFileError);
    expect(refused).toThrow(expect.objectContaining({ message: whole }));
  });
});
