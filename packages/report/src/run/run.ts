import type { DatasetRecord, MetricsEvent, RunRecord, TimingEvent } from '@convbook/run';
import type { Evaluation } from '../evaluation.ts';
import type { StepPoint } from './step-history.ts';

/** A `step` line of metrics.ndjson. */
export type StepEvent = Extract<MetricsEvent, { event: 'step' }>;

/** An `epoch` line of metrics.ndjson. */
export type EpochEvent = Extract<MetricsEvent, { event: 'epoch' }>;

/** A `layers` line of metrics.ndjson. */
export type LayersEvent = Extract<MetricsEvent, { event: 'layers' }>;

/** Norms of each layer at one step, and the step's learning rate where the log has it. */
export interface LayerNorms extends LayersEvent {
  learningRate?: number;
}

/** A log of the run. */
export interface Log {
  sizeBytes: number;
  /** As it stands, for download; null where it is too large for a page. */
  text: string | null;
}

/** The data set's images the notebook may show. */
export interface Samples {
  /** `[channels, height, width]`. */
  shape: readonly number[];
  /** Bytes `[channels·height·width]` of each image, by its place in the test set. */
  images: ReadonlyMap<number, Uint8Array>;
}

/** Filters of the first convolution at one moment of training. */
export interface FilterSnapshot {
  /** Steps taken before the snapshot; 0 is before training. */
  step: number;
  /** `[filters, channels, height, width]`. */
  shape: readonly number[];
  weights: Float32Array;
}

/**
 * A run directory, read and checked. What only a finished run has is null where it is missing.
 */
export interface Run {
  /** Name of the directory. */
  name: string;
  record: RunRecord;
  /** The text of run.json, for download. */
  recordText: string;
  logs: { metrics: Log; timing: Log };
  /** Steps of one epoch as the trainer planned them, null when no step was begun. */
  stepsPerEpoch: number | null;
  /** Each step; where there are more than 16,384, neighbours as one point. */
  steps: StepPoint[];
  /** Steps that each point stands for, but perhaps the last: 1, or a power of two. */
  stepsPerPoint: number;
  /** Steps and epochs that the run took, however many are kept. */
  stepCount: number;
  epochCount: number;
  /** Each epoch; where there are more than 1024, every n-th, the first, the last and the best. */
  epochs: EpochEvent[];
  /** Of the steps that have them; of very many every n-th. */
  layerNorms: LayerNorms[];
  /** By kind, in the order of the log; of very many of a kind every n-th, or their sum. */
  timing: TimingEvent[];
  /** How often the run went on after it had stopped, and replaced its workers after a fault. */
  resumes: number;
  faults: number;
  dataset: DatasetRecord | null;
  evaluation: Evaluation | null;
  samples: Samples | null;
  /** First-layer filters in the order of steps; empty when the first layer has none. */
  snapshots: FilterSnapshot[];
}
