import type { MetricsEvent, TimingEvent } from '@convbook/run';
import type { Engine } from '../engine/engine.ts';
import type { SharedState } from '../engine/shared-state.ts';
import type { NextCheckpointFault } from '../faults/inject-in-checkpoint.ts';

/** The epochs of a run work with this. */
export interface RunContext {
  readonly directory: string;
  readonly state: SharedState;
  readonly engine: Engine;
  readonly checkpointEvery: number | null;
  readonly checkpointSeconds: number;
  /** A step to save after, besides: the one before a worker failed. */
  readonly saveAfter: number | null;
  /** The step after which the run is interrupted; Infinity for none. */
  readonly stopAfter: number;
  /** Only in tests. */
  readonly nextCheckpointFault: NextCheckpointFault;
  readonly signal: AbortSignal | undefined;
  /** Appends to the log and tells the listener. */
  logMetrics(event: MetricsEvent): void;
  logTiming(event: TimingEvent): void;
  metricsBytes(): number;
  /** Hands the metrics to the disk: a checkpoint counts on them. */
  syncMetrics(): void;
  elapsedSeconds(): number;
}
