import type { LayerSpec } from '@convbook/layers';
import type { RunRecord } from '../record/run-record.ts';
import { correctAnswers } from './synthetic-tensors.ts';
import type { Evaluation } from '../artifacts/evaluation.ts';

/** The choices of a synthetic run. */
export interface RunSettings {
  status: RunRecord['status'];
  classNames: string[];
  epochs: number;
  stepsPerEpoch: number;
  /** Steps taken; fewer than planned for an interrupted run. */
  steps: number;
  testSamples: number;
  /** `[channels, height, width]`. */
  input: number[];
  filters: number;
  kernelSize: number;
  /** Standard deviation of what is added to the logits: more gives more wrong answers. */
  logitNoise?: number | undefined;
  /** Other layers than those of SimpleConvNet; the first convolution has `filters` and `kernelSize`. */
  layers?: LayerSpec[] | undefined;
}

/** The layers that are asked for, or those of SimpleConvNet with these filters and classes. */
export function syntheticLayers(settings: RunSettings): LayerSpec[] {
  const { filters, kernelSize, classNames, layers } = settings;
  if (layers !== undefined) return layers;
  return [
    { kind: 'conv2d', filters, kernelSize },
    { kind: 'relu' },
    { kind: 'maxPool2d', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 100 },
    { kind: 'relu' },
    { kind: 'dense', units: classNames.length },
  ];
}

/** `run.json` of a run with these settings; with a result where it is complete. */
export function syntheticRecord(
  settings: RunSettings,
  evaluation: Evaluation,
  modelSha256: string,
): RunRecord {
  const { status, epochs, stepsPerEpoch, classNames, input } = settings;
  const layers = syntheticLayers(settings);
  const record: RunRecord = {
    format: 'convbook-run/1',
    status,
    createdAt: '2025-11-22T09:53:07.412Z',
    command: `pnpm train --model simple-convnet --data mnist --epochs ${epochs} --seed 1`,
    model: { name: 'simple-convnet', input, layers, parameters: 433_890 },
    configuration: {
      epochs,
      batchSize: 100,
      shardSize: 20,
      evaluationShardSize: 100,
      seed: 1,
      limit: null,
      validation: 0,
      learningRate: 0.003,
      schedule: { name: 'one-cycle', warmup: 0.25 },
      optimizer: { name: 'adamW', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
      loss: 'softmaxCrossEntropy',
    },
    data: {
      name: 'mnist',
      sampleShape: input,
      classNames,
      trainSamples: 60_000,
      validationSamples: 0,
      testSamples: evaluation.samples,
      sha256: {
        'train-images-idx3-ubyte':
          'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      },
      scaling: 'byte / 255',
      attribution: 'MNIST: Yann LeCun, Corinna Cortes and Christopher J. C. Burges.',
    },
    versions: { convbook: '0.1.0', node: '20.20.2', v8: '11.3.244.8-node.33' },
    host: {
      workers: 2,
      cores: 2,
      processor: 'Test processor',
      platform: 'linux x64',
      memoryBytes: 8 * 1024 * 1024 * 1024,
    },
  };
  if (status !== 'complete') return record;
  const correct = correctAnswers(evaluation);
  record.result = {
    epochs,
    steps: epochs * stepsPerEpoch,
    trainLoss: 0.021,
    trainAccuracy: 0.993,
    testLoss: 0.034,
    testAccuracy: correct / evaluation.samples,
    testCorrect: correct,
    testSamples: evaluation.samples,
    elapsedSeconds: 51.7,
    imagesPerSecond: 10_842,
    modelSha256,
  };
  return record;
}
