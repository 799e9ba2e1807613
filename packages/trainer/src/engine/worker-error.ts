// The errors of workers, which say where the worker was.
import type { PhaseName } from './phase-names.ts';
import type { Whereabouts } from './whereabouts.ts';

/** It threw, its thread ended, it ran out of memory, it stood still. */
export type WorkerErrorKind = 'error' | 'exit' | 'memory' | 'hang';

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

const phasesByItem: readonly PhaseName[] = ['sum over shards', 'trust ratios', 'update', 'prepare'];

/** Whether the items of a phase are not shards. */
function isByItem(phase: PhaseName): boolean {
  return phasesByItem.includes(phase);
}

function describe({ phase, item, stepsDone }: Whereabouts): string {
  if (phase === null) return `between two phases, after step ${stepsDone}`;
  const isEvaluation = phase === 'evaluation';
  const when = isEvaluation ? `after step ${stepsDone}` : `step ${stepsDone + 1}`;
  if (item === null) return `at the end of ${phase}, ${when}`;
  const part = isByItem(phase) ? 'item' : 'shard';
  return `in ${phase}, ${part} ${item}, ${when}`;
}
