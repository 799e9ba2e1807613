// A configuration so small that a run takes a second: its data set and model as files in a folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normal, uniform } from '@convbook/core';
import { conv2d, dense, flatten, maxPool2d, relu } from '@convbook/layers';

const [trainSamples, testSamples, size, classes] = [248, 40, 10, 3];

/** Arguments of `pnpm train` that decide the bytes: 30 steps an epoch, a checkpoint after each. */
export const smallRun = [
  '--model=small.mjs',
  '--data=blobs',
  '--batch-size=8',
  '--validation=8',
  '--epochs=2',
  '--checkpoint-every=1',
];

/** Steps of such a run. */
export const smallSteps = 60;

/** Writes `small.mjs` and `blobs/` into a folder. */
export function writeSmall(folder: string): void {
  const model = {
    input: [1, size, size],
    layers: [
      conv2d({ filters: 4, kernelSize: 3 }),
      relu(),
      maxPool2d({ size: 2 }),
      flatten(),
      dense({ units: classes }),
    ],
  };
  writeFileSync(join(folder, 'small.mjs'), `export default ${JSON.stringify(model)};\n`);
  mkdirSync(join(folder, 'blobs'));
  for (const [name, count] of [
    ['train', trainSamples],
    ['t10k', testSamples],
  ] as const) {
    const { images, labels } = blobs(name, count);
    const write = (kind: string, shape: number[], bytes: Uint8Array) =>
      writeFileSync(join(folder, 'blobs', `${name}-${kind}-ubyte`), idx(shape, bytes));
    write('images-idx3', [count, size, size], images);
    write('labels-idx1', [count], labels);
  }
}

// Noise, and a bright spot whose row is the class.
function blobs(name: string, count: number) {
  const noise = normal(1, name, new Float64Array(count * size * size));
  const classOf = uniform(1, `${name} labels`, new Float64Array(count), 0, classes);
  const labels = Uint8Array.from(classOf, (value) => Math.floor(value));
  const images = Uint8Array.from(noise, (value, at) => {
    const [sample, row] = [Math.floor(at / size / size), Math.floor(at / size) % size];
    const isBright = Math.floor(row / 3) === labels[sample];
    return Math.max(0, Math.min(255, Math.round(60 + 40 * value + (isBright ? 40 : 0))));
  });
  return { images, labels };
}

// The IDX format: two zeros, 8 for bytes, the number of axes, then their sizes, big-endian.
function idx(shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const file = Buffer.alloc(4 + 4 * shape.length + bytes.length);
  file.set([0, 0, 8, shape.length]);
  shape.forEach((length, axis) => file.writeUInt32BE(length, 4 + 4 * axis));
  file.set(bytes, 4 + 4 * shape.length);
  return file;
}
