// A lesson that trains some steps, in a page and in Node alike: bundled for the one, imported by the other.
import { shuffle } from '@convbook/core';
import type { ModelSpec } from '@convbook/layers';
import { createTrainer, type Images } from '@convbook/trainer/sequential';

export interface Lesson {
  readonly model: ModelSpec;
  /** The kernels built for plain memory, as bytes. */
  readonly kernels: readonly number[];
  readonly steps: number;
}

const sampleShape = [1, 28, 28] as const;

/** Bytes without meaning, and labels at random. */
function noise(seed: number, count: number): Images {
  const images = Uint8Array.from(shuffle(seed, 0, count * 784), (place) => place & 255);
  const labels = Uint8Array.from(shuffle(seed, 1, count), (place) => place % 10);
  return { images, labels, count };
}

/** The losses of the steps, how the test set does afterwards, and the bytes of all parameters. */
export async function trainLesson({ model, kernels, steps }: Lesson) {
  const trainer = createTrainer({
    model,
    data: {
      name: 'noise',
      sampleShape,
      classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
      train: noise(1, 150),
      test: noise(2, 20),
    },
    module: await WebAssembly.compile(Uint8Array.from(kernels)),
    settings: { batchSize: 40, epochs: 3, seed: 5, augment: { shift: 2, rotation: 10 } },
  });
  const losses = Array.from({ length: steps }, () => trainer.step().loss);
  const bytes = [...trainer.parameters.values()].flatMap(({ data }) => [
    ...new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
  return { losses, evaluation: trainer.evaluate(), bytes };
}
