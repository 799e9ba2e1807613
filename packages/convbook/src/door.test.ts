// Every function that a program calls, given the wrong thing: an error of ours that says what was expected,
// before anything is written.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { initializeParameters, resolveModel } from '@convbook/layers';
import { loadKernelModule } from '@convbook/core/node';
import { createAugment } from '@convbook/data/images';
import { readTrainedModel } from '@convbook/run';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { createPredictor } from '@convbook/runtime/network';
import { createTrainer } from '@convbook/trainer/sequential';
import { describe, expect, test } from 'vitest';
import * as convbook from './index.ts';

/** A function as JavaScript sees it. */
type Untyped = (...given: unknown[]) => unknown;
const untyped = (call: unknown) => call as Untyped;

const { conv2d, dense, flatten, synthetic } = convbook;
const data = synthetic({ sampleShape: [1, 4, 4], classes: 2, trainSamples: 8 });
const model = { name: 'm', input: [1, 4, 4], layers: [flatten(), dense({ units: 2 })] };
const module = await loadKernelModule('plain');
const resolved = resolveModel(model);
const network = { model: resolved, parameters: initializeParameters(resolved, 1), module };

/** How a call ends: the name of our error, or what else is thrown. */
async function outcomeOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return 'nothing is thrown';
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return 'exitCode' in error ? error.name : `${error.name}: ${error.message}`;
  }
}

const nonsense = [undefined, null, NaN, -1, 0.5, true, {}, [], () => 1, Symbol('x'), 1n];
const paths = nonsense.concat('');
const optional = (values: unknown[]) => values.filter((value) => value !== undefined);

/** Each function with what it refuses as its only argument. */
const alone: readonly (readonly [name: string, call: unknown, refused: readonly unknown[]])[] = [
  ['train', convbook.train, nonsense],
  ['resume', convbook.resume, paths],
  ['synthetic', convbook.synthetic, nonsense],
  ['loadIdxFolder', convbook.loadIdxFolder, [...paths, '/nowhere']],
  ['loadMnist', convbook.loadMnist, optional([...paths, '/nowhere'])],
  ['readRun', convbook.readRun, [...paths, '/nowhere']],
  ['readTrainedModel', readTrainedModel, [...paths, '/nowhere']],
  ['writeNotebook', convbook.writeNotebook, [...paths, '/nowhere']],
  ['writeComparison', convbook.writeComparison, [...paths, '/nowhere']],
  ['writeRunsIndex', convbook.writeRunsIndex, paths],
  ['summarize', convbook.summarize, nonsense],
  ['resolveModel', resolveModel, nonsense],
  ['createTrainer', createTrainer, nonsense],
  ['presetFor', (given: unknown) => untyped(convbook.presetFor)('photo-net', given), nonsense],
  ['createPredictor', createPredictor, nonsense],
  ['createAugment', createAugment, nonsense],
  ['predict', createPredictor(network).predict, nonsense.filter((value) => !Array.isArray(value))],
];

describe.each(alone)('%s', (_, call, refused) => {
  test.each(refused.map((value) => [value]))('refuses %o', async (value) => {
    const outcome = await outcomeOf(() => untyped(call)(value));
    expect(outcome).toMatch(/^(Configuration|Data|RunDirectory)Error$/);
  });
});

type Call = (out: string) => unknown;
const trainWith =
  (changed: object): Call =>
  (out) =>
    untyped(convbook.train)({ model, data, out, workers: 0, epochs: 1, ...changed });
const layered = (...layers: unknown[]) => trainWith({ model: { ...model, layers } });

/** Calls that are right but for one thing. */
test.each<[name: string, call: Call, error: string]>([
  ...[undefined, null, 5, 'mnist', [], {}].map((value): [string, Call, string] => [
    `data ${JSON.stringify(value)}`,
    trainWith({ data: value }),
    'DataError',
  ]),
  ...[undefined, null, 5, 'lenet', [], {}].map((value): [string, Call, string] => [
    `model ${JSON.stringify(value)}`,
    trainWith({ model: value }),
    'ConfigurationError',
  ]),
  ...[
    { epochs: NaN },
    { epochs: -1 },
    { epochs: '3' },
    { batchSize: 0.5 },
    { learningRate: -1 },
    { learningRate: '0.1' },
    { optimizer: 'adam' },
    { optimizer: convbook.adam(untyped(Object)({ beta1: 2 }) as object) },
    { optimizer: null },
    { schedule: 5 },
    { loss: {} },
    { augment: { shift: -1 } },
    { augment: 'shift=1' },
    { seed: NaN },
    { limit: 0 },
    { limit: 9 },
    { validation: 8 },
    { patience: 0.5 },
    { recipe: 'slow' },
    { workers: -1 },
    { workers: NaN },
    { out: 5 },
    { out: '' },
    { checkpointEvery: 0 },
    { checkpointSeconds: NaN },
    { checkpointSeconds: -1 },
    { hangTimeout: 'never' },
    { injectFault: ['nonsense'] },
    { epoch: 1 },
    { optimiser: 'sgd' },
    { learnRate: 5 },
    { signal: null },
    { signal: {} },
    { reports: 5 },
    { modelFile: 5 },
    { modelFile: {} },
    { startedWorkers: {} },
    { startedWorkers: null },
  ].map((settings): [string, Call, string] => [
    JSON.stringify(settings),
    trainWith(settings),
    'ConfigurationError',
  ]),
  ...[
    [untyped(conv2d)(), flatten(), dense({ units: 2 })],
    [untyped(conv2d)({ filters: NaN, kernelSize: 3 }), flatten(), dense({ units: 2 })],
    [conv2d({ filters: -1, kernelSize: 3 }), flatten(), dense({ units: 2 })],
    [conv2d({ filters: 1, kernelSize: 5 }), flatten(), dense({ units: 2 })],
    [flatten(), untyped(dense)('2')],
    [flatten(), untyped(dense)({ units: '2' })],
    [flatten(), convbook.dropout({ rate: 1.5 }), dense({ units: 2 })],
    [flatten(), dense({ units: 2, initializer: convbook.gaussian(NaN) })],
    [convbook.maxPool2d({ size: 0 }), flatten(), dense({ units: 2 })],
    [flatten, dense({ units: 2 })],
    [],
  ].map((layers, n): [string, Call, string] => [
    `layers ${n}`,
    layered(...layers),
    'ConfigurationError',
  ]),
  ['trainer without kernels', () => untyped(createTrainer)({ model, data }), 'ConfigurationError'],
  [
    'trainer with settings that are none',
    () => untyped(createTrainer)({ model, data, module, settings: 5 }),
    'ConfigurationError',
  ],
  ...[{ setting: {} }, { settings: { epoch: 1 } }].map((more): [string, Call, string] => [
    `trainer with ${JSON.stringify(more)}`,
    () => untyped(createTrainer)({ model, data, module, ...more }),
    'ConfigurationError',
  ]),
  [
    'trainer with labels beyond the classes',
    () => untyped(createTrainer)({ model, module, data: { ...data, classNames: ['a'] } }),
    'DataError',
  ],
  ['image of another size', () => createPredictor(network).predict([[1, 2]]), 'ConfigurationError'],
  [
    'synthetic without classes',
    () => untyped(synthetic)({ sampleShape: [1, 4, 4] }),
    'ConfigurationError',
  ],
  [
    'synthetic of half a sample',
    () => synthetic({ sampleShape: [1, 4, 4], classes: 2, trainSamples: 0.5 }),
    'ConfigurationError',
  ],
  [
    'synthetic of a negative seed',
    () => synthetic({ sampleShape: [1, 4, 4], classes: 2, seed: -1 }),
    'ConfigurationError',
  ],
  [
    'synthetic with another name',
    () => untyped(synthetic)({ sampleShape: [1, 4, 4], classes: 2, train: 60 }),
    'ConfigurationError',
  ],
  ...[{ imageSize: 0 }, { bogus: 1 }, { size: null }, { cache: 5 }, { onNote: 5 }].map(
    (options): [string, Call, string] => [
      `a folder of pictures with ${JSON.stringify(options)}`,
      () => untyped(convbook.loadPictureFolder)('/nowhere', options),
      'ConfigurationError',
    ],
  ),
  [
    'IDX files with another name',
    () => untyped(convbook.loadIdxFolder)('/nowhere', { transposed: true }),
    'ConfigurationError',
  ],
  [
    'a notebook with another name',
    () => untyped(convbook.writeNotebook)('/nowhere', { weights: true }),
    'ConfigurationError',
  ],
  [
    'resume with another name',
    () => untyped(convbook.resume)('/nowhere', { chooseData: () => data, bogus: 1 }),
    'ConfigurationError',
  ],
  [
    'resume without chooseData',
    () => untyped(convbook.resume)('/nowhere', {}),
    'ConfigurationError',
  ],
])('%s', async (_, call, error) => {
  const out = join(temporaryFolder(), 'run');
  expect(await outcomeOf(() => call(out))).toBe(error);
  expect(existsSync(out)).toBe(false);
});
