// The run directory: the contract between trainer, notebook, resume and export. The notebook is a
// pure function of these files. Paths are relative to the run directory.
import type { PictureDescription } from '@convbook/core/pictures';
import type { LayerSpec } from '@convbook/layers';
import type { RunConfiguration } from '../settings/table.ts';
import type { RecordedProject } from './project.ts';
import type { RecordedDataSource, RecordedModelSource } from './sources.ts';
import type { RecordedStart } from './start.ts';

/** `run.json`. Written before step 1; `status` and `result` change at the end. */
export interface RunRecord {
  format: 'convbook-run/1';
  status: 'running' | 'complete' | 'interrupted' | 'diverged' | 'failed';
  /** ISO 8601, UTC. */
  createdAt: string;
  /** SHA-256 of all that decides the run's bytes; its files have it, too. Absent: of an earlier version. */
  fingerprint?: string;
  /** The command that repeats this run, from the folder where it was typed. */
  command: string;
  model: {
    name: string;
    input: number[];
    layers: LayerSpec[];
    parameters: number;
    /** Earlier runs have none. */
    source?: RecordedModelSource;
  };
  /** Where it began with trained parameters. */
  start?: RecordedStart;
  configuration: RunConfiguration;
  data: {
    name: string;
    /** `[channels, height, width]`. */
    sampleShape: number[];
    classNames: string[];
    trainSamples: number;
    validationSamples: number;
    testSamples: number;
    /**
     * How `limit` and `validation` choose; absent in runs of earlier versions, which took the first
     * samples and held out the last of these.
     */
    sampling?: 'stratified';
    /** SHA-256 of each source file, by file name; of the `samples`, where there is no file. */
    sha256: Record<string, string>;
    /** How bytes become floats, for example `byte / 255`. */
    scaling: string;
    /** How the images were made from pictures; runs of earlier versions do not say. */
    pictures?: PictureDescription;
    attribution: string;
    /** Earlier runs have none. */
    source?: RecordedDataSource;
    /** Whether rows and columns of the images were exchanged when they were read. */
    transposed?: boolean;
    /** The weight of each class in the loss, where they are not the same. */
    classWeights?: number[];
    /** Mean and deviation of byte / 255 for each channel, where pixel values are standardized. */
    standardization?: { means: number[]; deviations: number[] };
  };
  versions: Record<string, string>;
  /** The commit, where the command was typed in a git repository. */
  project?: RecordedProject;
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

/** The result of a run. Accuracies are fractions from 0 to 1; losses are means over samples. */
export interface RunResult {
  epochs: number;
  steps: number;
  trainLoss: number;
  trainAccuracy: number;
  testLoss: number;
  testAccuracy: number;
  testCorrect: number;
  testSamples: number;
  /** Mean recall over the classes of the test set; where classes are unequal. */
  balancedAccuracy?: number;
  /** Mean F1 over the classes that are labels or predictions; where classes are unequal. */
  macroF1?: number;
  /** Share of labels among the five largest logits; where there are more than ten classes. */
  top5Accuracy?: number;
  /** Wall time from the start of the run, evaluation included. */
  elapsedSeconds: number;
  /** Training samples a second of training time, evaluation not counted. */
  imagesPerSecond: number;
  modelSha256: string;
}
