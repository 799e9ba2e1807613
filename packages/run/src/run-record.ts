// The run directory: the contract between trainer, notebook, resume and export. The notebook is a
// pure function of these files. Paths are relative to the run directory.
import type { LayerSpec } from '@convbook/layers';
import type { RunConfiguration } from './settings/table.ts';

/** Names of the files of a run directory. */
export const runFiles = {
  record: 'run.json',
  metrics: 'metrics.ndjson',
  timing: 'timing.ndjson',
  model: 'model.safetensors',
  evaluation: 'evaluation.safetensors',
  samples: 'samples.safetensors',
  dataset: 'dataset.json',
  checkpoints: 'checkpoints',
  snapshots: 'snapshots',
  notebook: 'index.html',
} as const;

/** `run.json`. Written before step 1; `status` and `result` change at the end. */
export interface RunRecord {
  format: 'convbook-run/1';
  status: 'running' | 'complete' | 'interrupted' | 'diverged' | 'failed';
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The command that repeats this run. */
  command: string;
  model: { name: string; input: number[]; layers: LayerSpec[]; parameters: number };
  configuration: RunConfiguration;
  data: {
    name: string;
    /** `[channels, height, width]`. */
    sampleShape: number[];
    classNames: string[];
    trainSamples: number;
    validationSamples: number;
    testSamples: number;
    /** SHA-256 of each source file, by file name. */
    sha256: Record<string, string>;
    /** How bytes become floats, for example `byte / 255`. */
    scaling: string;
    attribution: string;
  };
  versions: Record<string, string>;
  host: {
    workers: number;
    /** Where that were more than run. */
    workersAsked?: number;
    cores: number;
    processor: string;
    platform: string;
    memoryBytes: number;
  };
  result?: RunResult;
}

/** What came out. Accuracies are fractions from 0 to 1; losses are means over samples. */
export interface RunResult {
  epochs: number;
  steps: number;
  trainLoss: number;
  trainAccuracy: number;
  testLoss: number;
  testAccuracy: number;
  testCorrect: number;
  testSamples: number;
  /** Wall time from the start of the run, evaluation included. */
  elapsedSeconds: number;
  /** Training samples a second of training time, evaluation not counted. */
  imagesPerSecond: number;
  modelSha256: string;
}

/** A line of `metrics.ndjson`: what the arithmetic decides. */
export type MetricsEvent =
  | { event: 'start'; schema: 1; seed: number; steps: number; stepsPerEpoch: number }
  | {
      event: 'step';
      step: number;
      epoch: number;
      samples: number;
      loss: number;
      correct: number;
      learningRate: number;
      gradientNorm: number;
    }
  | {
      /** Of some steps, behind their `step`: Euclidean norms of each layer with trained parameters. */
      event: 'layers';
      step: number;
      epoch: number;
      /** Of the gradient, of the parameters before the update, and of what it added to them. */
      layers: { name: string; gradientNorm: number; weightNorm: number; updateNorm: number }[];
    }
  | {
      event: 'epoch';
      epoch: number;
      step: number;
      trainLoss: number;
      trainAccuracy: number;
      testLoss: number;
      testAccuracy: number;
      testSamples: number;
      validationLoss?: number;
      validationAccuracy?: number;
    }
  | { event: 'end'; status: RunRecord['status']; step: number; modelSha256: string };

/** A line of `timing.ndjson`: what the machine decides. */
export type TimingEvent =
  | {
      event: 'start';
      schema: 1;
      at: string;
      workers: number;
      /** Where that were more than run. */
      workersAsked?: number;
      step: number;
    }
  | {
      event: 'progress';
      step: number;
      epoch: number;
      elapsedSeconds: number;
      imagesPerSecond: number;
    }
  | {
      event: 'epoch';
      epoch: number;
      step: number;
      trainSeconds: number;
      evaluateSeconds: number;
      imagesPerSecond: number;
    }
  | {
      /** Who did what in a step: each worker's spans, in milliseconds from its begin. */
      event: 'timeline';
      step: number;
      epoch: number;
      /** From the first span to the last, also of those left out. */
      milliseconds: number;
      spans: {
        worker: number;
        phase: string;
        /** From 0; null where a worker sums or updates parts, or ends the phase for all. */
        shard: number | null;
        from: number;
        to: number;
      }[];
      /** The last workers and spans, where there were too many to record; absent: none. */
      workersLeftOut?: number;
      spansLeftOut?: number;
    }
  | {
      /** What each worker spent its time with in the training steps of an epoch, in seconds. */
      event: 'workers';
      step: number;
      epoch: number;
      /** Phase by phase: in its items, in ending it for all, in waiting for the others. */
      workers: { phase: string; running: number; ending: number; waiting: number }[][];
    }
  | {
      /** Where the time of some steps of an epoch went, added up over workers. */
      event: 'profile';
      step: number;
      epoch: number;
      /** How many steps. */
      steps: number;
      /** By layer, of those computed in one pass the first, and by direction. */
      parts: { layer: string; direction: string; milliseconds: number }[];
    }
  | {
      event: 'fault';
      /** In which it happened. */
      step: number;
      /** From 0; null where no single worker is to blame. */
      worker: number | null;
      /** It threw, its thread ended, it ran out of memory, it stood still. */
      what: 'error' | 'exit' | 'memory' | 'hang';
      message: string;
      /** Step of the checkpoint the run went back to; 0 is its beginning. */
      restoredStep: number;
    }
  | { event: 'end'; step: number; elapsedSeconds: number; peakMemoryBytes: number };

/** `dataset.json`. */
export interface DatasetRecord {
  name: string;
  sampleShape: number[];
  classNames: string[];
  train: { samples: number; perClass: number[] };
  test: { samples: number; perClass: number[] };
  /**
   * Mean image of each class over the training samples, bytes rounded, `[class][c·h·w]`; empty where
   * these are too many values.
   */
  meanImages: number[][];
  /** Counts of byte values 0…255 over the training samples. */
  histogram: number[];
  /**
   * Training images as they are and then as epochs 1, 2, … show them, `[image][view][c·h·w]`; absent
   * where images are not varied.
   */
  augmented?: number[][][];
}
