import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError, encodeSafetensors } from '@convbook/core';
import type { ModelSpec } from '@convbook/layers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel, ModelFileError } from './index.ts';
import { loadModel as loadFolder } from './node.ts';
import { createPredictor } from './predictor.ts';
import { imagesOf, modelFilesOf, networkOf, variedModels } from './testing/index.ts';

const small: ModelSpec = {
  name: 'small',
  input: [1, 4, 6],
  layers: [{ kind: 'flatten' }, { kind: 'dense', units: 3 }],
};
const { description, weights } = await modelFilesOf(small);
const folder = mkdtempSync(path.join(tmpdir(), 'convbook-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const image = Uint8Array.from({ length: 24 }, (_, k) => 10 * k);

describe.each(Object.entries(variedModels))('a loaded model of %s', (_, spec) => {
  test('has the logits of the evaluation to the last bit, alone and in a batch', async () => {
    const files = await modelFilesOf(spec);
    const model = await loadModel({ weights: files.weights, model: files.description });
    const images = [...imagesOf(300, spec.input).values()];
    const expected = createPredictor(await networkOf(spec, 3, 0.4)).predict(images);
    const answers = model.predictBatch(images);
    expect(answers.map(({ logits }) => [...logits])).toEqual(expected.map(({ logits }) => logits));
    expect(answers.map(({ probabilities }) => probabilities)).toEqual(
      expected.map(({ probabilities }) => probabilities),
    );
    expect(model.predict(images[7])).toEqual(answers[7]);
    expect(model.isVerified).toBe(true);
    const text = JSON.stringify(files.description);
    const fromText = await loadModel({ weights: files.weights, model: text });
    expect(fromText.predict(images[7])).toEqual(answers[7]);
  });
});

describe('inputs', () => {
  test('numbers are the model’s input, bytes are divided by 255 or as the description scales them', async () => {
    const plain = await loadModel({ weights, model: description });
    const numbers = Float32Array.from(image, (byte) => byte / 255);
    expect(plain.predict(numbers)).toEqual(plain.predict(image));
    expect(plain.predict(numbers, { shape: [1, 4, 6] })).toEqual(plain.predict(image));
    const scaling = [{ scale: 0.5, offset: -1 }];
    const scaled = await loadModel({ weights, model: { ...description, scaling } });
    const own = Float32Array.from(image, (byte) => byte / 2 - 1);
    expect(scaled.predict(image)).toEqual(plain.predict(own));
  });

  test('pictures of any size and any channels are read as the data set’s images were', async () => {
    const model = await loadModel({ weights, model: description });
    const expected = model.predict(image);
    const rgba = Uint8ClampedArray.from({ length: 96 }, (_, at) =>
      at % 4 === 3 ? 255 : image[at >> 2],
    );
    expect(model.predict({ data: rgba, width: 6, height: 4 })).toEqual(expected);
    expect(model.predict(rgba, { shape: [4, 6, 4] })).toEqual(expected);
    expect(model.predict(image, { shape: [4, 6] })).toEqual(expected);
    expect(model.predict(image, { shape: [1, 4, 6] })).toEqual(expected);
    const twice = Uint8Array.from(
      { length: 96 },
      (_, at) => image[6 * (Math.floor(at / 12) >> 1) + ((at % 12) >> 1)],
    );
    expect(model.predict(twice, { shape: [8, 12, 1] })).toEqual(expected);
    expect(model.readPicture(twice, { shape: [8, 12] })).toEqual({
      bytes: image,
      steps: ['reduced'],
      doubts: [],
    });
    expect(model.readPicture(new Uint8Array(24), { shape: [4, 6] }).bytes).toBeNull();
  });

  test('a vector takes images of its data set', async () => {
    const vector: ModelSpec = { input: [24], layers: [{ kind: 'dense', units: 3 }] };
    const files = await modelFilesOf(vector, [1, 4, 6]);
    const model = await loadModel({ weights: files.weights, model: files.description });
    expect(model.predict(image, { shape: [4, 6] })).toEqual(model.predict(image));
  });

  test.each<[string, unknown, readonly number[] | undefined, string]>([
    [
      'nothing',
      undefined,
      undefined,
      'expected pixels, got nothing; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'a text',
      'a.png',
      undefined,
      'expected pixels, got "a.png"; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'bytes of another size',
      new Uint8Array(25),
      undefined,
      "expected 24 bytes, the model's image [1,4,6], got 25; give the { shape: [height, width, channels] } of a picture; files such as PNG must be decoded first",
    ],
    [
      'fewer bytes than its shape',
      new Uint8Array(24),
      [5, 5],
      'expected 25 bytes for the shape [5,5], got 24; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'channels first',
      new Uint8Array(75),
      [3, 5, 5],
      'expected a shape [height, width] or [height, width, channels] with 1 to 4 channels, got [3,5,5]; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'fewer numbers',
      new Float32Array(23),
      undefined,
      "expected 24 numbers, the model's input [1,4,6], got 23; give ImageData, or a Uint8Array and its { shape }",
    ],
    [
      'numbers of another shape',
      new Float32Array(24),
      [4, 6],
      "expected the shape [1,4,6] of the model's input, got [4,6]; give ImageData, or a Uint8Array and its { shape }",
    ],
    [
      'numbers that are none',
      new Float32Array(24).fill(NaN),
      undefined,
      'expected finite numbers, got NaN; give the scaled values of an image',
    ],
    [
      'pixels that are too few',
      { data: new Uint8ClampedArray(95), width: 6, height: 4 },
      undefined,
      'expected 1 to 4 bytes for each of 6 × 4 pixels, got 95 bytes; give the width and height that the data have',
    ],
    [
      'pixels without a size',
      { data: new Uint8ClampedArray(96), width: '6', height: 4 },
      undefined,
      'expected a shape [height, width] or [height, width, channels] with 1 to 4 channels, got [4,"6",4]; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'pixels of five channels',
      { data: new Uint8ClampedArray(120), width: 6, height: 4, channels: 5 },
      undefined,
      'expected a shape [height, width] or [height, width, channels] with 1 to 4 channels, got [4,6,5]; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'pixels as a list',
      { data: [1, 2, 3, 4], width: 2, height: 2 },
      undefined,
      'expected data to be a Uint8Array or Uint8ClampedArray, got [1,2,3,4]; give bytes, 0 to 255',
    ],
    [
      'pixels of 16 bits',
      { data: new Uint16Array(4), width: 2, height: 2 },
      undefined,
      'expected data to be a Uint8Array or Uint8ClampedArray, got a Uint16Array of 8 bytes; give bytes, 0 to 255',
    ],
    [
      'numbers of 16 bits',
      new Uint16Array(24),
      undefined,
      'expected pixels, got a Uint16Array of 48 bytes; give ImageData, or a Uint8Array and its { shape }',
    ],
    [
      'numbers whose products are infinite',
      new Float32Array(24).fill(3e38),
      undefined,
      'expected finite logits, got -Infinity; give smaller numbers, or a model with smaller weights',
    ],
    [
      'an even picture',
      { data: new Uint8Array(96).fill(9), width: 12, height: 8 },
      undefined,
      'expected a picture of class 0, class 1 or class 2, got one that shows nothing; give another',
    ],
  ])('%s is refused', async (_, input, shape, message) => {
    const model = await loadModel({ weights, model: description });
    const refused = () => model.predict(input as Uint8Array, { shape });
    expect(refused).toThrow(new ConfigurationError(`predict: ${message}`));
    const inBatch = () => model.predictBatch([input as Uint8Array], { shape });
    expect(inBatch).toThrow(new ConfigurationError(`input 0: predict: ${message}`));
  });

  test.each<[unknown, string]>([
    [{ shape: 'x' }, 'shape to be a list such as [28, 28], got "x"; or leave it out'],
    [{ fit: 'cover' }, 'fit to be digit or whole, got "cover"; or leave it out'],
    [{ invert: 'yes' }, 'invert to be true or false, got "yes"; or leave it out'],
    [{ transpose: 1 }, 'transpose to be true or false, got 1; or leave it out'],
    [{ top: 2 }, 'no options but shape, fit, invert and transpose, got top; leave it out'],
    [
      { toString: 2 },
      'no options but shape, fit, invert and transpose, got toString; leave it out',
    ],
    ['digit', `options as an object, got "digit"; give such as { fit: 'digit' }, or none`],
    [['digit'], `options as an object, got ["digit"]; give such as { fit: 'digit' }, or none`],
    [null, `options as an object, got null; give such as { fit: 'digit' }, or none`],
  ])('the options %j are refused', async (given, message) => {
    const model = await loadModel({ weights, model: description });
    const options = given as object;
    const refused = new ConfigurationError(`predict: expected ${message}`);
    expect(() => model.predict(image, options)).toThrow(refused);
    expect(() => model.readPicture(image, options)).toThrow(refused);
    const inBatch = new ConfigurationError(`input 0: ${refused.message}`);
    expect(() => model.predictBatch([image], options)).toThrow(inBatch);
  });

  test('the input whose answer is not finite is named, in batches after the first too', async () => {
    const model = await loadModel({ weights, model: description });
    const inputs = Array.from({ length: 300 }, () => new Float32Array(24));
    inputs[290].fill(3e38);
    expect(() => model.predictBatch(inputs)).toThrow(/^input 290: predict: expected finite logits/);
  });

  test('pictures that show nothing are left out of a batch as README says', async () => {
    const model = await loadModel({ weights, model: description });
    const plain = { data: new Uint8Array(96).fill(9), width: 12, height: 8 };
    const pictures = [plain, { data: image, width: 6, height: 4 }, plain];
    const images = pictures.flatMap((picture) => model.readPicture(picture).bytes ?? []);
    expect(model.predictBatch(images)).toEqual([model.predict(image)]);
  });

  test('a batch is a list, also an empty one', async () => {
    const model = await loadModel({ weights, model: description });
    expect(model.predictBatch([])).toEqual([]);
    expect(() => model.predictBatch(image as unknown as Uint8Array[])).toThrow(
      /^predictBatch: expected a list of inputs, got a Uint8Array of 24 bytes; give one input to predict$/,
    );
  });
});

const other = encodeSafetensors(
  new Map([
    ['dense1.weight', { dtype: 'F32', shape: [24, 3], data: new Float32Array(72) } as const],
    ['fc.bias', { dtype: 'F32', shape: [3], data: new Float32Array(3) } as const],
  ]),
);
const stray = weights.slice();
stray.set([0, 0, 192, 127], stray.length - 4);
const flipped = weights.slice();
flipped[flipped.length - 1] ^= 1;

describe('files that are refused', () => {
  const damaged = 'the file is damaged or not safetensors: restore it or write it again';
  const cases: [string, { weights?: unknown; model?: unknown }, string | RegExp][] = [
    [
      'truncated weights',
      { weights: weights.subarray(0, -5) },
      `weights: expected 300 bytes of data after the header, got 295; ${damaged}`,
    ],
    [
      'empty weights',
      { weights: new Uint8Array() },
      `weights: expected at least 8 bytes, got 0; ${damaged}`,
    ],
    [
      'weights of another model',
      { weights: other },
      'weights: expected the weights of small, got others: dense1.weight: expected F32 [3,24], got F32 [24,3]; ' +
        'dense1.bias: expected F32 [3], got nothing; fc.bias: expected nothing, got F32 [3]; give those that belong to it',
    ],
    [
      'weights that are not finite',
      { weights: stray },
      /^weights: expected finite numbers in dense1\.\w+, got NaN; restore the file or export the model again$/,
    ],
    [
      'weights with another bit',
      { weights: flipped },
      /^weights: expected SHA-256 [\da-f]{64} as the model's description says, got [\da-f]{64}; give the weights that belong to it$/,
    ],
    [
      'a truncated model.json',
      { model: encoded(description).slice(0, 40) },
      /^model: expected JSON, got "\{.*; give the model\.json of an export, or the run\.json of a run$/,
    ],
    [
      'a later version',
      { model: encoded({ ...description, version: 2 }) },
      'model: expected version 1 of the format, got 2; take the version of @convbook/runtime that made it, or export the model again',
    ],
    [
      'a model of other layers',
      {
        model: {
          ...description,
          model: { input: [1, 4, 6], layers: [{ kind: 'dense', units: 3 }] },
        },
      },
      'model: dense1: expected input [inputs], got 1×4×6; put flatten() before dense()',
    ],
  ];
  test.each(cases)('%s', async (_, change, message) => {
    const files = { weights, model: description, ...change } as Parameters<typeof loadModel>[0];
    const error: unknown = await loadModel(files).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ModelFileError);
    const { message: said } = error as ModelFileError;
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  test.each<[string, unknown, string]>([
    [
      'nothing',
      undefined,
      'loadModel: expected an object with fields, got nothing; write loadModel({ weights, model })',
    ],
    [
      'no weights',
      { model: description },
      'loadModel weights: expected bytes or a URL, got nothing; write loadModel({ weights, model })',
    ],
    [
      'kernels that are none',
      { weights, model: description, kernels: 5 },
      'loadModel kernels: expected a WebAssembly.Module, got 5; write loadModel({ weights, model })',
    ],
    [
      'no model',
      { weights },
      'loadModel model: expected bytes, a URL or a parsed model.json, got nothing; write loadModel({ weights, model })',
    ],
  ])('options: %s', async (_, options, message) => {
    await expect(loadModel(options as Parameters<typeof loadModel>[0])).rejects.toThrow(
      new ConfigurationError(message),
    );
  });
});

describe('URLs', () => {
  let server: Server;
  let origin = '';
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/model.json') response.end(JSON.stringify(description));
      else if (url === '/model.safetensors') response.end(weights);
      else if (url === '/page') response.end('\n<!DOCTYPE html><title>Home</title>');
      else if (url === '/cut') {
        response.writeHead(200, { 'content-length': '400' });
        response.write('x');
        response.socket?.destroy();
      } else response.writeHead(404).end('<h1>Not found</h1>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const load = (file: string) =>
    loadModel({ weights: new URL(file, origin), model: `${origin}/model.json` });

  test('are fetched', async () => {
    const own = await loadModel({ weights, model: description });
    expect((await load('/model.safetensors')).predict(image)).toEqual(own.predict(image));
  });

  test.each<[string, RegExp]>([
    ['/none', /\/none: expected the model's weights, got HTTP 404; check the address$/],
    [
      '/page',
      /\/page: expected the model's weights, got a web page; servers answer so where there is no such file: check the address$/,
    ],
    ['/cut', /\/cut: expected the model's weights, got (only a part of it|nothing) \(.*\); /],
    [
      'http://127.0.0.1:1/x',
      /\/x: expected the model's weights, got nothing \(.*\); check the address, or read the file and give its bytes: only http and https can be fetched$/,
    ],
    [
      'file:///model.safetensors',
      /^file:\/\/\/model\.safetensors: expected the model's weights, got nothing \(.*\); check the address, or /,
    ],
  ])('%s is refused', async (file, message) => {
    await expect(load(file)).rejects.toThrow(message);
    await expect(load(file)).rejects.toBeInstanceOf(ModelFileError);
  });
});

describe('folders', () => {
  test('of an export or a run', async () => {
    writeFileSync(path.join(folder, 'model.safetensors'), weights);
    await expect(loadFolder(folder)).rejects.toThrow(
      `${folder}: expected model.safetensors and one of model.json and run.json, got model.safetensors; give the path of a run or of an export`,
    );
    const { model, classNames, weightsSha256 } = description;
    const run = {
      format: 'convbook-run/1',
      model,
      data: { classNames, sampleShape: [1, 4, 6] },
      result: { modelSha256: weightsSha256 },
    };
    writeFileSync(path.join(folder, 'run.json'), JSON.stringify(run));
    const ofRun = await loadFolder(folder);
    writeFileSync(path.join(folder, 'model.json'), JSON.stringify(description));
    const ofExport = await loadFolder(folder);
    expect(ofRun.description).toEqual(ofExport.description);
    expect(ofRun.predict(image)).toEqual(ofExport.predict(image));
  });

  test('with a damaged file are named', async () => {
    writeFileSync(path.join(folder, 'model.json'), '{');
    await expect(loadFolder(folder)).rejects.toThrow(
      `${folder}: model: expected JSON, got "{"; give the model.json of an export, or the run.json of a run`,
    );
  });
});
