// A run directory as the trainer writes it, from seeded arithmetic instead of training.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../files/run-files.ts';
import { layOutStatistics, statisticsName } from '../artifacts/statistics-file.ts';
import { hasStatistics } from '../artifacts/statistics.ts';
import { drawDigit } from './digits.ts';
import { syntheticMetrics, syntheticTiming } from './synthetic-events.ts';
import { syntheticLayers, syntheticRecord, type RunSettings } from './synthetic-record.ts';
import { syntheticStatistics } from './synthetic-statistics.ts';
import {
  evaluationFile,
  filtersFile,
  modelFile,
  samplesFile,
  syntheticEvaluation,
} from './synthetic-tensors.ts';

const defaults: Omit<RunSettings, 'steps'> = {
  status: 'complete',
  classNames: Array.from('0123456789'),
  epochs: 3,
  stepsPerEpoch: 40,
  testSamples: 600,
  input: [1, 28, 28],
  filters: 6,
  kernelSize: 5,
};

/** Writes a run into a new directory and returns its path. */
export function writeSyntheticRun(directory: string, options: Partial<RunSettings> = {}): string {
  const chosen = { ...defaults, ...options };
  const { status, classNames, epochs, stepsPerEpoch, testSamples, input, filters, kernelSize } =
    chosen;
  const steps = options.steps ?? epochs * stepsPerEpoch;
  const settings: RunSettings = { ...chosen, steps };
  const evaluation = syntheticEvaluation(testSamples, classNames.length, chosen.logitNoise);
  const shape = [filters, input[0], kernelSize, kernelSize];
  const spec = { input, layers: syntheticLayers(settings) };
  const model = modelFile(spec);
  const sha256 = createHash('sha256').update(model).digest('hex');
  const write = (file: string, content: string | Uint8Array) =>
    writeFileSync(join(directory, file), content);
  mkdirSync(join(directory, runFiles.snapshots), { recursive: true });
  write(
    runFiles.record,
    `${JSON.stringify(syntheticRecord(settings, evaluation, sha256), null, 2)}\n`,
  );
  write(runFiles.metrics, lines(syntheticMetrics(settings, evaluation)));
  write(runFiles.timing, lines(syntheticTiming(steps)));
  write(runFiles.dataset, JSON.stringify(datasetRecord(classNames, input, testSamples)));
  for (let epoch = 0; epoch * stepsPerEpoch <= steps; epoch++) {
    const name = `step-${String(epoch * stepsPerEpoch).padStart(6, '0')}.safetensors`;
    write(join(runFiles.snapshots, name), filtersFile(shape, epoch / epochs));
    if (!hasStatistics(epoch, epochs)) continue;
    const moment = { step: epoch * stepsPerEpoch, epoch, progress: epoch / epochs };
    const statistics = syntheticStatistics(spec, evaluation, moment);
    const file = join(runFiles.snapshots, statisticsName(moment.step));
    write(file, Buffer.concat(layOutStatistics(statistics, {})));
  }
  if (status !== 'complete') return directory;
  write(runFiles.model, model);
  write(runFiles.evaluation, evaluationFile(evaluation));
  write(runFiles.samples, samplesFile(evaluation, input));
  return directory;
}

function datasetRecord(
  classNames: string[],
  [channels, height, width]: number[],
  testSamples: number,
) {
  const perClass = classNames.map((_, k) => 6000 + ((k * 613) % 900) - 450);
  const meanImages = classNames.map((_, k) => {
    const variants = Array.from({ length: 12 }, (_, variant) =>
      drawDigit(k, variant, height, width),
    );
    const mean = Array.from(variants[0], (_, pixel) =>
      Math.round(variants.reduce((sum, image) => sum + image[pixel], 0) / variants.length),
    );
    return Array.from({ length: channels }, () => mean).flat();
  });
  return {
    name: 'mnist',
    sampleShape: [channels, height, width],
    classNames,
    train: { samples: perClass.reduce((sum, count) => sum + count, 0), perClass },
    test: {
      samples: testSamples,
      perClass: classNames.map(() => Math.round(testSamples / classNames.length)),
    },
    meanImages,
    histogram: histogramOf(meanImages.flat()),
  };
}

function histogramOf(bytes: readonly number[]): number[] {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte]++;
  return counts;
}

function lines(events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
