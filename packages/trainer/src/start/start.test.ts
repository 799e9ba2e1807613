// Whole runs that begin with trained parameters, and runs with frozen layers.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  ConfigurationError,
  encodeSafetensors,
  RunDirectoryError,
  type StoredTensor,
} from '@convbook/core';
import { assertClose } from '@convbook/core/testing';
import { loadKernelModule } from '@convbook/core/node';
import {
  batchNorm,
  conv2d,
  dense,
  flatten,
  relu,
  resolveModel,
  type ModelSpec,
} from '@convbook/layers';
import { freezeLayers, runModel } from '@convbook/layers/plan';
import { adam, constantRate, momentum, rmsprop, sgd } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { resume } from '../resume.ts';
import { createTrainer } from '../sequential/index.ts';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { temporaryFolder } from '../testing/folder.ts';
import { hashesOf, metricsOf, recordOf, tensorsOf } from '../testing/run-files.ts';
import { floatsOf, tinyData, tinyModel } from '../testing/tiny.ts';
import { train, type TrainOptions } from '../train.ts';

const data = tinyData(20, 5);
const base = { model: tinyModel, data, batchSize: 6, shardSize: 4, epochs: 1, workers: 0 };
const chooseData = () => data;

async function run(
  options: Partial<TrainOptions> = {},
  out = path.join(temporaryFolder(), 'run'),
): Promise<string> {
  await train({ ...base, ...options, out });
  return out;
}

/** The model with other classes, or another last layer. */
const wide: ModelSpec = {
  ...tinyModel,
  name: 'wide',
  layers: [...tinyModel.layers.slice(0, 4), dense({ units: 6 }), relu(), dense({ units: 3 })],
};

const source = await run({ seed: 3 }, path.join(temporaryDirectory(), 'run'));
const trained = tensorsOf(source, 'model.safetensors');

const namesOf = (file: string, out: string) => [...tensorsOf(out, file).keys()].sort();
const dataOf = (tensors: ReadonlyMap<string, StoredTensor>, name: string) =>
  tensors.get(name)?.data;

describe('taken from a run', () => {
  test('all of them: run.json says from where, start.safetensors has them', async () => {
    const out = await run({ from: source });
    const { start, command } = recordOf(out);
    expect(start).toEqual({
      source: {
        kind: 'run',
        name: 'run',
        relativePath: path.relative(out, source),
        absolutePath: source,
      },
      sha256: recordOf(source).result?.modelSha256,
      ownSha256: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
      taken: resolveModel(tinyModel).parameters.map(({ name }) => name),
      left: [],
    });
    expect(command).toMatch(new RegExp(` --from ${source}$`));
    expect(tensorsOf(out, 'start.safetensors')).toEqual(trained);
    const first = tensorsOf(out, 'snapshots/step-000000.safetensors');
    expect(dataOf(first, 'conv1.weight')).toEqual(dataOf(trained, 'conv1.weight'));
  });

  test('those of other shapes are drawn, and named with both shapes', async () => {
    const out = await run({ model: wide, from: source });
    const { taken, left } = recordOf(out).start ?? {};
    expect(taken).toEqual(['conv1.weight', 'conv1.bias', 'dense2.bias']);
    const inputs = resolveModel(wide).parameters[2].shape[1];
    expect(left).toEqual([
      { name: 'dense1.weight', reason: 'shape', shape: [6, inputs], found: [4, inputs] },
      { name: 'dense1.bias', reason: 'shape', shape: [6], found: [4] },
      { name: 'dense2.weight', reason: 'shape', shape: [3, 6], found: [3, 4] },
    ]);
    expect(namesOf('start.safetensors', out)).toEqual([
      'conv1.bias',
      'conv1.weight',
      'dense2.bias',
    ]);
  });

  test('what the source does not have is drawn by the seed', async () => {
    const [conv, ...others] = tinyModel.layers;
    const model = { ...tinyModel, layers: [conv, batchNorm(), ...others] };
    const out = await run({ model, from: source });
    expect(recordOf(out).start?.left.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'bn1.weight missing',
      'bn1.bias missing',
      'bn1.running_mean missing',
      'bn1.running_var missing',
    ]);
  });

  test('the command names the source as it was typed', async () => {
    const { command } = recordOf(await run({ from: source, fromWord: 'my run' }));
    expect(command).toMatch(/ --from 'my run'$/);
  });
});

describe('taken from a file', () => {
  const write = (tensors: ReadonlyMap<string, StoredTensor>, bytes?: Uint8Array) => {
    const file = path.join(temporaryFolder(), 'weights.safetensors');
    writeFileSync(file, bytes ?? encodeSafetensors(tensors));
    return file;
  };

  test('a state_dict of PyTorch, with tensors of types that are not read', async () => {
    const weight = Float32Array.from({ length: 27 }, (_, k) => k / 100);
    const header = JSON.stringify({
      'bn1.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] },
      'conv1.weight': { dtype: 'F32', shape: [3, 1, 3, 3], data_offsets: [8, 116] },
      'conv1.bias': { dtype: 'F16', shape: [3], data_offsets: [116, 122] },
    });
    const bytes = new Uint8Array(8 + header.length + 122);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    bytes.set(new Uint8Array(weight.buffer), 8 + header.length + 8);
    const out = await run({ from: write(new Map(), bytes), freeze: ['conv1'] });
    const { start } = recordOf(out);
    expect(start?.source).toMatchObject({ kind: 'file', name: 'weights.safetensors' });
    expect(start?.taken).toEqual(['conv1.weight']);
    expect(start?.left[0]).toEqual({
      name: 'conv1.bias',
      reason: 'type',
      shape: [3],
      found: 'F16',
    });
    expect(dataOf(tensorsOf(out, 'model.safetensors'), 'conv1.weight')).toEqual(weight);
  });

  test('numbers that are not finite are refused', async () => {
    const data = Float32Array.of(0, NaN, 1);
    const file = write(new Map([['conv1.bias', { dtype: 'F32', shape: [3], data }]]));
    await expect(run({ from: file })).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected conv1.bias to have finite numbers, got NaN; choose another --from`,
      ),
    );
  });

  const inputs = resolveModel(tinyModel).parameters[2].shape[1];

  test('a file without any of the model’s parameters is refused', async () => {
    const data = Float32Array.of(0, 1, 1);
    const file = write(new Map([['layer1.bias', { dtype: 'F32', shape: [3], data }]]));
    await expect(run({ from: file })).rejects.toThrow(
      new ConfigurationError(
        `from ${file}: expected the weights of tiny, got others: conv1.weight: expected F32 [3,1,3,3], got nothing; ` +
          'conv1.bias: expected F32 [3], got nothing; ' +
          `dense1.weight: expected F32 [4,${inputs}], got nothing; ` +
          'dense1.bias: expected F32 [4], got nothing; dense2.weight: expected F32 [3,4], got nothing; ' +
          'dense2.bias: expected F32 [3], got nothing; layer1.bias: expected nothing, got F32 [3]; ' +
          'choose another --from or --model',
      ),
    );
  });

  test('a transposed matrix is refused, and every tensor that does not fit is named', async () => {
    const tensors = new Map(trained);
    const matrix = tensors.get('dense1.weight') as StoredTensor & { dtype: 'F32' };
    tensors.set('dense1.weight', { ...matrix, shape: [inputs, 4] });
    tensors.set('dense2.bias', { dtype: 'F64', shape: [3], data: new Float64Array(3) });
    const file = write(tensors);
    await expect(run({ from: file })).rejects.toThrow(
      new ConfigurationError(
        `from ${file}: expected the matrices of tiny as [units, inputs], got others: ` +
          `dense1.weight: expected F32 [4,${inputs}], got F32 [${inputs},4]; ` +
          'dense2.bias: expected F32 [3], got F64 [3]; transpose those that are [inputs, units]',
      ),
    );
  });

  test('where a part fits, a warning names every other tensor', async () => {
    const tensors = new Map(trained);
    tensors.set('dense2.bias', { dtype: 'F32', shape: [7], data: new Float32Array(7) });
    tensors.set('head.bias', { dtype: 'F32', shape: [7], data: new Float32Array(7) });
    tensors.delete('conv1.bias');
    const file = write(tensors);
    const heard: string[] = [];
    await run({ from: file, onWarning: (text) => heard.push(text) });
    expect(heard.find((line) => line.startsWith(file))).toBe(
      `${file}: only a part fits the model: conv1.bias: expected F32 [3], got nothing; ` +
        'dense2.bias: expected F32 [3], got F32 [7]; head.bias: expected nothing, got F32 [7]',
    );
  });

  test('nothing there, no run, a damaged file', async () => {
    const folder = temporaryFolder();
    const missing = path.join(folder, 'none');
    await expect(run({ from: missing })).rejects.toThrow(
      new ConfigurationError(
        `from: expected a run directory or a .safetensors file, got nothing at "${missing}"`,
      ),
    );
    await expect(run({ from: folder })).rejects.toThrow(RunDirectoryError);
    const damaged = write(new Map(), new Uint8Array(20).fill(255));
    await expect(run({ from: damaged })).rejects.toThrow(RunDirectoryError);
  });
});

test('a run whose model is not the one of its record is refused, and one without a model', async () => {
  const copied = await run({ seed: 4 });
  writeFileSync(
    path.join(copied, 'model.safetensors'),
    readFileSync(path.join(source, 'model.safetensors')),
  );
  await expect(run({ from: copied })).rejects.toThrow(/expected SHA-256 .* as run\.json says, got/);
  rmSync(path.join(copied, 'model.safetensors'));
  await expect(run({ from: copied })).rejects.toThrow(
    new ConfigurationError(
      'from: expected a run with a trained model, got one that is complete and has no ' +
        'model.safetensors; finish it with pnpm train --resume',
    ),
  );
});

describe('the bytes', () => {
  const model: ModelSpec = {
    ...tinyModel,
    layers: [
      conv2d({ filters: 4, kernelSize: 3, padding: 1 }),
      batchNorm(),
      relu(),
      conv2d({ filters: 4, kernelSize: 3 }),
      batchNorm(),
      relu(),
      flatten(),
      dense({ units: 3 }),
    ],
  };
  const options = {
    model,
    freeze: ['bn1', 'conv1'],
    epochs: 2,
    weightDecay: 0.01,
    standardize: true,
  };

  test('are the same for 0, 1, 2, 3 and 16 workers', async () => {
    const from = await run({ model, seed: 9 });
    const expected = hashesOf(await run({ ...options, from }));
    expect(Object.keys(expected)).toContain('start.safetensors');
    for (const workers of [1, 2, 3, 16]) {
      expect(hashesOf(await run({ ...options, from, workers }))).toEqual(expected);
    }
  });

  test('are those of a run that was stopped and resumed without its source', async () => {
    const from = await run({ model, seed: 9 });
    const expected = hashesOf(await run({ ...options, from }));
    for (const stopAfter of [0, 1, 5]) {
      const out = await run({ ...options, from, stopAfter, checkpointEvery: 1 });
      renameSync(from, `${from}-away`);
      await resume(out, { chooseData, workers: 2 });
      renameSync(`${from}-away`, from);
      expect(hashesOf(out)).toEqual(expected);
    }
  });

  test('are those of a run killed before its first checkpoint', async () => {
    const out = await run({ ...options, from: await run({ model, seed: 9 }) });
    const expected = hashesOf(out);
    const { result: _, ...record } = recordOf(out);
    writeFileSync(path.join(out, 'run.json'), JSON.stringify({ ...record, status: 'running' }));
    rmSync(path.join(out, 'checkpoints'), { recursive: true });
    mkdirSync(path.join(out, 'checkpoints'));
    const start = path.join(out, 'start.safetensors');
    const bytes = readFileSync(start);
    writeFileSync(start, bytes.with(-1, bytes[bytes.length - 1] ^ 1));
    await expect(resume(out, { chooseData })).rejects.toThrow(
      /start\.safetensors: expected SHA-256/,
    );
    rmSync(start);
    await expect(resume(out, { chooseData })).rejects.toThrow(/start\.safetensors: cannot be read/);
    writeFileSync(start, bytes);
    await resume(out, { chooseData, workers: 0 });
    expect(hashesOf(out)).toEqual(expected);
  });

  test('differ from those of another start, and so does the fingerprint', async () => {
    const one = await run({ from: source });
    const other = await run({ from: await run({ seed: 4 }) });
    expect(recordOf(other).fingerprint).not.toBe(recordOf(one).fingerprint);
    expect(recordOf(one).fingerprint).not.toBe(recordOf(await run()).fingerprint);
  });
});

describe('frozen', () => {
  const optimizers = [
    ['sgd', sgd()],
    ['momentum', momentum()],
    ['adam', adam()],
    ['rmsprop', rmsprop()],
    ['adamw', undefined],
  ] as const;
  test.each(optimizers)(
    'bit-equal to the start after %s with decay, penalties, clipping',
    async (_, optimizer) => {
      const out = await run({
        from: source,
        freeze: ['conv1', 'dense1'],
        optimizer,
        weightDecay: 0.1,
        l1Penalty: 0.01,
        l2Penalty: 0.01,
        clipNorm: 0.5,
        epochs: 3,
      });
      const after = tensorsOf(out, 'model.safetensors');
      for (const name of ['conv1.weight', 'conv1.bias', 'dense1.weight', 'dense1.bias']) {
        expect(dataOf(after, name)).toEqual(dataOf(trained, name));
      }
      expect(dataOf(after, 'dense2.weight')).not.toEqual(dataOf(trained, 'dense2.weight'));
      const checkpoint = namesOf('checkpoints/last.safetensors', out);
      expect(checkpoint.filter((name) => /^state\d\.(conv1|dense1)/.test(name))).toEqual([]);
      expect(recordOf(out).model.parameters).toBe(recordOf(source).model.parameters);
    },
  );

  test('a step changes the others by the gradient of the reference; its norm is theirs alone', async () => {
    const settings = {
      batchSize: 20,
      shardSize: 4,
      epochs: 1,
      optimizer: sgd(),
      learningRate: 0.5,
      schedule: constantRate(),
      freeze: ['dense1'],
    };
    const trainer = createTrainer({
      model: tinyModel,
      data,
      module: await loadKernelModule('plain'),
      settings,
    });
    const before = new Map(
      [...trainer.parameters].map(([name, { data }]) => [name, Float32Array.from(data)]),
    );
    const { gradientNorm } = trainer.step();
    const model = freezeLayers(resolveModel(tinyModel), ['dense1']);
    const all = Array.from({ length: 20 }, (_, n) => n);
    const { gradients } = runModel({
      module: await loadKernelModule('plain'),
      model,
      parameters: before,
      x: floatsOf(data.train, all),
      batchSize: 20,
      labels: all.map((n) => data.train.labels[n]),
    });
    let squares = 0;
    for (const [name, { data: after }] of trainer.parameters) {
      const gradient = gradients.get(name);
      const start = before.get(name) ?? new Float32Array();
      if (name.startsWith('dense1.')) {
        expect([gradient, Float32Array.from(after)]).toEqual([undefined, start]);
        continue;
      }
      squares += (gradient ?? new Float32Array()).reduce((sum, value) => sum + value * value, 0);
      const expected = start.map((value, k) => value - 0.5 * (gradient?.[k] ?? NaN));
      assertClose(Array.from(after), expected, { rtol: 1e-5, atol: 1e-6 }, name);
    }
    assertClose([gradientNorm], [Math.sqrt(squares)], { rtol: 1e-5, atol: 0 }, 'norm');
  });

  test('layers that the model does not have are refused before anything is written', async () => {
    const out = path.join(temporaryFolder(), 'run');
    await expect(train({ ...base, out, freeze: ['conv2'] })).rejects.toThrow(
      new ConfigurationError(
        'freeze: expected layers with parameters among conv1, dense1, dense2, got "conv2"',
      ),
    );
    expect(existsSync(out)).toBe(false);
  });

  test('resume refuses other frozen layers', async () => {
    const out = await run({ freeze: ['dense1', 'conv1'] });
    await expect(resume(out, { chooseData, freeze: ['conv1'] })).rejects.toThrow(
      new ConfigurationError(
        'resume: the run has freeze conv1,dense1 and not conv1; leave the options out, or start a new run',
      ),
    );
    await expect(resume(out, { chooseData, freeze: ['conv1', 'dense1'] })).resolves.toBeDefined();
  });
});

describe('warnings', () => {
  const warningsOf = async (options: Partial<TrainOptions>) => {
    const heard: string[] = [];
    await run({ ...options, onWarning: (text) => heard.push(text) });
    // The data are few.
    return heard.filter((line) => !line.includes('fewer than 10'));
  };

  test('frozen layers that begin at random', async () => {
    expect(await warningsOf({ freeze: ['dense1', 'conv1'] })).toEqual([
      'conv1, dense1: frozen, and keep their random initial weights',
    ]);
    expect(await warningsOf({ model: wide, from: source, freeze: ['dense1', 'conv1'] })).toEqual([
      'dense1: frozen, and keeps its random initial weights',
    ]);
    expect(await warningsOf({ from: source, freeze: ['conv1'] })).toEqual([]);
  });

  test('classes in another order', async () => {
    const swapped = { ...data, classNames: ['a', 'c', 'b'] };
    expect(await warningsOf({ data: swapped, from: source })).toEqual([
      'dense2 was taken, but its outputs stand for other classes: output 1 was "b" and is "c" here',
    ]);
  });

  test('pixel values that are scaled otherwise', async () => {
    const standardized = await run({ standardize: true });
    expect(await warningsOf({ from: standardized })).toEqual([]);
    expect(await warningsOf({ from: standardized, standardize: false })).toEqual([
      'pixel values were standardized for the taken parameters and are divided by 255 now',
    ]);
    expect(await warningsOf({ from: source, standardize: true })).toEqual([
      'pixel values were divided by 255 for the taken parameters and are standardized now',
    ]);
  });
});

describe('pixel values', () => {
  const other = { ...data, train: tinyData(30, 5).train };

  test('are scaled by the numbers of the source', async () => {
    const from = await run({ standardize: true });
    const own = recordOf(await run({ data: other, standardize: true })).data.standardization;
    const out = await run({ data: other, from });
    const { data: recorded, start, configuration, command } = recordOf(out);
    expect(recorded.standardization).toEqual(recordOf(from).data.standardization);
    expect(recorded.standardization).not.toEqual(own);
    expect(start?.isScaledAsSource).toBe(true);
    expect(configuration.standardize).toBe(true);
    expect(command).toContain(' --standardize ');
    const { data: plain, command: typed } = recordOf(await run({ from, standardize: false }));
    expect(plain.standardization).toBeUndefined();
    expect(typed).toMatch(/ --no-standardize$/);
  });

  test('of a resumed run are those of the record', async () => {
    const from = await run({ standardize: true });
    const expected = hashesOf(await run({ data: other, from, epochs: 2 }));
    const out = await run({ data: other, from, epochs: 2, stopAfter: 3 });
    rmSync(from, { recursive: true });
    await resume(out, { chooseData: () => other, workers: 1 });
    expect(hashesOf(out)).toEqual(expected);
    expect(metricsOf(out, 'step')).toHaveLength(10);
  });
});
