import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layerKinds } from '@convbook/layers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as door from './index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convbook-door-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const offered = new Map<string, unknown>(Object.entries(door));

it.each(Object.keys(layerKinds))('offers the layer %s', (kind) => {
  expect(offered.get(kind)).toBeTypeOf('function');
});

it('trains a model, reads the run and writes its notebook', async () => {
  const model = door.defineModel({
    input: [1, 6, 6],
    layers: [door.conv2d({ filters: 2, kernelSize: 3 }), door.flatten(), door.dense({ units: 3 })],
  });
  const data = door.synthetic({ sampleShape: [1, 6, 6], classes: 3, trainSamples: 24 });
  const out = join(folder, 'run');
  const { directory, record } = await door.train({ model, data, out, epochs: 1, batchSize: 8 });
  expect(door.readRun(directory).record).toEqual(record);
  expect(door.readRun(directory).steps).toHaveLength(3);
  const html = await readFile(await door.writeNotebook(directory), 'utf8');
  expect(html).toContain(record.result?.modelSha256);
});
