import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { writeRecord } from '@convbook/run/writing';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { tinyData, tinyModel, tinyState } from '../testing/tiny.ts';
import { createRecord } from './record.ts';
import { readTrainableRecord } from './trainable-record.ts';

describe('the record of a run', () => {
  test('says everything the bytes depend on, and comes back as it was written', async () => {
    const { plan } = await tinyState({ seed: 3, validation: 2 });
    const { classWeights, standardize, freeze, ...others } = plan.configuration;
    const { scaleRate, baseBatch, scaledRate, ...configuration } = others;
    const data = tinyData(10, 5);
    const record = createRecord(
      { model: tinyModel, data, directory: '/run' },
      plan,
      { workers: 2 },
      new Date(Date.UTC(2026, 1, 3)),
    );
    expect(record).toMatchObject({
      format: 'convbook-run/1',
      status: 'running',
      createdAt: '2026-02-03T00:00:00.000Z',
      model: {
        name: 'tiny',
        input: [1, 6, 5],
        layers: tinyModel.layers,
        // conv1, dense1 on 3×3×2, dense2
        parameters: 3 * 9 + 3 + (4 * 18 + 4) + (3 * 4 + 3),
        source: { kind: 'object' },
      },
      configuration: {
        ...configuration,
        loss: 'softmax-cross-entropy',
        lossSettings: { labelSmoothing: 0 },
      },
      data: {
        name: 'noise',
        sampleShape: [1, 6, 5],
        classNames: ['a', 'b', 'c'],
        trainSamples: 8,
        validationSamples: 2,
        testSamples: 5,
        sha256: { noise: '00' },
        scaling: 'byte / 255',
        attribution: 'nobody',
        source: { kind: 'object' },
      },
      versions: { node: process.versions.node },
      host: { workers: 2 },
    });
    expect(record.result).toBeUndefined();
    expect(record.command).toMatch(
      /^pnpm train --model '<model of a program>' --data '<data of a program>' --epochs 8 /,
    );
    expect([classWeights, record.configuration.classWeights]).toEqual([null, undefined]);
    expect([standardize, record.configuration.standardize]).toEqual([false, undefined]);
    expect([freeze, record.configuration.freeze]).toEqual([null, undefined]);
    expect([scaleRate, baseBatch, scaledRate]).toEqual([null, null, null]);
    const { configuration: recorded } = record;
    expect([recorded.scaleRate, recorded.baseBatch, recorded.scaledRate]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const directory = temporaryFolder();
    await writeRecord(directory, record);
    expect(readTrainableRecord(directory)).toEqual(record);
  });

  test('that is missing is refused', () => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'run.json');
    expect(() => readTrainableRecord(directory)).toThrow(
      new RunDirectoryError(
        `${file}: expected this file in the run directory, got none; train again, or restore the run directory from a copy`,
      ),
    );
  });

  test('that is no JSON is refused, with how it begins', () => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'run.json');
    writeFileSync(file, '{"format":');
    expect(() => readTrainableRecord(directory)).toThrow(
      new RunDirectoryError(
        `${file}: expected JSON, got "{\\"format\\":"; train again, or restore the run directory from a copy`,
      ),
    );
  });

  test.each([
    ['{}', 'nothing'],
    ['{"format":"convbook-run/2"}', '"convbook-run/2"'],
  ])('with %s is refused', (text, got) => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'run.json');
    writeFileSync(file, text);
    expect(() => readTrainableRecord(directory)).toThrow(
      new RunDirectoryError(
        `${file}: expected format to be "convbook-run/1", got ${got}; train again, or restore the run directory from a copy`,
      ),
    );
  });
});
