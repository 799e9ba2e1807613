// Trains presets in the running Node, and prints what must be equal in all. Called by test/nodes.
import { join } from 'node:path';
import { loadKernelModule, loadTrainingKernels } from '@convbook/core/node';
import { synthetic } from '@convbook/data';
import { presets } from '@convbook/layers';
import { train } from '@convbook/trainer';
import { hashOfKernels } from '../../../packages/core/src/known-bits.ts';

/** The task of one process. */
export interface TrainingHere {
  /** An empty folder. */
  readonly folder: string;
  readonly trainings: readonly Training[];
}

/** A preset on synthetic images, trained once with each number of workers. */
interface Training {
  readonly name: 'simple-convnet' | 'batched-cnn';
  readonly samples: number;
  readonly batchSize: number;
  readonly shardSize: number;
  readonly workers: readonly number[];
}

/** The answer of a process. */
export interface TrainedHere {
  readonly node: string;
  /** Null where the kernels are wide. */
  readonly whyNarrow: string | null;
  /** Hashes of the kernels that train, and of the narrow ones. */
  readonly hashesOfKernels: readonly number[];
  /** SHA-256 of each `model.safetensors`, by training, then by number of workers. */
  readonly models: readonly (readonly string[])[];
}

const { folder, trainings } = JSON.parse(process.argv[2]) as TrainingHere;

async function trainHere(training: Training, index: number): Promise<string[]> {
  const { name, samples, batchSize, shardSize, workers } = training;
  const sampleShape = [1, 28, 28] as const;
  const data = synthetic({ sampleShape, classes: 10, trainSamples: samples, testSamples: 4 });
  const settings = { model: presets[name], data, batchSize, shardSize, epochs: 1, seed: 5 };
  const hashes: string[] = [];
  for (const count of workers) {
    const out = join(folder, `${index}-${count}`);
    const { record } = await train({ ...settings, workers: count, out });
    hashes.push(record.result?.modelSha256 ?? 'none');
  }
  return hashes;
}

const kernels = await loadTrainingKernels();
const modules = [kernels.module, await loadKernelModule('shared')];
const models: string[][] = [];
for (const [i, training] of trainings.entries()) models.push(await trainHere(training, i));
const answer: TrainedHere = {
  node: process.version,
  whyNarrow: kernels.whyNarrow,
  hashesOfKernels: modules.map(hashOfKernels),
  models,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
