import { ConfigurationError } from '@convbook/core';
import { checkFunction, checkNumber, checkObject, showValue } from '@convbook/core/checks';
import {
  checkMachineSettings,
  type MachineSettings,
  type MetricsEvent,
  type RecordedProject,
  type RunRecord,
  type TimingEvent,
} from '@convbook/run';
import type { StartedWorkers } from '../engine/pool.ts';
import type { RankError } from '../ranks/rank-error.ts';
import type { RankLink } from '../ranks/rank-link.ts';
import { machineNames } from '../settings/setting-names.ts';
import type { MemoryEstimate } from './memory-estimate.ts';

/** A line of either event file, with the file it belongs to. */
export type RunEvent =
  ({ stream: 'metrics' } & MetricsEvent) | ({ stream: 'timing' } & TimingEvent);

/** How a run is watched and steered; none of it changes what comes out. */
export interface SessionOptions extends MachineSettings {
  /** Seconds between checkpoints by time; default 30. */
  checkpointSeconds?: number | undefined;
  /** The step after which the run ends as if it were interrupted; default none. */
  stopAfter?: number | undefined;
  /** From `startWorkers`, to save the time they take to start. */
  startedWorkers?: StartedWorkers | undefined;
  /** Connects this process, rank 0, with others that `follow`; default none. */
  link?: RankLink | undefined;
  /** For tests of what happens when something fails: see docs/promises.md. */
  injectFault?: readonly string[] | undefined;
  /** Says which commit of its project the run begins in, for the record; default none. */
  project?: (() => RecordedProject | null) | undefined;
  /** Aborting it ends the run after the step that is running; what was learned is saved. */
  signal?: AbortSignal | undefined;
  /** Sees the record before the first step. */
  onStart?: ((record: RunRecord, directory: string, memory: MemoryEstimate) => void) | undefined;
  /** Sees what the data of a new run lack, a sentence each. */
  onWarning?: ((warning: string) => void) | undefined;
  /** Hears that another rank was told to end the run: `rank 1 (host b): got SIGTERM`. */
  onRankStopped?: ((reason: RankError) => void) | undefined;
  /** Sees every event as it is logged. */
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/** The names of all of them. */
export const sessionNames = {
  ...machineNames,
  checkpointSeconds: true,
  stopAfter: true,
  startedWorkers: true,
  link: true,
  injectFault: true,
  project: true,
  signal: true,
  onStart: true,
  onWarning: true,
  onRankStopped: true,
  onEvent: true,
} as const satisfies Record<keyof SessionOptions, true>;

/** @throws ConfigurationError for the first option that does not fit. */
export function checkSessionOptions(options: SessionOptions): void {
  checkMachineSettings(options);
  // Infinity saves none by time.
  const seconds = { text: 'a number above 0', accepts: (value: number) => value > 0 };
  checkNumber('checkpointSeconds', options.checkpointSeconds ?? 30, seconds);
  for (const name of ['project', 'onStart', 'onWarning', 'onRankStopped', 'onEvent'] as const) {
    if (options[name] !== undefined) checkFunction(name, options[name], `${name}(given) { … }`);
  }
  checkMeans(options);
}

/**
 * Checks what starts and ends a training.
 *
 * @throws ConfigurationError for the first of them that does not fit.
 */
export function checkMeans({
  signal,
  startedWorkers,
}: Pick<SessionOptions, 'signal' | 'startedWorkers'>): void {
  const given: unknown = signal;
  if (given !== undefined && !(given instanceof AbortSignal)) {
    throw new ConfigurationError(
      `signal: expected an AbortSignal, got ${showValue(given)}; write new AbortController().signal`,
    );
  }
  if (startedWorkers === undefined) return;
  const example = 'startedWorkers: startWorkers(workers)';
  checkObject('startedWorkers', startedWorkers, example);
  checkFunction('startedWorkers.describe', startedWorkers.describe, example);
  checkFunction('startedWorkers.take', startedWorkers.take, example);
}
