// What goes wrong with a worker, told by where it was.
import { AT_END, BUSY, STARTING, phaseNames, whereaboutsWords, type PhaseName } from './control.ts';

/** It threw, its thread ended, it ran out of memory, it stood still. */
export type WorkerErrorKind = 'error' | 'exit' | 'memory' | 'hang';

/** What a worker was doing. */
export interface Whereabouts {
  /** From 0; null where no single worker is to blame. */
  readonly worker: number | null;
  /** Steps of the run that were finished. */
  readonly stepsDone: number;
  readonly phase: PhaseName | null;
  /**
   * Item of the phase; in all but `sum over shards` and `update` that is the shard. Null where it
   * was about to end the phase.
   */
  readonly item: number | null;
}

/** A worker failed: the run goes back to its last checkpoint, with new workers. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly kind: WorkerErrorKind;
  readonly at: Whereabouts;

  constructor(message: string, kind: WorkerErrorKind, at: Whereabouts, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.at = at;
  }

  /** The step it happened in; an evaluation belongs to the step before. */
  get step(): number {
    return this.at.stepsDone + (this.at.phase === 'evaluation' ? 0 : 1);
  }
}

/** The error of a worker whose task ended with `cause`. */
export function toWorkerError(cause: unknown, at: Whereabouts): WorkerError {
  const { message, code } = cause as NodeJS.ErrnoException;
  const where = `worker ${String(at.worker)}: `;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new WorkerError(`${where}out of memory ${describe(at)}`, 'memory', at, { cause });
  }
  const exit = /^worker exited with code: (\d+)$/.exec(message);
  if (exit) {
    const text = `${where}its thread ended with code ${exit[1]} ${describe(at)}`;
    return new WorkerError(text, 'exit', at, { cause });
  }
  return new WorkerError(`${where}failed ${describe(at)}`, 'error', at, { cause });
}

/** The error for workers that made no progress for so many seconds. */
export function toHangError(seconds: number, at: Whereabouts): WorkerError {
  const who = at.worker === null ? 'workers' : `worker ${at.worker}`;
  return new WorkerError(
    `${who}: expected progress within ${seconds} seconds, got none ${describe(at)}; ` +
      'where a step takes so long, give a longer --hang-timeout',
    'hang',
    at,
  );
}

/** What worker `worker` is doing. */
export function readWhereabouts(
  whereabouts: Int32Array,
  worker: number,
  stepsDone: number,
): Whereabouts {
  const [doing, item] = whereabouts.subarray(worker * whereaboutsWords);
  const phase = doing >= BUSY ? phaseNames[doing - BUSY] : null;
  return { worker, stepsDone, phase, item: phase === null || item === AT_END ? null : item };
}

/** The worker the others wait for: one that is busy, else one that has not started. */
export function readStraggler(whereabouts: Int32Array, stepsDone: number): Whereabouts {
  const workers = Array.from({ length: whereabouts.length / whereaboutsWords }, (_, i) => i);
  const doing = (worker: number) => whereabouts[worker * whereaboutsWords];
  const found =
    workers.find((worker) => doing(worker) >= BUSY) ??
    workers.find((worker) => doing(worker) === STARTING);
  if (found !== undefined) return readWhereabouts(whereabouts, found, stepsDone);
  return { worker: null, stepsDone, phase: null, item: null };
}

// Phases whose items are not shards.
function isByItem(phase: PhaseName): boolean {
  return phase === 'sum over shards' || phase === 'update' || phase === 'prepare';
}

function describe({ phase, item, stepsDone }: Whereabouts): string {
  if (phase === null) return `between two phases, after step ${stepsDone}`;
  const isEvaluation = phase === 'evaluation';
  const when = isEvaluation ? `after step ${stepsDone}` : `step ${stepsDone + 1}`;
  if (item === null) return `at the end of ${phase}, ${when}`;
  const part = isByItem(phase) ? 'item' : 'shard';
  return `in ${phase}, ${part} ${item}, ${when}`;
}
