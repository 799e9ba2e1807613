// What `train` makes of the first settings while the book is made: the page is compared with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImageSet } from '@convbook/data';
import { train } from '@convbook/trainer';
import type { Images } from '@convbook/trainer/sequential';
import { mnistDigits } from '../../data/mnist.ts';
import { trainerData } from '../../data/trainer-data.ts';
import type { TrainingRecord } from './training-record.ts';
import { firstSettings, netOf, trainingOf } from './settings.ts';

/** Two hundred training images of each class. */
export const trainingDigits = () => mnistDigits('train', 200);

/** Fifty test images of each class, with which nothing trains. */
export const heldOutDigits = () => mnistDigits('test', 50);

const workers = 2;

let made: Promise<Uint8Array> | null = null;

/** A `TrainingRecord` as JSON; trained once a process. */
export const trainingRecord = () => (made ??= record());

async function record(): Promise<Uint8Array> {
  const short = await run(1);
  const long = await run(5);
  const value: TrainingRecord = {
    workers,
    losses: long.losses,
    accuracies: long.accuracies,
    hashes: [short, long].map(({ losses, sha256 }) => ({ step: losses.length, sha256 })),
  };
  return new TextEncoder().encode(JSON.stringify(value));
}

async function run(epochs: number) {
  const data = trainerData(trainingDigits(), heldOutDigits());
  const [losses, accuracies]: [number[], TrainingRecord['accuracies'][number][]] = [[], []];
  const folder = mkdtempSync(path.join(tmpdir(), 'lesson-'));
  try {
    const { record } = await train({
      ...trainingOf(firstSettings),
      model: netOf(firstSettings),
      data: {
        ...data,
        train: shared(data.train),
        test: shared(data.test),
        sha256: {},
        scaling: 'byte / 255',
        attribution: 'MNIST',
      },
      epochs,
      workers,
      out: path.join(folder, 'run'),
      onEvent(event) {
        if (event.stream !== 'metrics') return;
        if (event.event === 'step') losses.push(event.loss);
        if (event.event === 'epoch') accuracies.push([losses.length, event.testAccuracy]);
      },
    });
    return { losses, accuracies, sha256: record.result?.modelSha256 ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function shared({ images, labels, count }: Images): ImageSet {
  const copy = (bytes: Uint8Array) => {
    const own = new Uint8Array(new SharedArrayBuffer(bytes.length));
    own.set(bytes);
    return own;
  };
  return { images: copy(images), labels: copy(labels), count };
}
