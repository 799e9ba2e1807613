import { ConfigurationError } from '@convbook/core';
import { presetFor, presets, type ModelSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { fitModel } from './fit-model.ts';

/** The model, and what is said. */
function fitted(name: string, model: ModelSpec, sampleShape: number[], classes: number) {
  const said: string[] = [];
  const classNames = Array.from({ length: classes }, (_, k) => `class ${k}`);
  const tell = (line: string) => said.push(line);
  return { model: fitModel(name, model, { sampleShape, classNames }, tell), said };
}

describe('fitModel', () => {
  test('builds a preset for data of another shape, and says so', () => {
    expect(fitted('lenet', presets.lenet, [3, 64, 64], 5)).toEqual({
      model: presetFor('lenet', { input: [3, 64, 64], classes: 5 }),
      said: ['lenet is built for samples of 3×64×64 and 5 classes'],
    });
  });

  test('and for data of another number of classes', () => {
    const { model, said } = fitted('photo-net', presets['photo-net'], [3, 64, 64], 3);
    expect(model.layers.at(-1)).toEqual({ kind: 'dense', units: 3 });
    expect(said).toEqual(['photo-net is built for samples of 3×64×64 and 3 classes']);
  });

  test('leaves a preset as it is for its own data', () => {
    const { model, said } = fitted('lenet', presets.lenet, [1, 28, 28], 10);
    expect(model).toBe(presets.lenet);
    expect(said).toEqual([]);
  });

  test('leaves a model from a file as it is', () => {
    const model = { ...presets.lenet, name: 'own' };
    expect(fitted('./own.ts', model, [3, 64, 64], 5)).toEqual({ model, said: [] });
  });

  test('refuses images that are too small', () => {
    expect(() => fitted('lenet', presets.lenet, [3, 8, 30], 5)).toThrow(
      new ConfigurationError(
        'preset lenet: expected images of at least 12×12, got 8×30; take larger images, or another model',
      ),
    );
  });
});
