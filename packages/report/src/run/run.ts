import type { DatasetRecord, MetricsEvent, RunRecord, TimingEvent } from '@convbook/run';
import type { Evaluation } from '../evaluation.ts';

/** A `step` line of metrics.ndjson. */
export type StepEvent = Extract<MetricsEvent, { event: 'step' }>;

/** An `epoch` line of metrics.ndjson. */
export type EpochEvent = Extract<MetricsEvent, { event: 'epoch' }>;

/** A `layers` line of metrics.ndjson. */
export type LayersEvent = Extract<MetricsEvent, { event: 'layers' }>;

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
  /** The files' text as it stands, for download. */
  texts: { record: string; metrics: string; timing: string };
  /** Steps of one epoch as the trainer planned them, null when no step was begun. */
  stepsPerEpoch: number | null;
  steps: StepEvent[];
  epochs: EpochEvent[];
  /** Of the steps that have them. */
  layerNorms: LayersEvent[];
  timing: TimingEvent[];
  dataset: DatasetRecord | null;
  evaluation: Evaluation | null;
  samples: Samples | null;
  /** First-layer filters in the order of steps; empty when the first layer has none. */
  snapshots: FilterSnapshot[];
}
