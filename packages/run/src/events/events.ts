// The lines of the logs of a run; their checks are in check-events.ts.
import type { RecordedProject } from '../record/project.ts';
import type { RunRecord } from '../record/run-record.ts';

/** A line of `metrics.ndjson`: what the arithmetic decides. */
export type MetricsEvent =
  | {
      event: 'start';
      schema: 1;
      seed: number;
      steps: number;
      stepsPerEpoch: number;
      /** Of the run, see `RunRecord`. */
      fingerprint?: string;
    }
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
      /** Follows the `step` event of some steps: Euclidean norms of each layer with trained parameters. */
      event: 'layers';
      step: number;
      epoch: number;
      /** Norms of the gradient, of the parameters before the update, and of the update itself. */
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

/** The Node that computes, and whether its V8 makes the kernels twice as wide. */
export interface RecordedEngine {
  /** Versions. */
  node: string;
  v8: string;
  /** Version of the Node that was typed and started this one; null where it is this one. */
  startedBy: string | null;
  /** Null: kernels are wide. */
  whyNarrow: string | null;
}

/** One of the processes over which a run is trained. */
export interface RecordedRank {
  rank: number;
  host: string;
  workers: number;
  /** Of a full batch, and the samples in them; absent in runs of earlier versions. */
  shards?: number;
  samples?: number;
}

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
      /** Absent in runs of earlier versions. */
      engine?: RecordedEngine;
      /** The commit, where the command was typed in a git repository. */
      project?: RecordedProject;
      /** In their order; absent where there is one process. */
      ranks?: RecordedRank[];
      /** What moves bytes between the ranks, such as `Open MPI 4.1.4`. */
      library?: string;
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
      /** How each worker spent the training steps of an epoch, in seconds. */
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

/** A `step` line of metrics.ndjson. */
export type StepEvent = Extract<MetricsEvent, { event: 'step' }>;

/** An `epoch` line of metrics.ndjson. */
export type EpochEvent = Extract<MetricsEvent, { event: 'epoch' }>;

/** A `layers` line of metrics.ndjson. */
export type LayersEvent = Extract<MetricsEvent, { event: 'layers' }>;
