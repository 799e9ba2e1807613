// A new run and a resumed one alike: from a cursor to the result.
import { DivergedError } from '@convbook/core';
import type { Dataset } from '@convbook/data';
import type { RunRecord } from '@convbook/run';
import { syncFolder, writeRecord } from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import type { Lead } from '../ranks/lead.ts';
import type { RankError } from '../ranks/rank-error.ts';
import { createCheckpointInjection } from '../faults/inject-in-checkpoint.ts';
import { createWorkerInjection } from '../faults/inject-in-worker.ts';
import type { InjectedFaults } from '../faults/injected-faults.ts';
import type { Cursor } from '../run/cursor.ts';
import { describeEngine, projectFields, toWorkerCounts } from '../run/host.ts';
import { finishRun } from './finish-run.ts';
import { estimateMemory } from './memory-estimate.ts';
import { runWithRecovery, type RecoveryContext } from './recovery.ts';
import { openRunLogs, type RunLogs } from './run-logs.ts';
import type { SessionOptions } from './session-options.ts';

/** The run directory that a training wrote, and its record. */
export interface TrainedRun {
  readonly directory: string;
  readonly record: RunRecord;
}

export interface Session {
  readonly directory: string;
  readonly record: RunRecord;
  readonly data: Dataset;
  readonly state: SharedState;
  readonly workers: number;
  /** As many or more: see `usefulWorkers`. */
  readonly workersAsked: number;
  readonly faults: InjectedFaults;
  /** Leads other ranks; null where there are none. */
  readonly lead: Lead | null;
  /** Where to start; its logs are cut back to it. */
  readonly cursor: Cursor;
  readonly timingBytes: number;
  /** `performance.now()` when the session began. */
  readonly startedAt: number;
}

/** Trains from the cursor to the end, or until interrupted, and writes what came out. */
export async function runSession(session: Session, options: SessionOptions): Promise<TrainedRun> {
  const { directory, state, record } = session;
  const logs = openRunLogs(directory, state, session, options.onEvent);
  try {
    // A log that was created is found after a power cut: checkpoints count on it.
    await syncFolder(directory);
    return { directory, record: await trainSession(session, options, logs) };
  } catch (error) {
    const status = error instanceof DivergedError ? 'diverged' : 'failed';
    // The error that ended the run is told, whatever becomes of the record.
    await writeRecord(directory, { ...record, status }).catch(() => undefined);
    throw error;
  } finally {
    logs.close();
  }
}

async function trainSession(
  session: Session,
  options: SessionOptions,
  logs: RunLogs,
): Promise<RunRecord> {
  const { directory, data, state, record, cursor, workers, workersAsked, lead } = session;
  const context = recoveryContext(session, options, logs);
  options.onStart?.(record, directory, estimateMemory(state.plan, data));
  context.logFrom(cursor);
  const at = new Date().toISOString();
  const counts = toWorkerCounts(workers, workersAsked);
  const engine = describeEngine(state.whyNarrow);
  const begun = { event: 'start', schema: 1, at, ...counts, step: cursor.step, engine } as const;
  context.logTiming({ ...begun, ...projectFields(options), ...lead?.described(state.plan) });
  const outcome = await runWithRecovery(context, cursor);
  return finishRun(context, data, record, outcome);
}

function recoveryContext(
  { directory, state, workers, faults, lead, startedAt }: Session,
  options: SessionOptions,
  logs: RunLogs,
): RecoveryContext {
  return {
    ...logs,
    directory,
    state,
    workers,
    lead,
    signal: signalOf(options, lead),
    checkpointEvery: options.checkpointEvery ?? null,
    checkpointSeconds: options.checkpointSeconds ?? 30,
    stopAfter: options.stopAfter ?? Infinity,
    engineOptions: {
      hangTimeout: options.hangTimeout,
      injection: createWorkerInjection(faults.workers),
      link: lead?.link,
      started: options.startedWorkers,
    },
    nextCheckpointFault: createCheckpointInjection(faults.checkpoints),
    elapsedSeconds: () => (performance.now() - startedAt) / 1000,
  };
}

/** Ends the run: this process is told to, or another rank. */
function signalOf(
  { signal, onRankStopped }: SessionOptions,
  lead: Lead | null,
): AbortSignal | undefined {
  lead?.signal.addEventListener('abort', () => onRankStopped?.(lead.signal.reason as RankError));
  const signals = [signal, lead?.signal].filter((one) => one !== undefined);
  return signals.length > 0 ? AbortSignal.any(signals) : undefined;
}
